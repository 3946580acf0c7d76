// The sources of a map: the pixels of the test images, the activations of a hidden layer, or the output probabilities.
// Pure.
import { formatCount } from '../ui/format';
import type { LoadedDataset, Run } from '../client/training';
import { MOST_UMAP_IMAGES, type Method } from './projection';

/** A number is a hidden layer, from 0. */
export type Source = 'pixels' | 'probabilities' | number;

/** The prefix names the method in the closed select box, which shows only the choice. */
export const METHODS: readonly { method: Method; label: string; prefix: string }[] = [
  { method: 'pca', label: 'Principal components', prefix: '' },
  { method: 'umap', label: `UMAP of ${formatCount(MOST_UMAP_IMAGES)} images`, prefix: 'UMAP · ' },
];

export interface MapChoice {
  method: Method;
  source: Source;
}

/** The values of a source for every test image. */
export interface SourceValues {
  /** [images, columns] */
  values: Uint8Array | Float32Array;
  columns: number;
  /** Each value is multiplied by this. */
  scale: number;
  /** Epochs trained when the values were computed. Undefined if they do not depend on training. */
  epochs: number | undefined;
}

/** The sources that exist. @param sizes units of every layer; undefined if there is no network */
export function sourcesOf(sizes: readonly number[] | undefined): Source[] {
  if (!sizes) return ['pixels'];
  const hidden = sizes.slice(1, -1).map((_, layer): Source => layer);
  return ['pixels', ...hidden, 'probabilities'];
}

/** "Layer 1 · 256 units" */
export function sourceLabel(source: Source, sizes: readonly number[] | undefined): string {
  if (source === 'pixels') return 'Pixels';
  if (source === 'probabilities') return 'Output probabilities';
  return `Layer ${source + 1} · ${sizes?.[source + 1] ?? '?'} units`;
}

/** The requested source if it exists, otherwise the last hidden layer, otherwise the pixels. */
export function sourceToShow(wanted: Source | undefined, sizes: readonly number[] | undefined): Source {
  const sources = sourcesOf(sizes);
  if (wanted !== undefined && sources.includes(wanted)) return wanted;
  return sources.filter((source) => typeof source === 'number').at(-1) ?? 'pixels';
}

export function choiceKey({ method, source }: MapChoice): string {
  return `${method} ${source}`;
}

/** The choice with a key; undefined if it is not offered. */
export function choiceOf(key: string, sizes: readonly number[] | undefined): MapChoice | undefined {
  const choices = METHODS.flatMap(({ method }) => sourcesOf(sizes).map((source) => ({ method, source })));
  return choices.find((choice) => choiceKey(choice) === key);
}

/** @returns undefined while the trainer has not sent them yet */
export function valuesOf(
  source: Source,
  { testImages, info }: LoadedDataset,
  run: Pick<Run, 'activations' | 'predictions' | 'results'> | undefined,
): SourceValues | undefined {
  if (source === 'pixels')
    return { values: testImages, columns: info.rows * info.columns, scale: 1 / 255, epochs: undefined };
  if (source === 'probabilities') {
    const values = run?.predictions?.probabilities;
    const epochs = run?.results.at(-1)?.epoch;
    return values && values.length > 0 ? { values, columns: info.classNames.length, scale: 1, epochs } : undefined;
  }
  const activations = run?.activations;
  if (activations?.layer !== source) return undefined;
  return { values: activations.values, columns: activations.units, scale: 1, epochs: activations.epochs };
}

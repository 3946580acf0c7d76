// What a map can be made of: the pixels of the test images, what comes out of a hidden layer for them, or the answers.
// Pure.
import { formatCount } from '../ui/format';
import type { LoadedDataset, Run } from '../client/training';
import { MOST_UMAP_IMAGES, type Method } from './projection';

/** A layer counts from 0. */
export type Source = 'pixels' | 'probabilities' | number;

/** Prefix: tells the methods apart where only the choice is seen. */
export const METHODS: readonly { method: Method; label: string; prefix: string }[] = [
  { method: 'pca', label: 'Principal components', prefix: '' },
  { method: 'umap', label: `UMAP of ${formatCount(MOST_UMAP_IMAGES)} images`, prefix: 'UMAP · ' },
];

export interface MapChoice {
  method: Method;
  source: Source;
}

/** The numbers of a source, [images, columns]. */
export interface SourceValues {
  values: Uint8Array | Float32Array;
  columns: number;
  scale: number;
  /** Trained when the numbers were made; undefined: they owe nothing to training. */
  epochs: number | undefined;
}

/** Those that there are: without a run, or without a hidden layer, there is less to see. */
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

/** The source that is asked for where there is one, else the last hidden layer, which knows most, else the pixels. */
export function sourceInSight(wanted: Source | undefined, sizes: readonly number[] | undefined): Source {
  const sources = sourcesOf(sizes);
  if (wanted !== undefined && sources.includes(wanted)) return wanted;
  return sources.filter((source) => typeof source === 'number').at(-1) ?? 'pixels';
}

export function choiceKey({ method, source }: MapChoice): string {
  return `${method} ${source}`;
}

/** The choices in the order in which they are offered, by their keys. */
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

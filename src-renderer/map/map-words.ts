// What a map says in words. Pure.
import { labelError } from '../client/browsing';
import { formatCount, formatFixed, formatPercent } from '../ui/format';
import type { LoadedDataset, Run } from '../client/training';
import type { Axis, Projection } from './projection';
import { sourceLabel, type Source } from './sources';

export interface Reading {
  truth: string;
  /** undefined before an epoch was trained. */
  predicted: string | undefined;
  wrong: boolean;
  /** How sure the network was; undefined before an epoch was trained. */
  sure: string | undefined;
  /** "test image 1,234" */
  name: string;
  /** All of it, for those who hear it. */
  text: string;
}

/** "component 1, 32% of the variance" */
export function axisLabel({ component, share }: Axis): string {
  return `component ${component}, ${formatPercent(share, share < 0.1 ? 1 : 0)} of the variance`;
}

/** @param image position in the test set, from 0 */
export function readingOf(
  { info, testLabels }: LoadedDataset,
  predictions: Run['predictions'],
  image: number,
): Reading {
  const label = testLabels[image]!;
  const truth = info.classNames[label] ?? '?';
  const name = `test image ${formatCount(image)}`;
  const error = labelError(info, image, truth);
  const note = error ? `. ${error}` : '';
  if (!predictions)
    return {
      truth,
      predicted: undefined,
      wrong: false,
      sure: undefined,
      name,
      text: `${upper(name)}: is ${truth}${note}`,
    };
  const predicted = info.classNames[predictions.predicted[image]!] ?? '?';
  const sure = `${formatPercent(predictions.confidence[image]!)} sure`;
  const text = `${upper(name)}: read as ${predicted}, is ${truth}, ${sure}${note}`;
  return { truth, predicted, wrong: predictions.predicted[image] !== label, sure, name, text };
}

/** With a capital at its start. */
export function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "layer 2 after 3.0 epochs" */
export function madeOf(source: Source, sizes: readonly number[] | undefined, epochs: number | undefined): string {
  const name = sourceLabel(source, sizes).toLowerCase();
  return epochs === undefined ? name : `${name} after ${formatFixed(epochs, 1)} epochs`;
}

/** What the canvas shows, with its numbers. */
export function mapText({ positions, axes, method }: Projection, of: string, misread: number | undefined): string {
  const count = formatCount(positions.length / 2);
  const sentences = [
    `Map of ${count} test images by ${of}, ${method === 'pca' ? 'principal components' : 'UMAP'}, coloured by class`,
  ];
  if (axes.length === 2) sentences.push(`${upper(axisLabel(axes[0]!))}; ${axisLabel(axes[1]!)}`);
  if (misread !== undefined)
    sentences.push(`${formatCount(misread)} misread ${misread === 1 ? 'image is' : 'images are'} ringed`);
  sentences.push('Arrow keys go from image to image, Enter chooses one, plus and minus zoom, 0 shows the whole map');
  return `${sentences.join('. ')}.`;
}

/** "123 images chosen, 4 misread" */
export function chosenText(chosen: number, misread: number | undefined): string {
  const images = `${formatCount(chosen)} ${chosen === 1 ? 'image' : 'images'} chosen`;
  return misread === undefined ? images : `${images}, ${formatCount(misread)} misread`;
}

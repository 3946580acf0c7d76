// Describes a map and its images in words. Pure.
import { labelError } from '../client/browsing';
import { formatCount, formatFixed, formatPercent } from '../ui/format';
import type { LoadedDataset, Run } from '../client/training';
import type { Axis, Projection } from './projection';
import { sourceLabel, type Source } from './sources';

/** A test image in words. */
export interface ImageText {
  truth: string;
  /** Undefined before the first epoch has ended. */
  predicted: string | undefined;
  wrong: boolean;
  /** The network's confidence, "98.0% sure". Undefined before the first epoch has ended. */
  sure: string | undefined;
  /** "test image 1,234" */
  name: string;
  /** All of it as one sentence, for screen readers. */
  sentence: string;
}

/** "component 1, 32% of the variance" */
export function axisLabel({ component, share }: Axis): string {
  return `component ${component}, ${formatPercent(share, share < 0.1 ? 1 : 0)} of the variance`;
}

/** @param image position in the test set, from 0 */
export function imageText(
  { info, testLabels }: LoadedDataset,
  predictions: Run['predictions'],
  image: number,
): ImageText {
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
      sentence: `${upper(name)}: is ${truth}${note}`,
    };
  const predicted = info.classNames[predictions.predicted[image]!] ?? '?';
  const sure = `${formatPercent(predictions.confidence[image]!)} sure`;
  const sentence = `${upper(name)}: predicted ${predicted}, is ${truth}, ${sure}${note}`;
  return { truth, predicted, wrong: predictions.predicted[image] !== label, sure, name, sentence };
}

/** With a capital first letter. */
export function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "layer 2 · 32 units after 3.0 epochs" */
export function describeSource(
  source: Source,
  sizes: readonly number[] | undefined,
  epochs: number | undefined,
): string {
  const name = sourceLabel(source, sizes).toLowerCase();
  return epochs === undefined ? name : `${name} after ${formatFixed(epochs, 1)} epochs`;
}

/**
 * The label of the canvas.
 * @param of what the map is of, in words
 * @param misclassified ringed images on the map; undefined if there are no predictions yet
 */
export function mapText(
  { positions, axes, method }: Projection,
  of: string,
  misclassified: number | undefined,
): string {
  const count = formatCount(positions.length / 2);
  const sentences = [
    `Map of ${count} test images by ${of}, ${method === 'pca' ? 'principal components' : 'UMAP'}, coloured by class`,
  ];
  if (axes.length === 2) sentences.push(`${upper(axisLabel(axes[0]!))}; ${axisLabel(axes[1]!)}`);
  if (misclassified !== undefined)
    sentences.push(
      `${formatCount(misclassified)} misclassified ${misclassified === 1 ? 'image is' : 'images are'} ringed`,
    );
  sentences.push('Arrow keys move between images, Enter selects one, plus and minus zoom, 0 shows the whole map');
  return `${sentences.join('. ')}.`;
}

/** "123 images chosen, 4 misclassified" */
export function chosenText(chosen: number, misclassified: number | undefined): string {
  const images = `${formatCount(chosen)} ${chosen === 1 ? 'image' : 'images'} chosen`;
  return misclassified === undefined ? images : `${images}, ${formatCount(misclassified)} misclassified`;
}

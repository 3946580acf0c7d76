// Checks whether a network fits the images and classes of a dataset.
import type { DatasetInfo } from '../../../src-shared/data/dataset';
import { StudioError } from '../../../src-shared/errors';

interface NetworkShape {
  /** Units of each layer, from the pixels to the classes. */
  sizes: readonly number[];
  imageShape: readonly [number, number] | undefined;
}

type Images = Pick<DatasetInfo, 'name' | 'rows' | 'columns' | 'classNames'>;

/** @param file name of the network's file. Throws sizes-differ. */
export function checkFitsDataset(network: NetworkShape, dataset: Images, file: string): void {
  const reason = misfit(network, dataset);
  if (reason !== undefined)
    throw new StudioError('sizes-differ', `${file} ${reason}. Please choose a network or a dataset that fits.`);
}

/** @returns why it does not fit, as a predicate; undefined if it fits */
export function misfit(
  { sizes, imageShape }: NetworkShape,
  { name, rows, columns, classNames }: Images,
): string | undefined {
  const [inputs, outputs] = [sizes[0]!, sizes.at(-1)!];
  const otherShape = imageShape !== undefined && (imageShape[0] !== rows || imageShape[1] !== columns);
  if (inputs !== rows * columns || otherShape) {
    const expected = imageShape ? `images of ${imageShape.join('×')} pixels` : `${inputs} pixels`;
    return `takes ${expected}, but the images of ${name} have ${rows}×${columns}`;
  }
  if (outputs === classNames.length) return undefined;
  return `distinguishes ${outputs} classes, but ${name} has ${classNames.length}`;
}

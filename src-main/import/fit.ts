// Whether a network can read the images of a dataset.
import type { DatasetInfo, LayerWeights } from '../../src-shared/contract';
import { StudioError } from '../../src-shared/errors';

interface Readable {
  layers: readonly LayerWeights[];
  imageShape: readonly [number, number] | undefined;
}

/** @param file of the network. Throws sizes-differ. */
export function checkFitsDataset({ layers, imageShape }: Readable, { name, rows, columns, classNames }: Pick<DatasetInfo, 'name' | 'rows' | 'columns' | 'classNames'>, file: string): void {
  const [inputs, outputs] = [layers[0]!.inputs, layers.at(-1)!.outputs];
  const otherShape = imageShape !== undefined && (imageShape[0] !== rows || imageShape[1] !== columns);
  if (inputs !== rows * columns || otherShape) {
    const expected = imageShape ? `images of ${imageShape.join('×')} pixels` : `${inputs} pixels`;
    throw new StudioError('sizes-differ', `${file} takes ${expected}, but the images of ${name} have ${rows}×${columns}. Please choose a network or a dataset that fits.`);
  }
  if (outputs !== classNames.length) {
    throw new StudioError('sizes-differ', `${file} tells ${outputs} classes apart, but ${name} has ${classNames.length}. Please choose a network or a dataset that fits.`);
  }
}

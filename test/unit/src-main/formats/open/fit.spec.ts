import { describe, expect, it } from 'vitest';
import { sizesOf } from '../../../../../src-shared/networks/layers';
import { checkFitsDataset } from '../../../../../src-main/formats/open/fit';
import { SMALL } from '../../../../fixtures/network-files';

const dataset = { name: 'Digits', rows: 2, columns: 3, classNames: ['a', 'b', 'c'] };
const network = { sizes: sizesOf(SMALL.layers), imageShape: undefined };

describe('a network', () => {
  it('is refused if the images have another shape, even with as many pixels', () => {
    expect(() => checkFitsDataset(network, { ...dataset, columns: 4 }, 'n.npz')).toThrow(
      'n.npz takes 6 pixels, but the images of Digits have 2×4.',
    );
    expect(() => checkFitsDataset({ ...network, imageShape: [3, 2] }, dataset, 'n.npz')).toThrow(
      'n.npz takes images of 3×2 pixels, but the images of Digits have 2×3.',
    );
  });

  it('is refused if the dataset has another number of classes', () => {
    expect(() => checkFitsDataset(network, { ...dataset, classNames: ['a', 'b'] }, 'n.npz')).toThrow(
      'n.npz distinguishes 3 classes, but Digits has 2. Please choose a network or a dataset that fits.',
    );
  });

  it('is accepted if both fit', () => {
    expect(() => checkFitsDataset(network, dataset, 'n.npz')).not.toThrow();
    expect(() => checkFitsDataset({ ...network, imageShape: [2, 3] }, dataset, 'n.npz')).not.toThrow();
  });
});

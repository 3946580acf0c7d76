// The weights of a network as pictures, one of each unit. Pure.
import type { DatasetInfo, LayerWeights, Network, WeightPictures } from '../../src-shared/contract';
import { picturePixels, weightPictures } from '../../src-shared/weight-pictures';
import { linearPath, pathLimit } from './linear-path';

type Size = Pick<DatasetInfo, 'rows' | 'columns'>;

/** Pictures of the units of a layer, each made when it is looked at. */
export interface UnitPictures {
  units: number;
  rows: number;
  columns: number;
  /** Where the scale of the colours ends. */
  limit: number;
  /** [rows × columns], −127 to 127 for −limit to limit */
  pixelsOf: (unit: number) => Int8Array;
}

/** @returns undefined before training has begun */
export function firstLayerPictures(network: Network | undefined, { rows, columns }: Size): WeightPictures | undefined {
  const first = network?.layers[0];
  return first && weightPictures(first, rows, columns);
}

/** @param limit another end of the scale than their own, not below it */
export function readyPictures({ pixels, ...pictures }: WeightPictures, limit = pictures.limit): UnitPictures {
  const size = pictures.rows * pictures.columns;
  const share = pictures.limit / limit;
  const ownPixels = (unit: number): Int8Array => pixels.subarray(unit * size, (unit + 1) * size);
  return { ...pictures, limit, pixelsOf: share === 1 ? ownPixels : (unit) => ownPixels(unit).map((pixel) => Math.round(pixel * share)) };
}

/** Of a layer further up, each unit's linear path to the pixels. */
export function pathPictures(layers: readonly LayerWeights[], layer: number, { rows, columns }: Size): UnitPictures {
  const limit = pathLimit(layers, layer);
  return { units: layers[layer]!.outputs, rows, columns, limit, pixelsOf: (unit) => picturePixels(linearPath(layers, layer, unit), limit) };
}

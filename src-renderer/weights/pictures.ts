// The weights of a network as pictures, one of each unit. Pure.
import type { DatasetInfo } from '../../src-shared/data/dataset';
import type { LayerWeights, Network } from '../../src-shared/networks/layers';
import { picturePixels, scaleLimit, type WeightPictures } from '../../src-shared/runs/weight-pictures';
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

/** The end of the scale is found once for all who look at the same weights. */
const limits = new WeakMap<LayerWeights, number>();

/** @returns undefined before training has begun */
export function firstLayerPictures(network: Network | undefined, { rows, columns }: Size): UnitPictures | undefined {
  const first = network?.layers[0];
  if (!first) return undefined;
  const limit = limits.get(first) ?? scaleLimit(first.weight);
  limits.set(first, limit);
  const size = first.inputs;
  return {
    units: first.outputs,
    rows,
    columns,
    limit,
    pixelsOf: (unit) => picturePixels(first.weight.subarray(unit * size, (unit + 1) * size), limit),
  };
}

/** @param limit another end of the scale than their own, not below it */
export function readyPictures({ pixels, ...pictures }: WeightPictures, limit = pictures.limit): UnitPictures {
  const size = pictures.rows * pictures.columns;
  const share = pictures.limit / limit;
  const ownPixels = (unit: number): Int8Array => pixels.subarray(unit * size, (unit + 1) * size);
  return {
    ...pictures,
    limit,
    pixelsOf: share === 1 ? ownPixels : (unit) => ownPixels(unit).map((pixel) => Math.round(pixel * share)),
  };
}

/** Of a layer further up, each unit's linear path to the pixels. */
export function pathPictures(layers: readonly LayerWeights[], layer: number, { rows, columns }: Size): UnitPictures {
  const limit = pathLimit(layers, layer);
  return {
    units: layers[layer]!.outputs,
    rows,
    columns,
    limit,
    pixelsOf: (unit) => picturePixels(linearPath(layers, layer, unit), limit),
  };
}

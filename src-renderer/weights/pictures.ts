// The weights of a network as pictures, one for each unit. Pure.
import type { LayerWeights, Network } from '../../src-shared/networks/layers';
import type { DatasetInfo } from '../../src-shared/data/dataset';
import { picturePixels, scaleLimit, type WeightPictures } from '../../src-shared/runs/weight-pictures';
import { linearPath, pathLimit } from './linear-path';

type Size = Pick<DatasetInfo, 'rows' | 'columns'>;

/** Pictures of a layer's units. Each is computed when it is requested. */
export interface UnitPictures {
  units: number;
  rows: number;
  columns: number;
  /** The colour scale goes from −limit to limit. */
  limit: number;
  /** [rows × columns], −127 to 127 for −limit to limit */
  pixelsOf: (unit: number) => Int8Array;
}

/** Computed once for each set of weights, which several views show. */
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

/** @param limit end of the colour scale, not below the pictures' own */
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

/** The linear path to the pixels of each unit of a deeper layer. */
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

// The first layer of the network as pictures, one of each hidden unit.
import type { DatasetInfo, LayerWeights, Network, WeightPictures } from '../../src-shared/contract';
import { weightPictures } from '../../src-shared/weight-pictures';

/** Made once for all who look at the same weights. */
const known = new WeakMap<LayerWeights, WeightPictures>();

/** @returns undefined before training has begun */
export function firstLayerPictures(network: Network | undefined, { rows, columns }: Pick<DatasetInfo, 'rows' | 'columns'>): WeightPictures | undefined {
  const first = network?.layers[0];
  if (!first) return undefined;
  const pictures = known.get(first) ?? weightPictures(first, rows, columns);
  known.set(first, pictures);
  return pictures;
}

// The first layer of the network as pictures, one of each hidden unit. Pure.
import type { DatasetInfo, Network, WeightPictures } from '../../src-shared/contract';
import { weightPictures } from '../../src-shared/weight-pictures';

/** @returns undefined before training has begun */
export function firstLayerPictures(network: Network | undefined, { rows, columns }: Pick<DatasetInfo, 'rows' | 'columns'>): WeightPictures | undefined {
  const first = network?.layers[0];
  return first && weightPictures(first, rows, columns);
}

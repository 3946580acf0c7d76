// Exports a network for load_weights of Keras 3: .weights.h5, an HDF5 file whose kernels are [in, out].
// https://github.com/keras-team/keras/blob/master/keras/src/saving/saving_lib.py
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import { hdf5Parts, type Hdf5Group, type Hdf5Node } from '../hdf5/write';
import { networkMetadata } from '../save/metadata';
import { chunksOf, type Chunk } from '../save/chunks';
import { transposed } from '../save/transposed';

/**
 * layers/dense/vars/0 is the kernel [in, out] of the first layer, vars/1 its bias, then dense_1, dense_2, … The text
 * dataset `metadata` is this app's own, and Keras ignores it. The same network always gives the same bytes.
 */
export function kerasChunks(checkpoint: Checkpoint, appVersion: string): Iterable<Chunk> {
  const layers = checkpoint.layers.map(({ weight, bias, inputs, outputs }, k): [string, Hdf5Node] => {
    const kernel = { shape: [inputs, outputs], values: transposed(weight, outputs, inputs) };
    const variables = group(['0', kernel], ['1', { shape: [outputs], values: bias }]);
    return [k === 0 ? 'dense' : `dense_${k}`, group(['vars', variables])];
  });
  const metadata = { text: JSON.stringify(networkMetadata(checkpoint, appVersion)) };
  // The model itself has no variables, but Keras expects the group.
  return chunksOf(hdf5Parts(group(['layers', group(...layers)], ['metadata', metadata], ['vars', group()])));
}

function group(...members: [string, Hdf5Node][]): Hdf5Group {
  return new Map(members);
}

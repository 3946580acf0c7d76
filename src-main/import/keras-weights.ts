// A network out of .weights.h5, as Keras 3 writes it with save_weights: layers/dense/vars/0 is a kernel [in, out], vars/1 its bias.
import { readHdf5, type Hdf5Dataset } from './hdf5';
import { once, type FileArray } from './arrays/file-array';
import { networkOfArrays } from './arrays/network-of-arrays';
import { countOf, refusal, type NetworkFile } from './imported-network';
import { parseMetadata, type Metadata } from './network-metadata';
import { toFloat32, type NumberType } from './number-types';

const VARIABLE = /^layers\/(?<layer>.+)\/vars\/(?<index>\d+)$/;
const DENSE = /^dense(?:_(?<number>\d+))?$/;
const ROLES = ['kernel', 'bias'];
const FLOATS: Record<number, NumberType> = { 2: 'float16', 4: 'float32', 8: 'float64' };

/** Throws file-unreadable. */
export function importKerasWeights(bytes: Uint8Array, file: string): NetworkFile {
  const arrays: FileArray[] = [];
  let metadata: Metadata | undefined;
  for (const [path, dataset] of readHdf5(bytes, file)) {
    const variable = VARIABLE.exec(path)?.groups;
    if (path === 'metadata' && dataset.type.kind === 'text') metadata = parseMetadata(new TextDecoder().decode(dataset.bytes));
    // Beside the layers lies what the optimizer remembers; dropout keeps its random numbers there too.
    if (!variable || variable['layer']!.endsWith('/seed_generator')) continue;
    const dense = DENSE.exec(variable['layer']!);
    const role = ROLES[Number(variable['index'])];
    if (!dense || role === undefined) throw refusal(file, `its layer “${variable['layer']!}” is none of a chain of Dense layers`);
    arrays.push(toArray(`dense_${dense.groups!['number'] ?? 0}.${role}`, path, dataset, file));
  }
  return networkOfArrays(arrays, file, metadata);
}

function toArray(name: string, path: string, { shape, type, bytes, isOnePiece }: Hdf5Dataset, file: string): FileArray {
  const numberType = type.kind === 'float' ? FLOATS[type.bytes] : undefined;
  if (type.kind !== 'float' || !numberType) throw refusal(file, `its variable “${path}” is not of float16, float32 or float64`);
  if (!isOnePiece) throw refusal(file, `its variable “${path}” is compressed or lies in pieces: expected a file of model.save_weights`);
  const numbers = once(() => toFloat32({ name: path, type: numberType, bytes, count: countOf(shape), littleEndian: type.littleEndian }, file));
  return { name, shape, type: numberType, kind: 'float', numbers };
}

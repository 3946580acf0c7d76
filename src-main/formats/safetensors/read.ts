// Imports a network from .safetensors, as PyTorch, flax and this app save it.
import { readSafetensors } from './tensors';
import { once, type FileArray } from '../arrays/file-array';
import { networkOfArrays } from '../arrays/network-of-arrays';
import { countOf, type NetworkFile } from '../open/imported-network';
import { metadataFromTexts } from '../open/metadata';
import { isFloat, toFloat32, type NumberType } from '../open/number-types';

const TYPES: Readonly<Record<string, NumberType>> = {
  F16: 'float16',
  BF16: 'bfloat16',
  F32: 'float32',
  F64: 'float64',
  BOOL: 'bool',
  I8: 'int8',
  U8: 'uint8',
  I16: 'int16',
  U16: 'uint16',
  I32: 'int32',
  U32: 'uint32',
  I64: 'int64',
  U64: 'uint64',
};

/** Optimizer states, in the app's own checkpoints of a run. */
const OF_OPTIMIZER = /^optimizer\d+\./;

/** Throws file-unreadable. */
export function importSafetensors(bytes: Uint8Array, file: string): NetworkFile {
  const { tensors, metadata } = readSafetensors(bytes, file);
  const arrays = tensors.flatMap(({ name, type: code, shape, bytes: content }): FileArray[] => {
    if (OF_OPTIMIZER.test(name)) return [];
    const type = Object.hasOwn(TYPES, code) ? TYPES[code] : undefined;
    const numbers = once(() =>
      toFloat32({ name, type: type!, bytes: content, count: countOf(shape), littleEndian: true }, file),
    );
    return [
      {
        name,
        shape,
        type: type ?? code,
        kind: type === undefined ? 'other' : isFloat(type) ? 'float' : 'integer',
        numbers,
      },
    ];
  });
  return networkOfArrays(arrays, file, metadataFromTexts(metadata));
}

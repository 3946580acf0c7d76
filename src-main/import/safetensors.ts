// A network out of .safetensors: every tensor in it is a weight or a bias, but for what an optimizer remembers.
import { readSafetensors } from '../export/safetensors';
import { countOf, onlyCandidate, refusal, type NetworkFile } from './imported-network';
import { assembleNetwork, metadataFromTexts } from './network-metadata';
import { toFloat32, type NumberType } from './number-types';
import { recogniseLayers } from './recognise-layers';

const TYPES: Record<string, NumberType> = { F16: 'float16', BF16: 'bfloat16', F32: 'float32', F64: 'float64' };

/** What the optimizer remembers, in the app's own checkpoints of a run. */
const OF_OPTIMIZER = /^optimizer\d+\./;

/** Throws file-unreadable. */
export function importSafetensors(bytes: Uint8Array, file: string): NetworkFile {
  const { tensors, metadata } = readSafetensors(bytes, file);
  const notes: string[] = [];
  const weights = tensors.filter(({ name }) => !OF_OPTIMIZER.test(name));
  const arrays = weights.map(({ name, type: code, shape, bytes: content }) => {
    const type = Object.hasOwn(TYPES, code) ? TYPES[code] : undefined;
    if (!type) throw refusal(file, `its tensor “${name}” is of the type ${code}, where ${Object.keys(TYPES).join(', ')} are expected`);
    if (type === 'float64') notes.push(`“${name}” was rounded from float64 to float32.`);
    return { name, shape, values: toFloat32({ name, type, bytes: content, count: countOf(shape), littleEndian: true }, file) };
  });
  return assembleNetwork(file, onlyCandidate(recogniseLayers(arrays, file, notes)), metadataFromTexts(metadata), notes);
}

// A network out of NumPy's .npz: every plain array of floats in it is a weight or a bias.
import { onlyCandidate, refusal, type NetworkFile, type NumberArray } from './imported-network';
import { assembleNetwork, parseMetadata, type Metadata } from './network-metadata';
import { readNpy } from './npy';
import { recogniseLayers } from './recognise-layers';
import { readZip } from './zip';

const SUFFIX = '.npy';

/** Throws file-unreadable. */
export function importNpz(bytes: Uint8Array, file: string): NetworkFile {
  const arrays: NumberArray[] = [];
  const notes: string[] = [];
  let metadata: Metadata | undefined;
  for (const [entry, content] of readZip(bytes, file)) {
    if (!entry.endsWith(SUFFIX)) throw refusal(file, `it holds “${entry}”, which is no NumPy array`);
    const name = entry.slice(0, -SUFFIX.length);
    const array = readNpy(content, name, file);
    if (array.kind === 'numbers') {
      arrays.push(array);
      if (array.type === 'float64') notes.push(`“${name}” was rounded from float64 to float32.`);
    } else if (array.kind === 'text' && name === 'metadata') {
      metadata = parseMetadata(array.text);
    } else if (array.kind === 'other' && array.shape.length > 0) {
      throw refusal(file, `its array “${name}” is of the type ${array.type}, where float16, float32 and float64 are expected`);
    } // Single numbers and texts, such as an epoch, say nothing of the network.
  }
  return assembleNetwork(file, onlyCandidate(recogniseLayers(arrays, file, notes)), metadata, notes);
}

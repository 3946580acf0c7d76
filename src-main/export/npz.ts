// A trained network as NumPy's .npz: fc1.weight [out, in], fc1.bias, fc2.weight, … as float32, and metadata as JSON text.
import { zipSync, type Zippable } from 'fflate';
import type { Checkpoint } from '../../src-shared/contract';
import { encodeNpyFloat32, encodeNpyText } from './npy';
import { networkMetadata } from './metadata';

/** Always the same bytes for the same network. */
export function encodeNpz(checkpoint: Checkpoint, appVersion: string): Uint8Array {
  const entries: Zippable = {};
  checkpoint.layers.forEach(({ weight, bias, inputs, outputs }, layer) => {
    entries[`fc${layer + 1}.weight.npy`] = encodeNpyFloat32(weight, [outputs, inputs]);
    entries[`fc${layer + 1}.bias.npy`] = encodeNpyFloat32(bias, [outputs]);
  });
  entries['metadata.npy'] = encodeNpyText(JSON.stringify(networkMetadata(checkpoint, appVersion)));
  const earliestZipDate = new Date(1980, 0, 1);
  return zipSync(entries, { level: 0, mtime: earliestZipDate });
}

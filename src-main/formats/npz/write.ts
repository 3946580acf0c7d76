// Exports a network as NumPy's .npz: fc1.weight [out, in], fc1.bias, fc2.weight, … as float32, and the metadata as JSON
// text.
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import { networkMetadata } from '../save/metadata';
import { npyFloat32Parts, npyTextParts } from '../npy/write';
import { chunksOf, type Chunk } from '../save/chunks';
import { zipParts, type ZipEntry } from '../zip/write';

/** The same network always gives the same bytes. */
export function npzChunks(checkpoint: Checkpoint, appVersion: string): Iterable<Chunk> {
  const entries = checkpoint.layers.flatMap(({ weight, bias, inputs, outputs }, layer): ZipEntry[] => [
    { name: `fc${layer + 1}.weight.npy`, parts: npyFloat32Parts(weight, [outputs, inputs]) },
    { name: `fc${layer + 1}.bias.npy`, parts: npyFloat32Parts(bias, [outputs]) },
  ]);
  const metadata = npyTextParts(JSON.stringify(networkMetadata(checkpoint, appVersion)));
  return chunksOf(zipParts([...entries, { name: 'metadata.npy', parts: metadata }]));
}

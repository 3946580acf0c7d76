// Exports a network as .safetensors for PyTorch: fc1.weight [out, in], fc1.bias, fc2.weight, … as float32, and the
// metadata as texts.
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import { metadataTexts, networkMetadata } from '../save/metadata';
import { chunksOf, type Chunk } from '../save/chunks';
import { addLayers, safetensorsParts, type Tensor } from './tensors';

/** The same network always gives the same bytes. */
export function safetensorsChunks(checkpoint: Checkpoint, appVersion: string): Iterable<Chunk> {
  const tensors = new Map<string, Tensor>();
  addLayers(tensors, checkpoint.layers, '');
  // “pt” tells other programs that the weights have PyTorch's layout.
  const metadata = { format: 'pt', ...metadataTexts(networkMetadata(checkpoint, appVersion)) };
  return chunksOf(safetensorsParts({ tensors, metadata }));
}

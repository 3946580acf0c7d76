// A trained network as .safetensors, as PyTorch reads it: fc1.weight [out, in], fc1.bias, fc2.weight, … as float32, and
// metadata as texts.
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import { metadataTexts, networkMetadata } from '../save/metadata';
import { chunksOf, type Chunk } from '../save/chunks';
import { addLayers, safetensorsParts, type Tensor } from './tensors';

/** Always the same bytes for the same network. */
export function safetensorsChunks(checkpoint: Checkpoint, appVersion: string): Iterable<Chunk> {
  const tensors = new Map<string, Tensor>();
  addLayers(tensors, checkpoint.layers, '');
  // Other programs know by it that weights are laid out as PyTorch's.
  const metadata = { format: 'pt', ...metadataTexts(networkMetadata(checkpoint, appVersion)) };
  return chunksOf(safetensorsParts({ tensors, metadata }));
}

// A trained network as .safetensors, as PyTorch reads it: fc1.weight [out, in], fc1.bias, fc2.weight, … as float32, and
// metadata as texts.
import type { Checkpoint } from '../../../src-shared/contract';
import { metadataTexts, networkMetadata } from '../save/metadata';
import { piecesOf, type Piece } from '../save/chunks';
import { addLayers, safetensorsParts, type Tensor } from './tensors';

/** Always the same bytes for the same network. */
export function safetensorsPieces(checkpoint: Checkpoint, appVersion: string): Iterable<Piece> {
  const tensors = new Map<string, Tensor>();
  addLayers(tensors, checkpoint.layers, '');
  // Other programs know by it that weights are laid out as PyTorch's.
  const metadata = { format: 'pt', ...metadataTexts(networkMetadata(checkpoint, appVersion)) };
  return piecesOf(safetensorsParts({ tensors, metadata }));
}

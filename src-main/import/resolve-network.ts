// From what a file says, and what a person adds, to a network that takes pixels from 0 to 1.
import type { ImportedNetwork, NetworkFile } from './imported-network';

export function resolveNetwork({ candidates, pixels, ...file }: NetworkFile): ImportedNetwork {
  return { ...file, layers: candidates[0]!.layers(), pixelScaling: pixels ? 'stated' : 'assumed' };
}

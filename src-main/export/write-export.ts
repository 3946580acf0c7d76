// Writes a trained network to the file that a person chose.
import type { Checkpoint } from '../../src-shared/contract';
import { writeUserFile } from '../user-file';
import { encodeNpz } from './npz';

/** Throws export-failed; a file that was there before is then still there, unchanged. */
export function writeExport(file: string, checkpoint: Checkpoint, appVersion: string): Promise<void> {
  return writeUserFile(file, encodeNpz(checkpoint, appVersion), 'The weights');
}

/** Such as mnist-784-256-10-epoch-5.npz. */
export function suggestedFileName({ dataset, layers, result }: Checkpoint): string {
  const sizes = [layers[0]!.inputs, ...layers.map(({ outputs }) => outputs)].join('-');
  const name = dataset.name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  return `${name}-${sizes}-epoch-${result.epoch}.npz`;
}

// Writes a trained network to the file that a person chose.
import { basename } from 'node:path';
import type { Checkpoint } from '../../src-shared/contract';
import { StudioError } from '../../src-shared/errors';
import { writeFileAtomically } from '../atomic-write';
import { fileErrorReason } from '../file-errors';
import { encodeNpz } from './npz';

/** Throws export-failed; a file that was there before is then still there, unchanged. */
export async function writeExport(file: string, checkpoint: Checkpoint, appVersion: string): Promise<void> {
  try {
    await writeFileAtomically(file, encodeNpz(checkpoint, appVersion));
  } catch (error) {
    throw new StudioError(
      'export-failed',
      `The weights could not be written to ${basename(file)}: ${fileErrorReason(error)}. Nothing was changed. Please choose another place.`,
    );
  }
}

/** Such as mnist-784-256-10-epoch-5.npz. */
export function suggestedFileName({ dataset, layers, result }: Checkpoint): string {
  const sizes = [layers[0]!.inputs, ...layers.map(({ outputs }) => outputs)].join('-');
  const name = dataset.name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  return `${name}-${sizes}-epoch-${result.epoch}.npz`;
}

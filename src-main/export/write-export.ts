// Writes a trained network to the file that a person chose.
import { basename } from 'node:path';
import type { Checkpoint } from '../../src-shared/contract';
import { sizesOf } from '../../src-shared/layer-sizes';
import type { ExportOptions, ExportSuffix } from '../../src-shared/network-formats';
import { writeUserFile } from '../user-file';
import { exportFormatOf } from './formats';

/**
 * In the format that the file's name asks for.
 * Throws export-failed; a file that was there before is then still there, unchanged.
 */
export async function writeExport(file: string, checkpoint: Checkpoint, appVersion: string, options?: ExportOptions): Promise<void> {
  await writeUserFile(file, exportFormatOf(basename(file)).encode(checkpoint, appVersion, options), 'The weights', 'export');
}

/** Such as mnist-784-256-10-epoch-5.npz. */
export function suggestedFileName({ dataset, layers, result }: Checkpoint, suffix: ExportSuffix = '.npz'): string {
  const sizes = sizesOf(layers).join('-');
  const name = dataset.name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  return `${name}-${sizes}-epoch-${result.epoch}${suffix}`;
}

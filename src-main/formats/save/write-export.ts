// Writes a trained network to the file that the user chose.
import { basename } from 'node:path';
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import type { ExportOptions, ExportSuffix } from '../../../src-shared/networks/network-formats';
import { notWritten, writeUserFile } from '../../files/user-file';
import { exportFormatOf } from './formats';

type Network = [checkpoint: Checkpoint, appVersion: string, options?: ExportOptions];

/** The suffix of the file selects the format. Throws export-failed; an existing file is then left unchanged. */
export async function writeExport(file: string, ...network: Network): Promise<void> {
  await writeUserFile(file, exportedBytes(file, network), 'The weights', 'export');
}

/** Tries every file, even if others fail. Never rejects. @returns the files that were written, and the first error */
export async function writeExports(
  files: readonly string[],
  ...network: Network
): Promise<{ written: string[]; failure?: unknown }> {
  const written: string[] = [];
  const failures: unknown[] = [];
  for (const file of files) {
    await writeExport(file, ...network).then(
      () => written.push(file),
      (error: unknown) => failures.push(error),
    );
  }
  return { written, failure: failures[0] };
}

/**
 * The content of an export, encoded while it is consumed.
 * @param onDone receives the share that is done, 0 to 1. May throw export-failed.
 */
export function* exportedBytes(file: string, network: Network, onDone?: (done: number) => void): Generator<Uint8Array> {
  for (const { bytes, done } of exportFormatOf(basename(file)).chunks(...network)) {
    yield bytes;
    onDone?.(done);
  }
}

/** @returns an error with a sentence for the user */
export function exportNotWritten(error: unknown, file: string): Error {
  return notWritten(error, file, 'The weights', 'export');
}

/** Such as mnist-784-256-10-epoch-5.npz. @param sizes units of each layer, from the pixels to the classes */
export function suggestedFileName(
  datasetName: string,
  sizes: readonly number[],
  epoch: number,
  suffix: ExportSuffix = '.npz',
): string {
  const name = datasetName.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  return `${name}-${sizes.join('-')}-epoch-${epoch}${suffix}`;
}

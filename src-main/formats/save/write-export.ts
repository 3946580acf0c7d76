// Writes a trained network to the file that a person chose.
import { basename } from 'node:path';
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import type { ExportOptions, ExportSuffix } from '../../../src-shared/networks/network-formats';
import { notWritten, writeUserFile } from '../../files/user-file';
import { exportFormatOf } from './formats';

type Network = [checkpoint: Checkpoint, appVersion: string, options?: ExportOptions];

/**
 * In the format that the file's name asks for.
 * Throws export-failed; a file that was there before is then still there, unchanged.
 */
export async function writeExport(file: string, ...network: Network): Promise<void> {
  await writeUserFile(file, exportedBytes(file, network), 'The weights', 'export');
}

/**
 * Tries every file, whatever happens to the others. Throws nothing.
 * @returns the files that were written, and the first error
 */
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
 * What such a file holds, made while it is written.
 * @param onDone is told the share that is made, 0 to 1. May throw export-failed.
 */
export function* exportedBytes(file: string, network: Network, onDone?: (done: number) => void): Generator<Uint8Array> {
  for (const { bytes, done } of exportFormatOf(basename(file)).pieces(...network)) {
    yield bytes;
    onDone?.(done);
  }
}

/** @returns the error in a sentence, if it has none yet */
export function exportNotWritten(error: unknown, file: string): Error {
  return notWritten(error, file, 'The weights', 'export');
}

/** Such as mnist-784-256-10-epoch-5.npz. @param sizes units of every layer, from the pixels to the classes */
export function suggestedFileName(
  datasetName: string,
  sizes: readonly number[],
  epoch: number,
  suffix: ExportSuffix = '.npz',
): string {
  const name = datasetName.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  return `${name}-${sizes.join('-')}-epoch-${epoch}${suffix}`;
}

// Finds the four files of a dataset in a folder and reads them as they are. What is inside them is the trainer's business.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SPLIT_FILES, type DatasetFiles, type DatasetSource, type SplitFile } from '../src-shared/contract';
import { StudioError } from '../src-shared/errors';
import { fileErrorReason } from './file-errors';

/** The names on LeCun's page, and with the dot that many unpackers write in place of the second dash. */
const NAMES: Record<SplitFile, { usual: string; pattern: RegExp }> = {
  trainImages: { usual: 'train-images-idx3-ubyte.gz', pattern: /^train-images[-.]idx3-ubyte(\.gz)?$/i },
  trainLabels: { usual: 'train-labels-idx1-ubyte.gz', pattern: /^train-labels[-.]idx1-ubyte(\.gz)?$/i },
  testImages: { usual: 't10k-images-idx3-ubyte.gz', pattern: /^t10k-images[-.]idx3-ubyte(\.gz)?$/i },
  testLabels: { usual: 't10k-labels-idx1-ubyte.gz', pattern: /^t10k-labels[-.]idx1-ubyte(\.gz)?$/i },
};

/** Larger than any file of this family; Node reads no file above 2 GiB. */
const LARGEST_FILE = 1 << 30;

/**
 * Reads the four files, gzip or not.
 * @param builtinFolder where the packed MNIST lies
 * Throws folder-unreadable, file-missing, file-unreadable.
 */
export async function readDatasetFiles(source: DatasetSource, builtinFolder: string): Promise<DatasetFiles> {
  const folder = source.kind === 'builtin' ? builtinFolder : source.folder;
  const names = findDatasetFiles(folder, await listFolder(folder));
  const entries = await Promise.all(
    SPLIT_FILES.map(async (split) => [split, { name: names[split], bytes: await readWhole(folder, names[split]) }] as const),
  );
  return Object.fromEntries(entries) as DatasetFiles;
}

/** Picks the four files out of a folder's names; throws file-missing, which says all that are missing. */
export function findDatasetFiles(folder: string, names: readonly string[]): Record<SplitFile, string> {
  const found = SPLIT_FILES.map((split) => [split, [...names].sort().find((name) => NAMES[split].pattern.test(name))] as const);
  const missing = found.filter(([, name]) => name === undefined).map(([split]) => NAMES[split].usual);
  if (missing.length === SPLIT_FILES.length) {
    throw new StudioError(
      'file-missing',
      `The folder “${folder}” holds no MNIST files. Expected four: ${missing.join(', ')} (with or without .gz). ` +
        'Please choose the folder that they are in.',
    );
  }
  if (missing.length > 0) {
    throw new StudioError(
      'file-missing',
      `The folder “${folder}” lacks ${missing.join(' and ')} (with or without .gz). Expected four files: images and labels, for training ` +
        'and for testing. Please add what is missing, or choose another folder.',
    );
  }
  return Object.fromEntries(found) as Record<SplitFile, string>;
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw new StudioError(
      'folder-unreadable',
      `The folder “${folder}” cannot be read: ${fileErrorReason(error)}. Please choose a folder with the four MNIST files.`,
    );
  }
}

async function readWhole(folder: string, name: string): Promise<Uint8Array> {
  const file = join(folder, name);
  try {
    const { size } = await stat(file);
    if (size > LARGEST_FILE) throw new Error(`it is larger than ${LARGEST_FILE / 2 ** 30} GiB, and no MNIST file is`);
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw new StudioError('file-unreadable', `${name} in “${folder}” cannot be read: ${fileErrorReason(error)}. Please check the file.`);
  }
}

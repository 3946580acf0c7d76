// Checks before a long job that its result can be written to the chosen place.
import { stat, statfs } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { StudioError } from '../../../src-shared/errors';
import { temporaryBeside, writeNewFile } from '../../files/atomic-write';
import { fileErrorReason } from '../../files/file-errors';
import { removePatiently } from '../../files/file-retry';

const ELSEWHERE = 'Please choose another place.';

/** Creates an empty file beside the target and removes it again. Throws export-failed. */
export async function checkExportTarget(file: string): Promise<void> {
  const path = resolve(file);
  if ((await stat(path).catch(() => undefined))?.isDirectory()) {
    throw refused(
      `“${path}” is a folder: expected the name of a file. Please add one, such as ${basename(path)}/network.npz.`,
    );
  }
  await checkFolder(dirname(path));
  const temporary = temporaryBeside(path);
  try {
    await writeNewFile(temporary, '');
  } catch (error) {
    throw refused(`“${path}” cannot be written: ${fileErrorReason(error)}. ${ELSEWHERE}`);
  } finally {
    await removePatiently(temporary).catch(() => undefined); // an empty file under a unique name does no harm
  }
}

/** In the most compact format. */
const MIN_BYTES_PER_NUMBER = 4;

/** @param numbers count of weights and biases. Throws export-failed if the disk certainly has no room for them. */
export async function checkRoom(file: string, numbers: number): Promise<void> {
  const disk = await statfs(dirname(resolve(file))).catch(() => undefined);
  // Some network drives do not report their size.
  if (!disk || disk.blocks === 0 || disk.bavail * disk.bsize >= numbers * MIN_BYTES_PER_NUMBER) return;
  const sizes = [disk.bavail * disk.bsize, numbers * MIN_BYTES_PER_NUMBER].map(
    (bytes) => `${(bytes / 1e6).toFixed(1)} MB`,
  );
  throw refused(
    `The disk has only ${sizes[0]} left for “${resolve(file)}”, which takes at least ${sizes[1]}. Please free ` +
      'some space, or choose another place.',
  );
}

async function checkFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT')
      throw refused(`There is no folder “${folder}”. Please create it first, or choose another place.`);
    throw refused(`The folder “${folder}” cannot be opened: ${fileErrorReason(error)}. ${ELSEWHERE}`);
  });
  if (!found.isDirectory()) throw refused(`“${folder}” is a file: expected a folder. ${ELSEWHERE}`);
}

function refused(message: string): StudioError {
  return new StudioError('export-failed', message);
}

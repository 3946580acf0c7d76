// Reads ranges of other files in the folder of a network's file. Paths that leave this folder are refused.
import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { StudioError } from '../../../src-shared/errors';
import { fileErrorReason } from '../../files/file-errors';
import { refusal } from './imported-network';

export interface NeighbourFiles {
  /**
   * Reads a range of bytes. Throws file-unreadable.
   * @param location relative path as stored in the network's file, with / or \ between folders
   */
  read(location: string, offset: number, length: number): Promise<Uint8Array>;
}

/** @param path of the network's file */
export function neighboursOf(path: string): NeighbourFiles {
  const [folder, file] = [dirname(path), basename(path)];
  return {
    async read(location, offset, length) {
      const handle = await openInside(folder, location, file);
      try {
        return await readPart(handle, location, offset, length, file);
      } finally {
        await handle.close();
      }
    },
  };
}

/** For a network whose folder is unknown: refuses every location. */
export function noNeighbours(file: string): NeighbourFiles {
  return { read: (location) => Promise.reject(notBeside(location, file)) };
}

async function openInside(folder: string, location: string, file: string): Promise<FileHandle> {
  const parts = location.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
  const isOutside =
    /^[/\\]/.test(location) ||
    parts.includes('..') ||
    parts.some((part) => part.includes(':') || part.includes('\0')) ||
    parts.length === 0;
  if (isOutside)
    throw refusal(file, `its weights are said to be in “${location}”: expected the name of a file in its own folder`);
  try {
    const [home, target] = [await realpath(folder), await realpath(join(folder, ...parts))];
    const way = relative(home, target);
    if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
      throw refusal(file, `its weights are in “${location}”, which is a link that leads out of its folder`);
    return await openFile(target, location, file);
  } catch (error) {
    if (error instanceof StudioError) throw error;
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw notBeside(location, file);
    throw refusal(file, `its weights are in “${location}”, which could not be read: ${fileErrorReason(error)}`);
  }
}

/** Opens only regular files: a pipe would block. */
async function openFile(path: string, location: string, file: string): Promise<FileHandle> {
  const found = await stat(path);
  if (!found.isFile()) throw refusal(file, `its weights are in “${location}”, which is not a file`);
  return open(path, 'r');
}

async function readPart(
  handle: FileHandle,
  location: string,
  offset: number,
  length: number,
  file: string,
): Promise<Uint8Array> {
  const { size } = await handle.stat();
  if (offset + length > size) {
    throw refusal(
      file,
      `its weights are in “${location}”, which has ${size} bytes: expected at least ${offset + length}. ` +
        'It is cut off, or belongs to another network',
    );
  }
  const bytes = new Uint8Array(length);
  for (let filled = 0; filled < length;) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) throw refusal(file, `“${location}” became shorter while it was being read`);
    filled += bytesRead;
  }
  return bytes;
}

function notBeside(location: string, file: string): StudioError {
  return new StudioError(
    'file-unreadable',
    `${file} cannot be read as a network: its weights are in “${location}”, which is not beside it. Please put ` +
      `both into one folder and choose ${file} again.`,
  );
}

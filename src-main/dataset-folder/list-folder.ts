// The names in a folder and in the folders below it.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../src-shared/errors';
import { fileErrorReason } from '../file-errors';

export interface UnreadFolder {
  name: string;
  error: unknown;
}

export interface Listing {
  /** Paths within the folder. */
  names: string[];
  /** Folders in it that could not be read: they matter only if nothing is found. */
  unread: UnreadFolder[];
}

/** Names in the folder and in the folders in it. Throws folder-unreadable. */
export async function listFolder(folder: string): Promise<Listing> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const unread: UnreadFolder[] = [];
    const listBelow = async (name: string): Promise<string[]> => {
      try {
        return (await readdir(join(folder, name))).map((inner) => join(name, inner));
      } catch (error) {
        unread.push({ name, error });
        return [];
      }
    };
    const below = await Promise.all(entries.filter((entry) => entry.isDirectory()).map(({ name }) => listBelow(name)));
    return { names: [...entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name), ...below.flat()], unread };
  } catch (error) {
    throw new StudioError('folder-unreadable', `The folder “${folder}” cannot be read: ${fileErrorReason(error)}. Please choose a folder with MNIST files.`);
  }
}

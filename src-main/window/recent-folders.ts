// Selects the folders that are offered as recent.
import { stat } from 'node:fs/promises';
import { isAbsent } from '../files/file-retry';

/** Also keeps folders that cannot be checked now, as on a drive that sleeps: opening one says what is wrong. */
export async function foldersThatExist(folders: readonly string[]): Promise<string[]> {
  const offered = await Promise.all(folders.map(isOffered));
  return folders.filter((_, k) => offered[k]);
}

async function isOffered(folder: string): Promise<boolean> {
  try {
    return (await stat(folder)).isDirectory();
  } catch (error) {
    return !isAbsent(error);
  }
}

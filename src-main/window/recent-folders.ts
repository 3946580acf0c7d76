// Which of the folders that were opened before are offered again.
import { stat } from 'node:fs/promises';
import { isAbsent } from '../files/file-retry';

/** One that cannot be looked at now, such as on a drive that sleeps, is offered: opening it says what is wrong. */
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

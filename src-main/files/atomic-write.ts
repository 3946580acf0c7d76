// Writes a file whole or not at all: what was there before stays until the new bytes are safely on the disk.
import { randomBytes } from 'node:crypto';
import { open, truncate } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { removePatiently, renamePatiently, retryWhileHeld, type Wait } from './file-retry';

/** A file in memory, or its pieces, which are made while they are written. */
export type FileContent = Uint8Array | string | Iterable<Uint8Array>;

/**
 * Temp file beside the target, fsync, rename; the rename is repeated while another program has the target open.
 * Throws the system's error, or what making a piece throws, and then leaves the old file as it was and no temp file.
 */
export async function writeFileAtomically(file: string, content: FileContent, wait?: Wait): Promise<void> {
  const temporary = temporaryBeside(file);
  try {
    await writeNewFile(temporary, content);
    await renamePatiently(temporary, file, wait);
  } catch (error) {
    // The caller needs the first error, not that of the cleanup.
    await removePatiently(temporary, wait).catch(() => undefined);
    throw error;
  }
}

/** A new name for what is to replace a file. */
export function temporaryBeside(file: string): string {
  return join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
}

/** Returns when the file is safely on the disk. Throws as above; there may then be a part of it. */
export async function writeNewFile(file: string, content: FileContent): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(content as Uint8Array); // Node takes pieces too, though its types do not say so
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Adds to the end of a file, and returns when that is safely on the disk. Throws the system's error; nothing is then
 * added.
 */
export async function appendSafely(file: string, text: string, wait?: Wait): Promise<void> {
  const handle = await retryWhileHeld(() => open(file, 'a'), wait);
  try {
    const { size } = await handle.stat();
    try {
      await handle.writeFile(text);
      await handle.sync();
    } catch (error) {
      // Half a line would spoil the line after it. By path: on Windows a handle that appends cannot truncate.
      await truncate(file, size).catch(() => undefined);
      throw error;
    }
  } finally {
    await handle.close();
  }
}

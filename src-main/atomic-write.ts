// Writes a file whole or not at all: what was there before stays until the new bytes are safely on the disk.
import { randomBytes } from 'node:crypto';
import { open, truncate } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { removePatiently, renamePatiently, retryWhileHeld, type Wait } from './file-retry';

/**
 * Temp file beside the target, fsync, rename; the rename is repeated while another program has the target open.
 * Throws the system's error, and then leaves the old file as it was and no temp file.
 */
export async function writeFileAtomically(file: string, bytes: Uint8Array | string, wait?: Wait): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renamePatiently(temporary, file, wait);
  } catch (error) {
    // The caller needs the first error, not that of the cleanup.
    await removePatiently(temporary, wait).catch(() => undefined);
    throw error;
  }
}

/** Adds to the end of a file, and returns when that is safely on the disk. Throws the system's error; nothing is then added. */
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

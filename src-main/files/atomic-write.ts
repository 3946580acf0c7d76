// Writes a file completely or not at all: the old file stays until the new bytes are safely on the disk.
import { randomBytes } from 'node:crypto';
import { open, truncate } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { removePatiently, renamePatiently, retryWhileHeld, type Wait } from './file-retry';

/** The content in memory, or chunks of it that are created while they are written. */
export type FileContent = Uint8Array | string | Iterable<Uint8Array>;

/**
 * Temporary file beside the target, fsync, rename. The rename is repeated while another program has the target open.
 * Throws the system's error, or an error of creating a chunk; the old file is then unchanged and no temporary file is
 * left.
 */
export async function writeFileAtomically(file: string, content: FileContent, wait?: Wait): Promise<void> {
  const temporary = temporaryBeside(file);
  try {
    await writeNewFile(temporary, content);
    await renamePatiently(temporary, file, wait);
  } catch (error) {
    // An error of the clean-up must not hide the first one.
    await removePatiently(temporary, wait).catch(() => undefined);
    throw error;
  }
}

/** A new name in the same folder, for a file that will replace this one. */
export function temporaryBeside(file: string): string {
  return join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
}

/** Returns when the file is safely on the disk. Throws as above, but may then leave a part of the file. */
export async function writeNewFile(file: string, content: FileContent): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(content as Uint8Array); // Node accepts chunks too, although its types do not say so
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Appends to a file, and returns when the text is safely on the disk. Throws the system's error; nothing is then
 * appended.
 */
export async function appendSafely(file: string, text: string, wait?: Wait): Promise<void> {
  const handle = await retryWhileHeld(() => open(file, 'a'), wait);
  try {
    const { size } = await handle.stat();
    try {
      await handle.writeFile(text);
      await handle.sync();
    } catch (error) {
      // Half a line would corrupt the next one. By path, because on Windows a handle for appending cannot truncate.
      await truncate(file, size).catch(() => undefined);
      throw error;
    }
  } finally {
    await handle.close();
  }
}

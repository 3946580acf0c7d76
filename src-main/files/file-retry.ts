// Repeats file operations that Windows refuses while another program, such as a virus scanner, has the file open.
import { rmSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

export type Wait = (milliseconds: number) => Promise<unknown>;

/**
 * Codes of Windows for a file that another program has open. A missing permission has the same codes, so an error that
 * lasts must still be reported. Other errors are final: trying again does not help if the disk is full, say.
 */
const HELD: readonly unknown[] = ['EBUSY', 'EPERM', 'EACCES'];

/** Milliseconds before each repeated write, 2.6 s in total: a scanner is done by then, and a person still waits. */
export const WRITE_DELAYS: readonly number[] = [10, 20, 50, 100, 200, 400, 800, 1000];
/** The same for a read, 0.4 s in total: it can be repeated later without losing anything. */
export const READ_DELAYS: readonly number[] = [10, 20, 50, 100, 200];

/** True if the error may be gone once another program closes the file. */
export function isHeld(error: unknown): boolean {
  return HELD.includes(codeOf(error));
}

/** Repeats work while it fails because another program has a file open. Throws the last error, and others at once. */
export async function retryWhileHeld<T>(work: () => Promise<T>, wait: Wait = delay, delays = WRITE_DELAYS): Promise<T> {
  for (const milliseconds of delays) {
    try {
      return await work();
    } catch (error) {
      if (!isHeld(error)) throw error;
    }
    await wait(milliseconds);
  }
  return work();
}

/**
 * The same for the few reads that the first window waits for.
 * @param block blocks the process for a number of milliseconds
 */
export function retryWhileHeldSync<T>(
  work: () => T,
  block: (milliseconds: number) => void = blockFor,
  delays = READ_DELAYS,
): T {
  for (const milliseconds of delays) {
    try {
      return work();
    } catch (error) {
      if (!isHeld(error)) throw error;
    }
    block(milliseconds);
  }
  return work();
}

function blockFor(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Renames a file or a folder. Windows refuses to rename a folder while any file in it is open. */
export function renamePatiently(from: string, to: string, wait?: Wait): Promise<void> {
  return retryWhileHeld(() => rename(from, to), wait);
}

/**
 * Deletes a file, or a folder with its content. A path that does not exist is fine. Does not use rm's maxRetries, which
 * ignores single files and EACCES.
 */
export function removePatiently(path: string, wait?: Wait): Promise<void> {
  return retryWhileHeld(() => removeOnce(path), wait);
}

/** Deletes a file when the app quits and cannot wait. A file that cannot be deleted stays. */
export function removeNow(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch (error) {
    console.error(error);
  }
}

async function removeOnce(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch (error) {
    // On Windows the name of a deleted file stays in its folder until every program has closed the file.
    if (codeOf(error) === 'ENOTEMPTY')
      throw Object.assign(new Error('The folder is in use', { cause: error }), { code: 'EBUSY' });
    throw error;
  }
}

/** False only if nothing has this path. Throws the system's error if that cannot be determined. */
export async function exists(path: string, wait?: Wait): Promise<boolean> {
  try {
    await retryWhileHeld(() => stat(path), wait, READ_DELAYS);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/** True if the error means that nothing has this path, rather than that it cannot be accessed. */
export function isAbsent(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function codeOf(error: unknown): unknown {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

// Repeats file operations that Windows refuses while another program, such as a virus scanner, has the file open.
import { rmSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** Waits for so many milliseconds. */
export type Wait = (milliseconds: number) => Promise<unknown>;

/**
 * What Windows answers if another program has the file open. A missing permission has the same codes, so a refusal that
 * lasts must still be reported. All other errors are final: a full disk does not become empty by asking again.
 */
const HELD: readonly unknown[] = ['EBUSY', 'EPERM', 'EACCES'];

/**
 * Milliseconds before each repetition of a write, 2.6 s in all: a scanner is done by then, and a person still waits.
 */
export const WRITE_DELAYS: readonly number[] = [10, 20, 50, 100, 200, 400, 800, 1000];
/** Of a read, 0.4 s in all: it can be repeated later without losing anything. */
export const READ_DELAYS: readonly number[] = [10, 20, 50, 100, 200];

/** True if the error may be gone once another program closes the file. */
export function isHeld(error: unknown): boolean {
  return HELD.includes(codeOf(error));
}

/**
 * Repeats the work while it fails because another program has a file open. Throws the last error, and any other at
 * once.
 */
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
 * @param block stops the process for so many milliseconds
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
 * Deletes a file or a folder with all that is in it; a path that does not exist is fine. Not with rm's own maxRetries:
 * it ignores single files and EACCES.
 */
export function removePatiently(path: string, wait?: Wait): Promise<void> {
  return retryWhileHeld(() => removeOnce(path), wait);
}

/** At the end of the app, when nothing can be waited for: what cannot be deleted now stays. */
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
    // Windows: a file in the folder is deleted, but its name stays until the program that has it open closes it.
    if (codeOf(error) === 'ENOTEMPTY')
      throw Object.assign(new Error('The folder is in use', { cause: error }), { code: 'EBUSY' });
    throw error;
  }
}

/** False only if there is nothing under this name. Throws the system's error if that cannot be known. */
export async function exists(path: string, wait?: Wait): Promise<boolean> {
  try {
    await retryWhileHeld(() => stat(path), wait, READ_DELAYS);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/** True if the error says that there is nothing under this name, rather than that it could not be looked at. */
export function isAbsent(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function codeOf(error: unknown): unknown {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

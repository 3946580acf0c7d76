// Reads the first and last bytes of a file on the disk.
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileKind } from './file-kind';
import { HEAD_BYTES, TAIL_BYTES, type FileKind, type FileInspection } from './kinds';

/**
 * The caller must make sure that this is a file: opening a pipe would wait for another program. Throws the system's
 * error.
 */
export async function inspectFile(path: string): Promise<FileInspection> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    const read = async (from: number, length: number): Promise<Uint8Array> => {
      const { bytesRead, buffer } = await handle.read(new Uint8Array(length), 0, length, from);
      return buffer.subarray(0, bytesRead);
    };
    const head = await read(0, Math.min(size, HEAD_BYTES));
    const tailLength = Math.min(size, TAIL_BYTES);
    return { name: basename(path), bytes: size, head, tail: await read(size - tailLength, tailLength) };
  } finally {
    await handle.close();
  }
}

/** @returns undefined if the kind is not known, or if the file cannot be read */
export async function fileKindAt(path: string): Promise<FileKind | undefined> {
  try {
    return fileKind(await inspectFile(path));
  } catch {
    return undefined;
  }
}

// Reads the first bytes of a file, unpacked if it is a gzip file.
import { open } from 'node:fs/promises';
import { constants, gunzipSync } from 'node:zlib';
import { isGzipMagic } from '../../../files/archive/gzip';

export interface FileStart {
  /** Undefined if its gzip data is damaged. */
  content: Uint8Array | undefined;
  gzip: boolean;
}

/** A limit, because deflate unpacks a byte to as many as 1032. */
const MOST_UNPACKED = 1 << 25;

/** @param bytes the most to read, before unpacking. Throws the errors of the file system. */
export async function readStart(path: string, bytes: number): Promise<FileStart> {
  const handle = await open(path);
  try {
    const { bytesRead, buffer } = await handle.read(new Uint8Array(bytes), 0, bytes, 0);
    const start = buffer.subarray(0, bytesRead);
    const gzip = isGzipMagic(start);
    return { content: gzip ? unpack(start) : start, gzip };
  } finally {
    await handle.close();
  }
}

function unpack(start: Uint8Array): Uint8Array | undefined {
  try {
    return new Uint8Array(gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST_UNPACKED }));
  } catch {
    return undefined;
  }
}

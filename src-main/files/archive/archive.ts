// Reads the files in an archive: ZIP, tar, or tar compressed with gzip. Nothing is ever unpacked to the disk.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ArchiveItem } from './archive-item';
import { gunzipped } from './gunzipped';
import { tarItems } from './tar-archive';
import { zipItems } from './zip-archive';

const CHUNK_BYTES = 1 << 20;
export const ARCHIVE_NAME = /\.(?:zip|tar|tgz|tar\.gz)$/i;

/**
 * @param onRead gets the number of bytes read from the disk since its last call. Throws file-unreadable,
 * file-truncated, and the system's errors.
 */
export async function* archiveItems(
  path: string,
  onRead: (bytes: number) => void = () => undefined,
): AsyncGenerator<ArchiveItem> {
  if (await beginsWithZip(path)) yield* zipItems(path, onRead);
  else yield* tarItems(path, gunzipped(diskChunks(path, onRead), basename(path)));
}

export async function* diskChunks(path: string, onRead: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Uint8Array>) {
    onRead(chunk.length);
    yield chunk;
  }
}

async function beginsWithZip(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.toString('latin1') === 'PK';
  } finally {
    await handle.close();
  }
}

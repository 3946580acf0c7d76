// The files in an archive, whatever its kind: ZIP, tar, or tar compressed with gzip. They are read where they lie:
// nothing is ever unpacked to the disk.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ArchiveItem } from './archive-item';
import { gunzipped } from './gunzipped';
import { tarItems } from './tar-archive';
import { zipItems } from './zip-archive';

const PORTION = 1 << 20;
export const ARCHIVE_NAME = /\.(?:zip|tar|tgz|tar\.gz)$/i;

/**
 * @param onRead with bytes read from the disk since it was last called. Throws file-unreadable, file-truncated, and
 * what the system reports.
 */
export async function* archiveItems(
  path: string,
  onRead: (bytes: number) => void = () => undefined,
): AsyncGenerator<ArchiveItem> {
  if (await beginsWithZip(path)) yield* zipItems(path, onRead);
  else yield* tarItems(path, gunzipped(diskPortions(path, onRead), basename(path)));
}

export async function* diskPortions(path: string, onRead: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const portion of createReadStream(path, { highWaterMark: PORTION }) as AsyncIterable<Uint8Array>) {
    onRead(portion.length);
    yield portion;
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

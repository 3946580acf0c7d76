// Unpacks bytes if their first two bytes say that they are compressed with gzip.
import { pipeline } from 'node:stream';
import { createGunzip, type Gunzip, type InflateRaw } from 'node:zlib';
import { StudioError } from '../../../src-shared/errors';
import { gzipDamaged, isGzipMagic } from './gzip';

const CHUNK_BYTES = 1 << 20;

/**
 * @param name of the file, for error messages.
 * @param onGzip is called before the first chunk if the bytes are compressed. Throws file-truncated.
 */
export async function* gunzipped(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  onGzip: () => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  const { start, source } = await firstBytes(chunks);
  const rest = { [Symbol.asyncIterator]: () => source };
  try {
    if (!isGzipMagic(start)) {
      if (start.length > 0) yield start;
      yield* rest;
      return;
    }
    onGzip();
    const packed = (async function* () {
      yield start;
      yield* rest;
    })();
    yield* through(packed, createGunzip({ chunkSize: CHUNK_BYTES }));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR')
      throw new StudioError(
        'file-truncated',
        `${name} is cut off: its gzip data has no end. Please download or copy the file again.`,
      );
    throw code?.startsWith('Z_') ? gzipDamaged(name, message) : error;
  } finally {
    await source.return?.();
  }
}

/** The unpacked bytes. If the caller stops reading, the chunks are ended too. Errors of the chunks are thrown here. */
export async function* through(
  chunks: AsyncIterable<Uint8Array>,
  unpacker: Gunzip | InflateRaw,
): AsyncGenerator<Uint8Array> {
  pipeline(chunks, unpacker, () => undefined);
  yield* unpacker as AsyncIterable<Uint8Array>;
}

/** At least two bytes, unless there are fewer. */
async function firstBytes(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ start: Uint8Array; source: AsyncIterator<Uint8Array> }> {
  const source = chunks[Symbol.asyncIterator]();
  let start = new Uint8Array(0);
  while (start.length < 2) {
    const { value, done } = await source.next();
    if (done) break;
    start = start.length === 0 ? (value as Uint8Array<ArrayBuffer>) : Uint8Array.of(...start, ...(value as Uint8Array));
  }
  return { start, source };
}

// Bytes that may be compressed with gzip, which their first two bytes say.
import { pipeline } from 'node:stream';
import { createGunzip, type Gunzip, type InflateRaw } from 'node:zlib';
import { StudioError } from '../../../src-shared/errors';
import { gzipDamaged, isGzipMagic } from './gzip';

const PORTION = 1 << 20;

/**
 * @param name for the sentences.
 * @param onGzip is called before the first portion if they are compressed. Throws file-truncated.
 */
export async function* gunzipped(
  portions: AsyncIterable<Uint8Array>,
  name: string,
  onGzip: () => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  const { start, source } = await firstBytes(portions);
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
    yield* through(packed, createGunzip({ chunkSize: PORTION }));
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

/** What comes out of the unpacker. Whoever stops reading ends the portions too; what they throw is thrown here. */
export async function* through(
  portions: AsyncIterable<Uint8Array>,
  unpacker: Gunzip | InflateRaw,
): AsyncGenerator<Uint8Array> {
  pipeline(portions, unpacker, () => undefined);
  yield* unpacker as AsyncIterable<Uint8Array>;
}

/** At least two bytes, if there are so many. */
async function firstBytes(
  portions: AsyncIterable<Uint8Array>,
): Promise<{ start: Uint8Array; source: AsyncIterator<Uint8Array> }> {
  const source = portions[Symbol.asyncIterator]();
  let start = new Uint8Array(0);
  while (start.length < 2) {
    const { value, done } = await source.next();
    if (done) break;
    start = start.length === 0 ? (value as Uint8Array<ArrayBuffer>) : Uint8Array.of(...start, ...(value as Uint8Array));
  }
  return { start, source };
}

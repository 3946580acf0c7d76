// Reads the IDX format of LeCun's MNIST page: bytes 0, 0, the type, the number of dimensions, each dimension as a big-endian
// uint32, then the values. Every byte of a user's file is checked here, and every refusal names the file.
import { constants, gunzipSync, type ZlibOptions } from 'node:zlib';
import { StudioError } from '../../../src-shared/errors';
import type { DatasetFile } from './dataset';

const UNSIGNED_BYTE = 0x08;
/** More than any dataset of this family unpacks to (EMNIST byclass: 547 MB). */
const LARGEST_FILE = 1 << 30;

export interface IdxImages {
  count: number;
  rows: number;
  columns: number;
  /** [count, rows, columns], 0 background to 255 ink */
  pixels: Uint8Array;
  /** The whole uncompressed file. */
  raw: Uint8Array;
}

export interface IdxLabels {
  count: number;
  /** [count] */
  labels: Uint8Array;
  raw: Uint8Array;
}

/** Images as unsigned bytes, three dimensions. Throws not-idx, file-truncated. */
export function parseIdxImages(file: DatasetFile): IdxImages {
  const { raw, dimensions, values } = parseIdx(file, 3, 'images');
  const [count, rows, columns] = dimensions as [number, number, number];
  return { count, rows, columns, pixels: values, raw };
}

/** Labels as unsigned bytes, one dimension. Throws not-idx, file-truncated. */
export function parseIdxLabels(file: DatasetFile): IdxLabels {
  const { raw, dimensions, values } = parseIdx(file, 1, 'labels');
  return { count: dimensions[0]!, labels: values, raw };
}

function parseIdx(file: DatasetFile, dimensionCount: number, content: 'images' | 'labels') {
  const { raw, complete } = uncompress(file);
  const headerLength = 4 + 4 * dimensionCount;
  const magic = raw.length >= 4 ? readUint32(raw, 0) : undefined;
  const expectedMagic = (UNSIGNED_BYTE << 8) | dimensionCount;
  if (magic !== expectedMagic || (raw.length < headerLength && complete)) {
    const found = magic === undefined ? `only ${raw.length} bytes` : `the bytes ${hex(magic)}`;
    throw new StudioError(
      'not-idx',
      `${file.name} is not an IDX file of ${content}: expected it to begin with the bytes ${hex(expectedMagic)}, ` +
        `found ${found}. Please choose a folder with the original MNIST files.`,
    );
  }
  if (raw.length < headerLength) throw truncated(file, 'its header is cut off');

  const dimensions = Array.from({ length: dimensionCount }, (_, d) => readUint32(raw, 4 + 4 * d));
  if (dimensions.some((size) => size === 0)) {
    throw new StudioError('not-idx', `${file.name} says that it holds no ${content}: expected at least one. Please use the original file.`);
  }
  const expectedLength = headerLength + dimensions.reduce((product, size) => product * size, 1);
  if (raw.length < expectedLength || !complete) {
    throw truncated(file, `it should unpack to ${bytes(expectedLength)}, but ends after ${bytes(raw.length)}`);
  }
  if (raw.length > expectedLength) {
    throw new StudioError(
      'not-idx',
      `${file.name} is longer than its header says: expected ${bytes(expectedLength)}, found ${bytes(raw.length)}. ` +
        'Please download or copy the file again.',
    );
  }
  return { raw, dimensions, values: raw.subarray(headerLength) };
}

/** Gzip is known by its first two bytes, not by the name. What can be saved of a damaged file is returned as incomplete. */
function uncompress(file: DatasetFile): { raw: Uint8Array; complete: boolean } {
  const { bytes: packed, name } = file;
  if (packed[0] !== 0x1f || packed[1] !== 0x8b) return { raw: packed, complete: true };
  try {
    return { raw: unzip(packed), complete: true };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'Z_BUF_ERROR') {
      return { raw: unzip(packed, { finishFlush: constants.Z_SYNC_FLUSH }), complete: false };
    }
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      throw new StudioError('not-idx', `${name} unpacks to more than ${bytes(LARGEST_FILE)}: expected an MNIST file, which is smaller. Please check the file.`);
    }
    throw new StudioError(
      'file-truncated',
      `${name} is damaged: its gzip data cannot be unpacked (${(error as Error).message}). Please download or copy the file again.`,
    );
  }
}

/** Checks the data against the CRC-32 and length at the end of the file. */
function unzip(packed: Uint8Array, options: ZlibOptions = {}): Uint8Array {
  const buffer = gunzipSync(packed, { maxOutputLength: LARGEST_FILE, ...options });
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

function truncated(file: DatasetFile, what: string): StudioError {
  return new StudioError('file-truncated', `${file.name} is cut off: ${what}. Please download or copy the file again.`);
}

function readUint32(raw: Uint8Array, offset: number): number {
  return new DataView(raw.buffer, raw.byteOffset, raw.byteLength).getUint32(offset);
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0').replace(/..(?!$)/g, '$& ');
}

function bytes(count: number): string {
  return `${count.toLocaleString('en-US')} bytes`;
}

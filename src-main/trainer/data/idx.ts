// The IDX format of LeCun's MNIST page: bytes 0, 0, the type, the number of dimensions, each dimension as a big-endian uint32,
// then the values, big-endian too. Takes a file's bytes piece by piece, and refuses a header before it takes memory for it.
import { StudioError } from '../../../src-shared/errors';
import { bytesInWords, inWords } from './number-words';

const UNSIGNED_BYTE = 0x08;
const SHORT = 0x0b;
const INT = 0x0c;
const BYTES_OF: Record<number, number> = { [UNSIGNED_BYTE]: 1, [SHORT]: 2, [INT]: 4 };

export type Content = 'images' | 'labels';

/** The first four bytes of what is read. The last one is QMNIST's: a row of eight numbers for each image, the class first. */
const MAGIC: Record<Content, number[]> = {
  images: [(UNSIGNED_BYTE << 8) | 3],
  labels: [(UNSIGNED_BYTE << 8) | 1, (SHORT << 8) | 1, (INT << 8) | 1, (INT << 8) | 2],
};
/** More than any dataset of this family unpacks to (EMNIST byclass: 547 MB). */
const LARGEST_FILE = 1 << 30;
const LARGEST_SIDE = 256;
/** So that sums of pixels fit 32 bits. EMNIST byclass, the largest of the family, has 814,255. */
const MOST_IMAGES = 1 << 24;
/** Deflate makes at most this much of a byte (zlib's “Technical Details”). */
const DEFLATE_RATIO = 1032;

/** How many bytes of a file lie on the disk, and whether they are compressed. */
export interface Packed {
  name: string;
  bytes: number;
  gzip: boolean;
}

export interface IdxValues {
  /** Bytes of one value: 1, 2 or 4. */
  width: number;
  /** [count, rows, columns] or [count] or [count, numbers a label] */
  dimensions: number[];
  /** As in the file. */
  values: Uint8Array;
}

/** Takes the uncompressed bytes of one file in order, whatever their portions. Throws not-idx, file-truncated, too-large. */
export class IdxSink {
  private header = new Uint8Array(0);
  private magic: number | undefined;
  private dimensions: number[] | undefined;
  private values = new Uint8Array(0);
  private received = 0;

  constructor(
    private readonly file: Packed,
    private readonly content: Content,
  ) {}

  take(chunk: Uint8Array): void {
    let from = 0;
    while (!this.dimensions && from < chunk.length) {
      const piece = chunk.subarray(from, from + this.headerLength - this.header.length);
      this.header = Uint8Array.of(...this.header, ...piece);
      from += piece.length;
      if (this.header.length === this.headerLength) this.readHeader();
    }
    const rest = chunk.subarray(from);
    if (this.received + rest.length > this.values.length) throw this.tooLong('more');
    this.values.set(rest, this.received);
    this.received += rest.length;
  }

  /** After the last byte. @param complete whether the file itself says that it ended there */
  end(complete: boolean): IdxValues {
    if (!this.dimensions) {
      if (this.magic === undefined && complete) throw this.notIdx(`only ${bytesInWords(this.header.length)}`);
      throw this.cutOff('its header is cut off');
    }
    if (this.received < this.values.length) {
      throw this.cutOff(`it should unpack to ${bytesInWords(this.headerLength + this.values.length)}, but ends after ${bytesInWords(this.headerLength + this.received)}`);
    }
    if (!complete) throw this.cutOff('the check sum at its end is missing');
    return { width: this.width, dimensions: this.dimensions, values: this.values };
  }

  /** As far as it is known. */
  private get headerLength(): number {
    return this.magic === undefined ? 4 : 4 + 4 * (this.magic & 0xff);
  }

  private get width(): number {
    return BYTES_OF[this.magic! >> 8]!;
  }

  private readHeader(): void {
    const view = new DataView(this.header.buffer);
    if (this.magic === undefined) {
      const magic = view.getUint32(0);
      if (!MAGIC[this.content].includes(magic)) throw this.notIdx(`the bytes ${hex(magic)}`);
      this.magic = magic;
      return;
    }
    const dimensions = Array.from({ length: this.magic & 0xff }, (_, d) => view.getUint32(4 + 4 * d));
    this.values = new Uint8Array(this.checkDimensions(dimensions));
    this.dimensions = dimensions;
  }

  /** @returns bytes of all values */
  private checkDimensions(dimensions: number[]): number {
    const { name, bytes: packed, gzip } = this.file;
    const [count, ...sides] = dimensions as [number, ...number[]];
    if (dimensions.includes(0)) {
      throw new StudioError('not-idx', `${name} says that it holds no ${this.content}: expected at least one. Please use the original file.`);
    }
    if (sides.some((side) => side > LARGEST_SIDE)) {
      const size = this.content === 'images' ? `images of ${sides.join('×')} pixels` : `${inWords(sides[0]!)} numbers for each label`;
      throw new StudioError('too-large', `${name} says that it holds ${size}: expected at most ${LARGEST_SIDE} each way. Please use smaller images.`);
    }
    const length = dimensions.reduce((product, size) => product * size, this.width);
    if (count > MOST_IMAGES || length > LARGEST_FILE) {
      throw new StudioError(
        'too-large',
        `${name} says that it holds ${inWords(count)} ${this.content}, which are ${bytesInWords(length)}: expected at most ${inWords(MOST_IMAGES)} ` +
          `and ${bytesInWords(LARGEST_FILE)}. Please use a smaller dataset.`,
      );
    }
    const whole = this.headerLength + length;
    if (gzip && packed * DEFLATE_RATIO < whole) {
      throw this.cutOff(`its header promises ${bytesInWords(whole)}, more than its ${bytesInWords(packed)} can unpack to`);
    }
    if (!gzip && packed < whole) throw this.cutOff(`it should unpack to ${bytesInWords(whole)}, but ends after ${bytesInWords(packed)}`);
    if (!gzip && packed > whole) throw this.tooLong(bytesInWords(packed), whole);
    return length;
  }

  private notIdx(found: string): StudioError {
    return new StudioError(
      'not-idx',
      `${this.file.name} is not an IDX file of ${this.content}: expected it to begin with the bytes ${hex(MAGIC[this.content][0]!)}, ` +
        `found ${found}. Please choose a folder with the original MNIST files.`,
    );
  }

  private tooLong(found: string, expected = this.headerLength + this.values.length): StudioError {
    return new StudioError(
      'not-idx',
      `${this.file.name} is longer than its header says: expected ${bytesInWords(expected)}, found ${found}. Please download or copy the file again.`,
    );
  }

  private cutOff(what: string): StudioError {
    return new StudioError('file-truncated', `${this.file.name} is cut off: ${what}. Please download or copy the file again.`);
  }
}

/** The labels, [count]: of several numbers for each image the first. */
export function labelsOf({ width, dimensions, values }: IdxValues): Int32Array {
  const [count, columns = 1] = dimensions as [number, number?];
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  const labels = new Int32Array(count);
  for (let i = 0, at = 0; i < count; i++, at += columns * width) {
    labels[i] = width === 1 ? values[at]! : width === 2 ? view.getInt16(at) : view.getInt32(at);
  }
  return labels;
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0').replace(/..(?!$)/g, '$& ');
}

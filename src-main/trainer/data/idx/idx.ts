// The IDX format of LeCun's MNIST page: a header, then the numbers, big-endian too. Takes a file's bytes piece by
// piece, and refuses a header before it takes memory for it.
import { StudioError } from '../../../../src-shared/errors';
import {
  checkHeader,
  headerLength,
  isLittleEndianMagic,
  littleEndian,
  readHeader,
  readMagic,
  type Content,
  type IdxHeader,
} from './idx-header';
import { bytesInWords } from '../number-words';

/** Deflate makes at most this much of a byte (zlib's “Technical Details”). */
const DEFLATE_RATIO = 1032;

/** How many bytes of a file lie on the disk, and whether they are compressed. */
export interface Packed {
  name: string;
  bytes: number;
  gzip: boolean;
}

export interface IdxValues extends IdxHeader {
  /** The bytes of the numbers, as in the file. */
  values: Uint8Array;
}

/**
 * Takes the uncompressed bytes of one file in order, whatever their portions. Throws not-idx, file-truncated,
 * too-large.
 */
export class IdxSink {
  private start = new Uint8Array(0);
  private header: IdxHeader | undefined;
  private values = new Uint8Array(0);
  private received = 0;

  constructor(
    private readonly file: Packed,
    private readonly content: Content,
  ) {}

  take(chunk: Uint8Array): void {
    let from = 0;
    while (!this.header && from < chunk.length) {
      const piece = chunk.subarray(from, from + this.headerLength - this.start.length);
      this.start = Uint8Array.of(...this.start, ...piece);
      from += piece.length;
      if (this.start.length === 4) this.checkMagic();
      if (this.start.length === this.headerLength) this.takeHeader();
    }
    const rest = chunk.subarray(from);
    if (this.received + rest.length > this.values.length) throw this.tooLong('more');
    this.values.set(rest, this.received);
    this.received += rest.length;
  }

  /** After the last byte. @param complete whether the file itself says that it ended there */
  end(complete: boolean): IdxValues {
    if (!this.header) {
      if (this.start.length < 4 && complete) throw this.notIdx(`, and has only ${bytesInWords(this.start.length)}`);
      throw this.cutOff('its header is cut off');
    }
    if (this.received < this.values.length) {
      throw this.cutOff(
        `it should unpack to ${bytesInWords(this.headerLength + this.values.length)}, but ends after ` +
          `${bytesInWords(this.headerLength + this.received)}`,
      );
    }
    if (!complete) throw this.cutOff('the check sum at its end is missing');
    return { ...this.header, values: this.values };
  }

  /** Four bytes until they tell how many dimensions follow. */
  private get headerLength(): number {
    return this.start.length < 4 ? 4 : headerLength(this.start[3]!);
  }

  private checkMagic(): void {
    if (readMagic(this.start)) return;
    throw isLittleEndianMagic(this.start) ? littleEndian(this.file.name) : this.notIdx('');
  }

  private takeHeader(): void {
    const header = readHeader(this.start)!;
    const length = checkHeader(this.file.name, this.content, header);
    this.checkSize(this.headerLength + length);
    this.values = new Uint8Array(length);
    this.header = header;
  }

  /** @param whole bytes of the unpacked file */
  private checkSize(whole: number): void {
    const { bytes: packed, gzip } = this.file;
    if (gzip && packed * DEFLATE_RATIO < whole) {
      throw this.cutOff(
        `its header promises ${bytesInWords(whole)}, more than its ${bytesInWords(packed)} can unpack to`,
      );
    }
    if (!gzip && packed < whole)
      throw this.cutOff(`it should unpack to ${bytesInWords(whole)}, but ends after ${bytesInWords(packed)}`);
    if (!gzip && packed > whole) throw this.tooLong(bytesInWords(packed), whole);
  }

  private notIdx(found: string): StudioError {
    return new StudioError(
      'not-idx',
      `${this.file.name} is not an IDX file of ${this.content}: it does not begin as one${found}. Please ` +
        'choose a folder with the original MNIST files.',
    );
  }

  private tooLong(found: string, expected = this.headerLength + this.values.length): StudioError {
    return new StudioError(
      'not-idx',
      `${this.file.name} is longer than its header says: expected ${bytesInWords(expected)}, found ${found}. ` +
        'Please download or copy the file again.',
    );
  }

  private cutOff(what: string): StudioError {
    return new StudioError(
      'file-truncated',
      `${this.file.name} is cut off: ${what}. Please download or copy the file again.`,
    );
  }
}

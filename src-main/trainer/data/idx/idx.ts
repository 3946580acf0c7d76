// The IDX format of LeCun's MNIST page: a header and the numbers, both big-endian. Takes the bytes of a file in chunks,
// and checks the header before it allocates memory.
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

/** Deflate unpacks a byte to at most this many (zlib's “Technical Details”). */
const DEFLATE_RATIO = 1032;

/** A file on the disk, compressed or not. */
export interface Packed {
  name: string;
  /** Size on the disk. */
  bytes: number;
  gzip: boolean;
}

export interface IdxValues extends IdxHeader {
  /** The bytes of the numbers, as in the file. */
  values: Uint8Array;
}

/**
 * Takes the uncompressed bytes of one file in chunks of any size. Throws not-idx, file-truncated, too-large.
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
      const part = chunk.subarray(from, from + this.headerLength - this.start.length);
      this.start = Uint8Array.of(...this.start, ...part);
      from += part.length;
      if (this.start.length === 4) this.checkMagic();
      if (this.start.length === this.headerLength) this.takeHeader();
    }
    const rest = chunk.subarray(from);
    if (this.received + rest.length > this.values.length) throw this.tooLong('more');
    this.values.set(rest, this.received);
    this.received += rest.length;
  }

  /** Called after the last byte. @param complete whether the file itself ends properly there */
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

  /** Four bytes until the number of dimensions is known. */
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

  /** @param unpacked bytes of the unpacked file */
  private checkSize(unpacked: number): void {
    const { bytes: packed, gzip } = this.file;
    if (gzip && packed * DEFLATE_RATIO < unpacked) {
      throw this.cutOff(
        `its header promises ${bytesInWords(unpacked)}, more than its ${bytesInWords(packed)} can unpack to`,
      );
    }
    if (!gzip && packed < unpacked)
      throw this.cutOff(`it should have ${bytesInWords(unpacked)}, but ends after ${bytesInWords(packed)}`);
    if (!gzip && packed > unpacked) throw this.tooLong(bytesInWords(packed), unpacked);
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

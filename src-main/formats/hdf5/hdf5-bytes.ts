// The bytes of an HDF5 file, addressed from its superblock. Every access is bounds-checked.
import { refusal } from '../open/imported-network';

/** Stops at files whose structures refer to each other in a cycle. */
const MAX_ACCESSES = 2_000_000;
/** The address that means “none”. */
const UNDEFINED_ADDRESS = 2 ** 64;

export class Hdf5Bytes {
  private readonly view: DataView;
  private accesses = 0;

  /** @param bytes of the file from its superblock on @param file its name, for error messages */
  constructor(
    readonly bytes: Uint8Array,
    private readonly file: string,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** A view of the file, not a copy. */
  slice(start: number, length: number): Uint8Array {
    this.check(start, length);
    return this.bytes.subarray(start, start + length);
  }

  uint8(at: number): number {
    this.check(at, 1);
    return this.view.getUint8(at);
  }

  uint16(at: number): number {
    this.check(at, 2);
    return this.view.getUint16(at, true);
  }

  uint32(at: number): number {
    this.check(at, 4);
    return this.view.getUint32(at, true);
  }

  /** An address, or a length in bytes. */
  uint64(at: number): number {
    this.check(at, 8);
    return Number(this.view.getBigUint64(at, true));
  }

  /** A little-endian integer of `width` bytes, at most 8. */
  uint(at: number, width: number): number {
    this.check(at, width);
    let value = 0;
    for (let k = width - 1; k >= 0; k--) value = value * 256 + this.bytes[at + k]!;
    return value;
  }

  text(start: number, length: number): string {
    return new TextDecoder().decode(this.slice(start, length));
  }

  /** A text that ends with a zero byte. */
  zeroEndedText(start: number, most: number): string {
    this.check(start, 1);
    const end = this.bytes.indexOf(0, start);
    if (end < 0 || end - start > most) throw this.damaged();
    return this.text(start, end - start);
  }

  /** Throws unless the structure at this address begins with this signature. */
  expectSignature(at: number, signature: string): void {
    if (this.text(at, signature.length) !== signature) throw this.damaged();
  }

  damaged(): Error {
    return refusal(this.file, 'its HDF5 structure is damaged or cut off');
  }

  /** @param reason a clause without a full stop */
  refused(reason: string): Error {
    return refusal(this.file, reason);
  }

  private check(start: number, length: number): void {
    if (start + length > this.bytes.length || ++this.accesses > MAX_ACCESSES) throw this.damaged();
  }
}

export function isUndefinedAddress(address: number): boolean {
  return address >= UNDEFINED_ADDRESS;
}

// Reads HDF5 files of the oldest version of the format, as h5py and Keras write them by default: groups, and plain datasets of one piece.
// https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html (version 0 superblock, version 1 object headers)
import { refusal } from './imported-network';

export interface Hdf5Dataset {
  shape: number[];
  /** Of floats and texts; other: anything else. */
  type: { kind: 'float' | 'text'; bytes: number; littleEndian: boolean } | { kind: 'other' };
  /** A view of the file; empty where it lies in pieces, or none is there yet. */
  bytes: Uint8Array;
  isOnePiece: boolean;
}

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const SUPERBLOCK_BYTES = 96;
const ENTRY_BYTES = 40;
/** Bounds for files that lead in a circle: how often something is looked up, and groups in groups. */
const MOST_LOOKS = 1_000_000;
const DEEPEST = 10;
/** Of messages in an object header. */
const DATASPACE = 0x01;
const DATATYPE = 0x03;
const LAYOUT = 0x08;
const CONTINUATION = 0x10;
const SYMBOL_TABLE = 0x11;

/** @returns all datasets by their paths, such as layers/dense/vars/0. Throws file-unreadable. */
export function readHdf5(bytes: Uint8Array, file: string): Map<string, Hdf5Dataset> {
  return new Hdf5Reader(bytes, file).read();
}

interface Message {
  type: number;
  start: number;
  length: number;
}

class Hdf5Reader {
  private readonly view: DataView;
  private readonly datasets = new Map<string, Hdf5Dataset>();
  private looks = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly file: string,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  read(): Map<string, Hdf5Dataset> {
    if (SIGNATURE.some((byte, i) => this.bytes[i] !== byte)) throw refusal(this.file, 'it is no HDF5 file');
    this.need(0, SUPERBLOCK_BYTES);
    const [version, offsetBytes, lengthBytes] = [this.bytes[8], this.bytes[13], this.bytes[14]];
    if (version !== 0 || offsetBytes !== 8 || lengthBytes !== 8) throw refusal(this.file, 'it is HDF5 of a newer kind than Keras writes: expected a file of model.save_weights');
    this.readObject(this.address(64), '', 0);
    return this.datasets;
  }

  private readObject(address: number, path: string, depth: number): void {
    if (depth > DEEPEST) throw this.damaged();
    const messages = this.readMessages(address);
    const table = messages.find(({ type }) => type === SYMBOL_TABLE);
    if (table) {
      this.need(table.start, 16);
      this.readTree(this.address(table.start), this.readHeap(this.address(table.start + 8)), path, depth);
      return;
    }
    if (this.datasets.has(path)) throw refusal(this.file, `it has the name “${path}” twice`);
    this.datasets.set(path, this.readDataset(messages));
  }

  /** Of an object header: they may go on in other places. */
  private readMessages(address: number): Message[] {
    this.need(address, 16);
    if (this.bytes[address] !== 1) throw this.damaged();
    const places = [{ start: address + 16, length: this.view.getUint32(address + 8, true) }];
    const messages: Message[] = [];
    for (const { start, length } of places) {
      this.need(start, length);
      for (let at = start; at + 8 <= start + length; ) {
        const message = { type: this.view.getUint16(at, true), start: at + 8, length: this.view.getUint16(at + 2, true) };
        this.need(message.start, message.length);
        messages.push(message);
        if (message.type === CONTINUATION && message.length >= 16) places.push({ start: this.address(message.start), length: this.address(message.start + 8) });
        at = message.start + message.length;
      }
    }
    return messages;
  }

  /** @returns where its names begin */
  private readHeap(address: number): number {
    this.need(address, 32);
    return this.address(address + 24);
  }

  private readTree(address: number, heap: number, path: string, depth: number): void {
    this.need(address, 24);
    const [level, used] = [this.bytes[address + 5]!, this.view.getUint16(address + 6, true)];
    this.need(address + 24, 16 * used + 8);
    for (let k = 0; k < used; k++) {
      const child = this.address(address + 24 + 16 * k + 8);
      if (level > 0) this.readTree(child, heap, path, depth + 1);
      else this.readLeaf(child, heap, path, depth);
    }
  }

  private readLeaf(address: number, heap: number, path: string, depth: number): void {
    this.need(address, 8);
    const count = this.view.getUint16(address + 6, true);
    this.need(address + 8, count * ENTRY_BYTES);
    for (let k = 0; k < count; k++) {
      const entry = address + 8 + k * ENTRY_BYTES;
      const name = this.readName(heap + this.address(entry));
      this.readObject(this.address(entry + 8), path === '' ? name : `${path}/${name}`, depth + 1);
    }
  }

  private readName(start: number): string {
    this.need(start, 1);
    const end = this.bytes.indexOf(0, start);
    if (end < 0 || end - start > 200) throw this.damaged();
    return new TextDecoder().decode(this.bytes.subarray(start, end));
  }

  private readDataset(messages: readonly Message[]): Hdf5Dataset {
    const find = (type: number) => messages.find((message) => message.type === type);
    const [space, type, layout] = [find(DATASPACE), find(DATATYPE), find(LAYOUT)];
    if (!space || !type || !layout) throw this.damaged();
    const place = this.readLayout(layout);
    const bytes = place ? this.bytes.subarray(place.start, place.start + place.length) : new Uint8Array();
    return { shape: this.readShape(space), type: this.readType(type), bytes, isOnePiece: place !== undefined };
  }

  private readShape({ start, length }: Message): number[] {
    const version = this.bytes[start];
    const sides = this.bytes[start + 1]!;
    const first = start + (version === 1 ? 8 : 4);
    if ((version !== 1 && version !== 2) || first + 8 * sides > start + length) throw this.damaged();
    return Array.from({ length: sides }, (_, d) => this.address(first + 8 * d));
  }

  private readType({ start, length }: Message): Hdf5Dataset['type'] {
    if (length < 8) throw this.damaged();
    const kind = this.bytes[start]! & 15;
    const bytes = this.view.getUint32(start + 4, true);
    const littleEndian = (this.bytes[start + 1]! & 1) === 0;
    return kind === 1 ? { kind: 'float', bytes, littleEndian } : kind === 3 ? { kind: 'text', bytes, littleEndian } : { kind: 'other' };
  }

  /** @returns where the numbers are, or undefined where they lie in pieces */
  private readLayout({ start, length }: Message): { start: number; length: number } | undefined {
    if (length < 18 || this.bytes[start] !== 3 || this.bytes[start + 1] !== 1) return undefined;
    const place = { start: this.address(start + 2), length: this.address(start + 10) };
    this.need(place.start, place.length);
    return place;
  }

  /** Eight bytes: a place in the file, or a number of bytes in it. */
  private address(at: number): number {
    this.need(at, 8);
    return Number(this.view.getBigUint64(at, true));
  }

  /** Throws where the file ends before, and after so many calls that the file must lead in a circle. */
  private need(start: number, length: number): void {
    if (start + length > this.bytes.length || ++this.looks > MOST_LOOKS) throw this.damaged();
  }

  private damaged(): Error {
    return refusal(this.file, 'its HDF5 structure is damaged, or cut off');
  }
}

// Writes HDF5 files of groups and contiguous datasets, limited to what a network needs. Uses the oldest version of the
// format, which every reader supports. Deterministic, unlike the usual libraries, which store times and stray memory.
// https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html (version 0 superblock, version 1 object headers)
import { float32Bytes } from '../save/float32';
import { lengthOf } from '../save/chunks';

export type Hdf5Node = Hdf5Group | Hdf5Dataset;

/** Members by name. At most eight, the capacity of a group's leaf. */
export type Hdf5Group = ReadonlyMap<string, Hdf5Node>;

export type Hdf5Dataset = { shape: readonly number[]; values: Float32Array } | { text: string };

const UNDEFINED_ADDRESS = 0xffffffffffffffffn;
const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** A leaf has at most 2 GROUP_LEAF_K members, and GROUP_INTERNAL_K limits the nodes above. The library's defaults. */
const GROUP_LEAF_K = 4;
const GROUP_INTERNAL_K = 16;
const MAX_MEMBERS = 2 * GROUP_LEAF_K;
const SUPERBLOCK_BYTES = 96;
const ENTRY_BYTES = 40;
/** Message types of object headers. */
const DATASPACE = 0x01;
const DATATYPE = 0x03;
const FILL_VALUE = 0x05;
const LAYOUT = 0x08;
const SYMBOL_TABLE = 0x11;

/** @returns the file as byte arrays to be concatenated; the large ones are views of the values */
export function hdf5Parts(root: Hdf5Group): Uint8Array[] {
  const blocks: Uint8Array[] = [];
  let end = SUPERBLOCK_BYTES;
  /** @returns the address of the block */
  function place(block: Uint8Array): number {
    const address = end;
    const gap = -block.length & 7;
    blocks.push(block, new Uint8Array(gap));
    end += block.length + gap;
    return address;
  }

  /** Places the members before their group, which stores their addresses. @returns the address of the object header */
  function placeNode(node: Hdf5Node): number {
    if ('text' in node || 'shape' in node) return placeDataset(node, place);
    const members = [...node]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => ({ name, address: placeNode(member) }));
    if (members.length > MAX_MEMBERS)
      throw new RangeError(`A group of ${members.length} members is more than ${MAX_MEMBERS}.`);
    return placeGroup(members, place);
  }

  const rootAddress = placeNode(root);
  return [superblock(rootAddress, end), ...blocks];
}

type Place = (block: Uint8Array) => number;

function superblock(root: number, end: number): Uint8Array {
  const versionsAndSizes = [0, 0, 0, 0, 0, 8, 8, 0];
  return join(
    SIGNATURE,
    versionsAndSizes,
    u16(GROUP_LEAF_K),
    u16(GROUP_INTERNAL_K),
    u32(0),
    u64(0),
    u64(UNDEFINED_ADDRESS),
    u64(end),
    u64(UNDEFINED_ADDRESS),
    entry(0, root),
  );
}

/** An entry of a symbol table: the name's offset in the heap, and the address of the object header. */
function entry(nameOffset: number, address: number): Uint8Array {
  return padded(join(u64(nameOffset), u64(address)), ENTRY_BYTES);
}

/** A heap of names, a leaf of entries sorted by name, and a tree with that single leaf. */
function placeGroup(members: readonly { name: string; address: number }[], place: Place): number {
  const names: Uint8Array[] = [padTo8(Uint8Array.of(0))];
  const offsets = members.map(({ name }) => {
    const offset = lengthOf(names);
    names.push(padTo8(join(new TextEncoder().encode(name), [0])));
    return offset;
  });
  const heapData = place(join(...names));
  const noFreeBlock = 1;
  const heap = place(join(ascii('HEAP'), [0, 0, 0, 0], u64(lengthOf(names)), u64(noFreeBlock), u64(heapData)));

  const entries = members.map(({ address }, i) => entry(offsets[i]!, address));
  const leaf = padded(join(ascii('SNOD'), [1, 0], u16(members.length), ...entries), 8 + MAX_MEMBERS * ENTRY_BYTES);
  const leaves = members.length === 0 ? [] : [u64(place(leaf)), u64(offsets.at(-1)!)];
  const node = join(
    ascii('TREE'),
    [0, 0],
    u16(members.length === 0 ? 0 : 1),
    u64(UNDEFINED_ADDRESS),
    u64(UNDEFINED_ADDRESS),
    u64(0),
    ...leaves,
  );
  const tree = place(padded(node, 24 + 8 * (4 * GROUP_INTERNAL_K + 1)));
  return place(objectHeader([[SYMBOL_TABLE, join(u64(tree), u64(heap))]]));
}

function placeDataset(dataset: Hdf5Dataset, place: Place): number {
  const bytes = 'text' in dataset ? new TextEncoder().encode(dataset.text) : float32Bytes(dataset.values);
  const shape = 'text' in dataset ? [] : dataset.shape;
  const address = place(bytes);
  return place(
    objectHeader([
      [DATASPACE, join([1, shape.length, 0, 0, 0, 0, 0, 0], ...shape.map(u64))],
      [DATATYPE, 'text' in dataset ? utf8Type(bytes.length) : FLOAT32_TYPE],
      [FILL_VALUE, Uint8Array.of(2, 2, 2, 1, 0, 0, 0, 0)],
      [LAYOUT, join([3, 1], u64(address), u64(bytes.length))],
    ]),
  );
}

/**
 * Class 1: little-endian float32. Sign at bit 31, 8 exponent bits from bit 23 (bias 127), 23 mantissa bits from bit 0.
 */
const FLOAT32_TYPE = join([0x11, 0x20, 31, 0], u32(4), u16(0), u16(32), [23, 8, 0, 23], u32(127));

/** Class 3: UTF-8 text of a fixed length in bytes. */
function utf8Type(bytes: number): Uint8Array {
  return join([0x13, 0x11, 0, 0], u32(bytes));
}

function objectHeader(messages: readonly [type: number, content: Uint8Array][]): Uint8Array {
  const encoded = messages.map(([type, content]) =>
    join(u16(type), u16(padTo8(content).length), [0, 0, 0, 0], padTo8(content)),
  );
  return join([1, 0], u16(messages.length), u32(1), u32(lengthOf(encoded)), u32(0), ...encoded);
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function u16(value: number): Uint8Array {
  return Uint8Array.of(value, value >> 8);
}

function u32(value: number): Uint8Array {
  return Uint8Array.of(value, value >> 8, value >> 16, value >> 24);
}

function u64(value: number | bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true);
  return bytes;
}

function join(...parts: ArrayLike<number>[]): Uint8Array {
  return padded(parts, lengthOf(parts));
}

function padTo8(bytes: Uint8Array): Uint8Array {
  return padded([bytes], Math.ceil(bytes.length / 8) * 8);
}

/** Joins the parts and pads them with zeros to this length. */
function padded(parts: Uint8Array | readonly ArrayLike<number>[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts instanceof Uint8Array ? [parts] : parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

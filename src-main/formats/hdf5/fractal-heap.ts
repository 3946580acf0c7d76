// Finds links and attributes of groups that have many: the records of a version 2 B-tree refer to objects in a fractal
// heap.
// https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html (III.A.2, III.G)
import { isUndefinedAddress, type Hdf5Bytes } from './hdf5-bytes';

export interface Place {
  start: number;
  length: number;
}

const TREE_OVERHEAD = 10;
const ID_KIND = 0x30;
const MANAGED = 0x00;
const DEEPEST_TREE = 10;

/**
 * @param idOffset position of the object's identifier in a record
 * @returns the positions of the objects, in the order of the tree
 */
export function heapObjects(bytes: Hdf5Bytes, heap: number, tree: number, idOffset: number): Place[] {
  return treeRecords(bytes, tree).map((record) => managedObject(bytes, heap, record + idOffset));
}

/** @returns the position of each record */
function treeRecords(bytes: Hdf5Bytes, address: number): number[] {
  bytes.expectSignature(address, 'BTHD');
  const nodeBytes = bytes.uint32(address + 6);
  const recordBytes = bytes.uint16(address + 10);
  const depth = bytes.uint16(address + 12);
  const root = bytes.uint64(address + 16);
  if (recordBytes === 0 || depth > DEEPEST_TREE) throw bytes.damaged();
  if (isUndefinedAddress(root)) return [];

  const mostInLeaf = Math.floor((nodeBytes - TREE_OVERHEAD) / recordBytes);
  const levels = [{ countBytes: bytesFor(mostInLeaf), totalBytes: 0, mostInAll: mostInLeaf }];
  for (let level = 1; level < depth; level++) {
    const below = levels[level - 1]!;
    const pointerBytes = 8 + below.countBytes + below.totalBytes;
    const most = Math.floor((nodeBytes - TREE_OVERHEAD - pointerBytes) / (recordBytes + pointerBytes));
    const mostInAll = (most + 1) * below.mostInAll + most;
    levels.push({ countBytes: bytesFor(most), totalBytes: bytesFor(mostInAll), mostInAll });
  }

  const readNode = (node: number, count: number, level: number): number[] => {
    bytes.expectSignature(node, level === 0 ? 'BTLF' : 'BTIN');
    bytes.slice(node + 6, count * recordBytes);
    const records = Array.from({ length: count }, (_, k) => node + 6 + k * recordBytes);
    if (level === 0) return records;
    const { countBytes, totalBytes } = levels[level - 1]!;
    const children = Array.from({ length: count + 1 }, (_, k) => {
      const pointer = node + 6 + count * recordBytes + k * (8 + countBytes + totalBytes);
      return readNode(bytes.uint64(pointer), bytes.uint(pointer + 8, countBytes), level - 1);
    });
    return [...children.flat(), ...records];
  };
  return readNode(root, bytes.uint16(address + 24), depth);
}

/** How many bytes an integer up to `max` needs. */
function bytesFor(max: number): number {
  return Math.floor(Math.log2(Math.max(1, max)) / 8) + 1;
}

function managedObject(bytes: Hdf5Bytes, heap: number, id: number): Place {
  bytes.expectSignature(heap, 'FRHP');
  if ((bytes.uint8(id) & ID_KIND) !== MANAGED)
    throw bytes.refused('it keeps a link or an attribute in a part of HDF5 that this app does not read');
  const idBytes = bytes.uint16(heap + 5);
  const offsetBytes = Math.ceil(bytes.uint16(heap + 128) / 8);
  const offset = bytes.uint(id + 1, offsetBytes);
  const length = bytes.uint(id + 1 + offsetBytes, Math.min(8, idBytes - 1 - offsetBytes));
  const place = { start: addressInHeap(bytes, heap, offset), length };
  bytes.slice(place.start, length);
  return place;
}

/**
 * The heap is a table of blocks: rows of `width` blocks, whose size doubles with every row from the third one on. Large
 * blocks are such tables themselves.
 */
function addressInHeap(bytes: Hdf5Bytes, heap: number, offset: number): number {
  const width = bytes.uint16(heap + 110);
  const firstBlock = bytes.uint64(heap + 112);
  const mostDirect = bytes.uint64(heap + 120);
  const offsetBytes = Math.ceil(bytes.uint16(heap + 128) / 8);
  const root = bytes.uint64(heap + 132);
  if (bytes.uint16(heap + 7) > 0)
    throw bytes.refused('it compresses its links or attributes, which this app does not read');
  if (bytes.uint16(heap + 140) === 0) return root + offset;
  if (width === 0 || firstBlock === 0) throw bytes.damaged();

  let table = root;
  let rest = offset;
  for (let depth = 0; depth < DEEPEST_TREE; depth++) {
    bytes.expectSignature(table, 'FHIB');
    let row = 0;
    let blockBytes = firstBlock;
    for (; rest >= width * blockBytes; row++) {
      rest -= width * blockBytes;
      if (row > 0) blockBytes *= 2;
    }
    const block = bytes.uint64(table + 13 + offsetBytes + 8 * (row * width + Math.floor(rest / blockBytes)));
    rest %= blockBytes;
    if (blockBytes <= mostDirect) return block + rest;
    table = block;
  }
  throw bytes.damaged();
}

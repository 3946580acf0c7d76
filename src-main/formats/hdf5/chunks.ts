// Finds the chunks of a dataset, with every kind of index that HDF5 has for datasets of a fixed size.
// https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html (III.A.1, IV.A.2.i, VII)
import { isUndefinedAddress, type Hdf5Bytes } from './hdf5-bytes';

export interface Chunk {
  /** Indices of its first element. */
  offsets: number[];
  start: number;
  /** In bytes, as stored. */
  length: number;
  /** A bit mask of the filters that were not applied. */
  skippedFilters: number;
}

export interface ChunkedLayout {
  /** Shape of the dataset. */
  shape: readonly number[];
  /** Shape of each chunk. */
  chunkShape: readonly number[];
  /** Size of a chunk before compression. */
  chunkBytes: number;
  isFiltered: boolean;
}

const DEEPEST_TREE = 10;
const MAX_CHUNKS = 1_000_000;
const PAGE_CHECKSUM = 4;

/** A version 1 B-tree, the index of data layouts up to version 3. */
export function chunksOfTree(bytes: Hdf5Bytes, tree: number, sides: number): Chunk[] {
  const keyBytes = 8 + 8 * (sides + 1);
  const readNode = (address: number, depth: number): Chunk[] => {
    if (depth > DEEPEST_TREE) throw bytes.damaged();
    bytes.expectSignature(address, 'TREE');
    const level = bytes.uint8(address + 5);
    return Array.from({ length: bytes.uint16(address + 6) }, (_, k) => address + 24 + k * (keyBytes + 8)).flatMap(
      (key) => {
        const child = bytes.uint64(key + keyBytes);
        if (level > 0) return readNode(child, depth + 1);
        const offsets = Array.from({ length: sides }, (_, d) => bytes.uint64(key + 8 + 8 * d));
        return [{ offsets, start: child, length: bytes.uint32(key), skippedFilters: bytes.uint32(key + 4) }];
      },
    );
  };
  return isUndefinedAddress(tree) ? [] : readNode(tree, 0);
}

/** An implicit index: all chunks are consecutive and unfiltered. */
export function chunksInOrder(bytes: Hdf5Bytes, address: number, layout: ChunkedLayout): Chunk[] {
  return chunkOffsets(bytes, layout).map((offsets, k) => ({
    offsets,
    start: address + k * layout.chunkBytes,
    length: layout.chunkBytes,
    skippedFilters: 0,
  }));
}

/** A fixed array: a list of all chunks, in pages if it is long. */
export function chunksOfFixedArray(bytes: Hdf5Bytes, header: number, layout: ChunkedLayout): Chunk[] {
  bytes.expectSignature(header, 'FAHD');
  const entryBytes = bytes.uint8(header + 6);
  const perPage = 2 ** bytes.uint8(header + 7);
  const count = bytes.uint64(header + 8);
  const block = bytes.uint64(header + 16);
  bytes.expectSignature(block, 'FADB');
  const pages = count > perPage ? Math.ceil(count / perPage) : 0;
  const bitmapAt = block + 14;
  const firstAt = bitmapAt + (pages > 0 ? Math.ceil(pages / 8) + PAGE_CHECKSUM : 0);
  return chunkOffsets(bytes, layout).map((offsets, k) => {
    const at = firstAt + k * entryBytes + (pages > 0 ? Math.floor(k / perPage) * PAGE_CHECKSUM : 0);
    if (!layout.isFiltered) return { offsets, start: bytes.uint64(at), length: layout.chunkBytes, skippedFilters: 0 };
    const length = bytes.uint(at + 8, Math.max(0, Math.min(8, entryBytes - 12)));
    return { offsets, start: bytes.uint64(at), length, skippedFilters: bytes.uint32(at + entryBytes - 4) };
  });
}

/** The indices of the first element of each chunk, row by row. */
function chunkOffsets(bytes: Hdf5Bytes, { shape, chunkShape }: ChunkedLayout): number[][] {
  const counts = shape.map((side, d) => Math.ceil(side / chunkShape[d]!));
  const total = counts.reduce((product, count) => product * count, 1);
  if (total > MAX_CHUNKS) throw bytes.damaged();
  return Array.from({ length: total }, (_, k) => {
    const offsets = new Array<number>(shape.length);
    let rest = k;
    for (let d = shape.length - 1; d >= 0; d--) {
      offsets[d] = (rest % counts[d]!) * chunkShape[d]!;
      rest = Math.floor(rest / counts[d]!);
    }
    return offsets;
  });
}

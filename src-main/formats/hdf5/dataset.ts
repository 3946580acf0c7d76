// Reads the elements of a dataset, whatever its storage layout.
// https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html (IV.A.2.i)
import { countOf } from '../open/imported-network';
import { MAX_NUMBERS } from '../open/number-types';
import { chunksInOrder, chunksOfFixedArray, chunksOfTree, type Chunk, type ChunkedLayout } from './chunks';
import { readFilters, unfilter, type Filter } from './filters';
import { isUndefinedAddress, type Hdf5Bytes } from './hdf5-bytes';
import { DATASPACE, DATATYPE, FILTERS, findMessage, LAYOUT, type Message } from './object-header';
import { readShape, readType, type Hdf5Type } from './types';

export interface Hdf5Dataset {
  kind: 'dataset';
  shape: number[];
  type: Hdf5Type;
  /** The elements, row by row. Throws file-unreadable if they are damaged, or their storage is not supported. */
  read: () => Uint8Array;
  textAttributes: () => Map<string, string[]>;
}

const COMPACT = 0;
const CONTIGUOUS = 1;
const CHUNKED = 2;
const SINGLE_CHUNK = 1;
const IMPLICIT = 2;
const FIXED_ARRAY = 3;
const SINGLE_CHUNK_IS_FILTERED = 2;

/** @returns undefined if these are not the messages of a dataset */
export function readDataset(
  bytes: Hdf5Bytes,
  messages: readonly Message[],
): Omit<Hdf5Dataset, 'textAttributes'> | undefined {
  const [space, type, layout] = [DATASPACE, DATATYPE, LAYOUT].map((kind) => findMessage(messages, kind));
  if (!space || !type || !layout) return undefined;
  const shape = readShape(bytes, space.start);
  const read = type.isShared
    ? ({ kind: 'other', name: 'a named type', bytes: 1 } as const)
    : readType(bytes, type.start);
  return {
    kind: 'dataset',
    shape,
    type: read,
    read: () => readElements(bytes, messages, layout.start, shape, read.bytes),
  };
}

function readElements(
  bytes: Hdf5Bytes,
  messages: readonly Message[],
  layout: number,
  shape: readonly number[],
  elementBytes: number,
): Uint8Array {
  const count = countOf(shape);
  if (count > MAX_NUMBERS)
    throw bytes.refused(`it contains an array of ${count} numbers: expected at most ${MAX_NUMBERS}`);
  if (count === 0) return new Uint8Array();
  const [version, kind] = [bytes.uint8(layout), bytes.uint8(layout + 1)];
  if (version < 3) throw bytes.refused('it uses an HDF5 layout from before 2005, which this app does not read');
  if (kind === COMPACT) return bytes.slice(layout + 4, bytes.uint16(layout + 2));
  if (kind === CONTIGUOUS) {
    const start = bytes.uint64(layout + 2);
    if (isUndefinedAddress(start)) throw bytes.refused('one of its arrays was never written');
    return bytes.slice(start, bytes.uint64(layout + 10));
  }
  if (kind !== CHUNKED) throw bytes.refused('it keeps arrays in other files, which this app does not read');
  const filterMessage = findMessage(messages, FILTERS);
  const filters = filterMessage ? readFilters(bytes, filterMessage.start) : [];
  const { chunks, chunkShape } =
    version === 3 ? oldChunks(bytes, layout, shape) : newChunks(bytes, layout, shape, elementBytes, filters.length > 0);
  return assemble(bytes, chunks, filters, shape, chunkShape, elementBytes);
}

interface Chunks {
  chunks: Chunk[];
  chunkShape: number[];
}

function oldChunks(bytes: Hdf5Bytes, layout: number, shape: readonly number[]): Chunks {
  if (bytes.uint8(layout + 2) !== shape.length + 1) throw bytes.damaged();
  const chunkShape = shape.map((_, d) => bytes.uint32(layout + 11 + 4 * d));
  return { chunks: chunksOfTree(bytes, bytes.uint64(layout + 3), shape.length), chunkShape };
}

function newChunks(
  bytes: Hdf5Bytes,
  layout: number,
  shape: readonly number[],
  elementBytes: number,
  isFiltered: boolean,
): Chunks {
  const flags = bytes.uint8(layout + 2);
  if (bytes.uint8(layout + 3) !== shape.length + 1) throw bytes.damaged();
  const sideBytes = bytes.uint8(layout + 4);
  if (sideBytes < 1 || sideBytes > 8) throw bytes.damaged();
  const chunkShape = shape.map((_, d) => bytes.uint(layout + 5 + sideBytes * d, sideBytes));
  if (chunkShape.includes(0)) throw bytes.damaged();
  const indexAt = layout + 5 + sideBytes * (shape.length + 1);
  const chunked: ChunkedLayout = { shape, chunkShape, chunkBytes: countOf(chunkShape) * elementBytes, isFiltered };
  switch (bytes.uint8(indexAt)) {
    case SINGLE_CHUNK: {
      const isStoredFiltered = (flags & SINGLE_CHUNK_IS_FILTERED) !== 0;
      const at = indexAt + 1;
      const [length, skippedFilters] = isStoredFiltered
        ? [bytes.uint64(at), bytes.uint32(at + 8)]
        : [chunked.chunkBytes, 0];
      return {
        chunks: [
          {
            offsets: shape.map(() => 0),
            start: bytes.uint64(at + (isStoredFiltered ? 12 : 0)),
            length,
            skippedFilters,
          },
        ],
        chunkShape,
      };
    }
    case IMPLICIT:
      return { chunks: chunksInOrder(bytes, bytes.uint64(indexAt + 1), chunked), chunkShape };
    case FIXED_ARRAY:
      return { chunks: chunksOfFixedArray(bytes, bytes.uint64(indexAt + 2), chunked), chunkShape };
    default:
      throw bytes.refused(
        'it keeps arrays that can grow without limit, which this app does not read. Saving it with h5py ' +
          'without maxshape helps',
      );
  }
}

/** Copies the chunks into one array. Chunks at the edge have full size; elements beyond the edge are dropped. */
function assemble(
  bytes: Hdf5Bytes,
  chunks: readonly Chunk[],
  filters: readonly Filter[],
  shape: readonly number[],
  chunkShape: readonly number[],
  elementBytes: number,
): Uint8Array {
  const count = countOf(shape);
  const chunkBytes = countOf(chunkShape) * elementBytes;
  if (!(chunkBytes > 0 && chunkBytes <= MAX_NUMBERS * 8) || elementBytes > 8) throw bytes.damaged();
  const insideOf = ({ offsets }: Chunk) => chunkShape.map((side, d) => Math.min(side, shape[d]! - offsets[d]!));
  const isOutside = ({ offsets }: Chunk) =>
    offsets.some((offset, d) => offset >= shape[d]! || offset % chunkShape[d]! !== 0);
  const written = chunks.filter(({ start }) => !isUndefinedAddress(start));
  if (written.some(isOutside)) throw bytes.damaged();
  // Checked before memory is allocated for all of them.
  if (written.reduce((sum, chunk) => sum + countOf(insideOf(chunk)), 0) !== count)
    throw bytes.refused('some parts of its arrays were never written');

  const result = new Uint8Array(count * elementBytes);
  const rowBytes = chunkShape.at(-1)! * elementBytes;
  for (const stored of written) {
    const { offsets, start, length, skippedFilters } = stored;
    const chunk = unfilter(bytes, bytes.slice(start, length), filters, skippedFilters, elementBytes, chunkBytes);
    if (chunk.length !== chunkBytes) throw bytes.damaged();
    const inside = insideOf(stored);
    for (let row = 0; row < countOf(inside.slice(0, -1)); row++) {
      const { source, target } = rowPlaces(row, inside, chunkShape, offsets, shape);
      result.set(
        chunk.subarray(source * rowBytes, source * rowBytes + inside.at(-1)! * elementBytes),
        target * elementBytes,
      );
    }
  }
  return result;
}

/** @returns the row of the chunk, and the element of the dataset where it begins */
function rowPlaces(
  row: number,
  inside: readonly number[],
  chunkShape: readonly number[],
  offsets: readonly number[],
  shape: readonly number[],
): { source: number; target: number } {
  const last = shape.length - 1;
  let rest = row;
  let [source, target] = [0, offsets[last]!];
  let [sourceStep, targetStep] = [1, shape[last]!];
  for (let d = last - 1; d >= 0; d--) {
    const position = rest % inside[d]!;
    rest = Math.floor(rest / inside[d]!);
    source += position * sourceStep;
    target += (offsets[d]! + position) * targetStep;
    sourceStep *= chunkShape[d]!;
    targetStep *= shape[d]!;
  }
  return { source, target };
}

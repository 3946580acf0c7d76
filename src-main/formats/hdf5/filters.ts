// Reverses the filters that HDF5 applies to chunks: compression, reordered bytes, checksums.
// https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html (IV.A.2.l)
import { inflateSync } from 'node:zlib';
import type { Hdf5Bytes } from './hdf5-bytes';

export interface Filter {
  id: number;
  name: string;
}

const DEFLATE = 1;
const SHUFFLE = 2;
const FLETCHER32 = 3;
const NAMES: Readonly<Record<number, string>> = {
  4: 'szip',
  5: 'n-bit',
  6: 'scale-offset',
  32000: 'lzf',
  32001: 'blosc',
  32004: 'lz4',
  32008: 'bitshuffle',
  32015: 'zstd',
};
const CHECKSUM_BYTES = 4;
/** Filters from this number on are stored with a name. */
const FIRST_OF_OTHERS = 256;

/** The filters in the order in which they were applied. */
export function readFilters(bytes: Hdf5Bytes, start: number): Filter[] {
  const version = bytes.uint8(start);
  const count = bytes.uint8(start + 1);
  let at = start + (version === 1 ? 8 : 2);
  return Array.from({ length: count }, () => {
    const id = bytes.uint16(at);
    const isNamed = version === 1 || id >= FIRST_OF_OTHERS;
    const nameLength = isNamed ? bytes.uint16(at + 2) : 0;
    const numbersAt = at + (isNamed ? 8 : 6);
    const numbers = bytes.uint16(numbersAt - 2);
    const padding = version === 1 && numbers % 2 === 1 ? 4 : 0;
    at = numbersAt + (version === 1 ? Math.ceil(nameLength / 8) * 8 : nameLength) + 4 * numbers + padding;
    return { id, name: NAMES[id] ?? `number ${id}` };
  });
}

/** @param elementBytes size of a number @param max size of the original chunk in bytes. Throws file-unreadable. */
export function unfilter(
  bytes: Hdf5Bytes,
  stored: Uint8Array,
  filters: readonly Filter[],
  skipped: number,
  elementBytes: number,
  max: number,
): Uint8Array {
  return filters.reduceRight(
    (chunk, filter, k) => (skipped & (1 << k) ? chunk : undo(bytes, chunk, filter, elementBytes, max)),
    stored,
  );
}

function undo(
  bytes: Hdf5Bytes,
  chunk: Uint8Array,
  { id, name }: Filter,
  elementBytes: number,
  max: number,
): Uint8Array {
  switch (id) {
    case DEFLATE:
      return inflate(bytes, chunk, max + CHECKSUM_BYTES);
    case SHUFFLE:
      return unshuffle(chunk, elementBytes);
    case FLETCHER32:
      return checked(bytes, chunk);
    default:
      throw bytes.refused(
        `its numbers are compressed with ${name}, which this app does not read. Saving it without compression, ` +
          'or with gzip, helps',
      );
  }
}

function inflate(bytes: Hdf5Bytes, chunk: Uint8Array, max: number): Uint8Array {
  try {
    return inflateSync(chunk, { maxOutputLength: max });
  } catch {
    throw bytes.damaged();
  }
}

/**
 * Shuffled chunks contain the first bytes of all numbers, then the second bytes, and so on. A remainder stays at the
 * end.
 */
function unshuffle(chunk: Uint8Array, elementBytes: number): Uint8Array {
  const count = Math.floor(chunk.length / elementBytes);
  const result = new Uint8Array(chunk); // a copy, unlike slice() of Node's Buffer
  for (let b = 0; b < elementBytes; b++) {
    for (let k = 0; k < count; k++) result[k * elementBytes + b] = chunk[b * count + k]!;
  }
  return result;
}

/** Fletcher's checksum of big-endian 16-bit words, which follows the chunk. */
function checked(bytes: Hdf5Bytes, chunk: Uint8Array): Uint8Array {
  const length = chunk.length - CHECKSUM_BYTES;
  if (length < 0) throw bytes.damaged();
  let [first, second] = [0, 0];
  for (let at = 0; at < length; at += 2) {
    first = (first + chunk[at]! * 256 + (at + 1 < length ? chunk[at + 1]! : 0)) % 65535;
    second = (second + first) % 65535;
  }
  const view = new DataView(chunk.buffer, chunk.byteOffset + length, CHECKSUM_BYTES);
  if (view.getUint16(0, true) % 65535 !== first || view.getUint16(2, true) % 65535 !== second) throw bytes.damaged();
  return chunk.subarray(0, length);
}

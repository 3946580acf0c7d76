// Recognizes binary formats by a signature, or by numbers that are consistent with each other.
import { latin1, startsWith } from './bytes';
import type { FileKind, FileKindId, FileInspection } from './kinds';

type Start = readonly number[] | string;

const SIGNATURES: readonly [id: FileKindId, what: string, start: Start, at?: number][] = [
  ['mac-notes', 'a file in which a Mac keeps its notes on another file', [0x00, 0x05, 0x16, 0x07]],
  ['mac-notes', 'a file in which a Mac keeps its notes on another file', [0x00, 0x05, 0x16, 0x00]],
  ['system-notes', 'a file in which a Mac keeps how a folder is shown', '\0\0\0\x01Bud1'],
  ['shortcut', 'a shortcut to another file', [0x4c, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00]],
  ['matlab', 'a MATLAB file', 'MATLAB '],
  ['hdf5', 'an HDF5 file', '\x89HDF\r\n\x1a\n'],
  ['hdf5', 'an HDF5 file', '\x89HDF\r\n\x1a\n', 512],
  ['hdf5', 'an HDF5 file', '\x89HDF\r\n\x1a\n', 1024],
  ['hdf5', 'an HDF5 file', '\x89HDF\r\n\x1a\n', 2048],
  ['png', 'a PNG picture', '\x89PNG\r\n\x1a\n'],
  ['picture', 'a JPEG picture', [0xff, 0xd8, 0xff]],
  ['picture', 'a GIF picture', 'GIF8'],
  ['picture', 'a TIFF picture', 'II*\0'],
  ['picture', 'a TIFF picture', 'MM\0*'],
  ['picture', 'a WebP picture', 'WEBP', 8],
  ['pdf', 'a PDF document', '%PDF-'],
  ['parquet', 'a Parquet file', 'PAR1'],
  ['parquet', 'an Arrow file', 'ARROW1'],
  ['tflite', 'a TensorFlow Lite model', 'TFL3', 4],
  ['tflite', 'a GGUF model', 'GGUF'],
  ['database', 'an SQLite database', 'SQLite format 3\0'],
  ['program', 'a program', '\x7fELF'],
  ['program', 'a program', 'MZ\x90\0'],
  ['program', 'a program', [0xcf, 0xfa, 0xed, 0xfe]],
];

export function binaryKind(inspection: FileInspection): FileKind | undefined {
  const { head } = inspection;
  if (startsWith(head, '\x93NUMPY')) return npyKind(head);
  const known = SIGNATURES.find(([, , start, at]) => startsWith(head, start, at));
  if (known) return { id: known[0], what: known[1] };
  if (isBitmap(inspection)) return { id: 'picture', what: 'a BMP picture' };
  if (isTfRecord(head)) return { id: 'tfrecord', what: 'a TFRecord file of TensorFlow' };
  if (isSafetensors(inspection)) return { id: 'safetensors', what: 'a safetensors file' };
  return (
    protobufKind(head) ?? (isFlax(head) ? { id: 'flax', what: 'a msgpack file, as Flax saves parameters' } : undefined)
  );
}

function npyKind(head: Uint8Array): FileKind {
  const shape = /'shape': *\(([\d, ]*)\)/.exec(latin1(head.subarray(0, 1000)))?.[1];
  const sides = shape
    ?.split(',')
    .map((side) => side.trim())
    .filter((side) => side !== '');
  return { id: 'npy', what: `a NumPy array (.npy)${sides ? ` of the shape [${sides.join(', ')}]` : ''}` };
}

function isBitmap({ head, bytes }: FileInspection): boolean {
  return (
    startsWith(head, 'BM') &&
    head.length >= 14 &&
    new DataView(head.buffer, head.byteOffset).getUint32(2, true) === bytes
  );
}

/** The file begins with a length of 8 bytes and its masked CRC-32C (tensorflow.org/tutorials/load_data/tfrecord). */
function isTfRecord(head: Uint8Array): boolean {
  if (head.length < 12) return false;
  const crc = crc32c(head.subarray(0, 8));
  const masked = (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
  return new DataView(head.buffer, head.byteOffset).getUint32(8, true) === masked;
}

/** Castagnoli's polynomial, computed bit by bit because the input has only eight bytes. */
function crc32c(bytes: Uint8Array): number {
  let remainder = 0xffffffff;
  for (const byte of bytes) {
    remainder ^= byte;
    for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? 0x82f63b78 ^ (remainder >>> 1) : remainder >>> 1;
  }
  return ~remainder >>> 0;
}

function isSafetensors({ head, bytes }: FileInspection): boolean {
  if (head.length < 10 || head[8] !== 0x7b) return false;
  const length = Number(new DataView(head.buffer, head.byteOffset).getBigUint64(0, true));
  return length <= bytes && (head[9] === 0x22 || head[9] === 0x20 || head[9] === 0x7d);
}

/**
 * ONNX begins with its version as field 1, followed by other fields of ModelProto. TensorFlow's SavedModel begins in
 * the same way.
 */
function protobufKind(head: Uint8Array): FileKind | undefined {
  const [tag, version, next] = [head[0], head[1]!, head[2]!];
  if (tag !== 0x08 || head.length < 8) return undefined;
  if (version === 1 && next === 0x12 && !/^[\w. -]+$/.test(latin1(head.subarray(4, 4 + Math.min(8, head[3]!))))) {
    return { id: 'saved-model', what: 'a SavedModel of TensorFlow' };
  }
  const isOnnx = version >= 1 && version <= 32 && [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42].includes(next);
  return isOnnx ? { id: 'onnx', what: 'an ONNX model' } : undefined;
}

/** A msgpack map whose first key is a short text. */
function isFlax(head: Uint8Array): boolean {
  const [map, key] = [head[0]!, head[1]!];
  if (head.length < 4 || (map & 0xf0) !== 0x80 || map === 0x80 || (key & 0xe0) !== 0xa0 || key === 0xa0) return false;
  return /^[\w./ -]+$/.test(latin1(head.subarray(2, 2 + (key & 0x1f))));
}

// The kinds of files that can be distinguished, and what is inspected of a file.

/** What is inspected of a file. */
export interface FileInspection {
  /** Without its folder. */
  name: string;
  /** Size of the whole file; Infinity if not known. */
  bytes: number;
  /** The first bytes, up to HEAD_BYTES. */
  head: Uint8Array;
  /** The last bytes, up to TAIL_BYTES. */
  tail: Uint8Array;
}

export type FileKindId =
  | 'empty'
  | 'zeros'
  | 'unfinished'
  | 'mac-notes'
  | 'shortcut'
  | 'system-notes'
  | 'web-page'
  | 'server-message'
  | 'lfs-pointer'
  | 'settings'
  | 'run'
  | 'network-json'
  | 'json'
  | 'xml'
  | 'csv'
  | 'base64'
  | 'text'
  | 'gzip'
  | 'double-gzip'
  | 'packed'
  | 'zlib'
  | 'deflate'
  | 'tar'
  | 'zip'
  | 'npz'
  | 'torch'
  | 'keras'
  | 'workbook'
  | 'idx'
  | 'little-endian-idx'
  | 'changed-idx'
  | 'npy'
  | 'pickle'
  | 'sklearn-pickle'
  | 'numpy-pickle'
  | 'torch-pickle'
  | 'joblib'
  | 'hdf5'
  | 'matlab'
  | 'parquet'
  | 'tfrecord'
  | 'safetensors'
  | 'onnx'
  | 'saved-model'
  | 'flax'
  | 'tflite'
  | 'png'
  | 'picture'
  | 'pdf'
  | 'program'
  | 'database';

export interface FileKind {
  id: FileKindId;
  /** With its article, for the middle of a sentence: “a web page (“403 Forbidden”)”. */
  what: string;
  /** The content of a compressed or unfinished file, if it is known. */
  inside?: FileKind;
}

export const HEAD_BYTES = 1 << 16;
export const TAIL_BYTES = 1 << 12;

/** The kind of a file, or of its content if it is compressed. */
export function innermost(kind: FileKind): FileKind {
  return kind.inside ? innermost(kind.inside) : kind;
}

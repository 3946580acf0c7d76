// The formats in which a network leaves the app and comes back: their endings, and what a person reads of them.

export const EXPORT_SUFFIXES = ['.npz', '.safetensors', '.onnx', '.weights.h5', '.json', '.h'] as const;
export type ExportSuffix = (typeof EXPORT_SUFFIXES)[number];

/** For a person: what a format is called, and what it is for. */
export const EXPORT_LABELS: Readonly<Record<ExportSuffix, { name: string; use: string }>> = {
  '.npz': { name: 'NumPy', use: 'arrays for Python' },
  '.safetensors': { name: 'safetensors', use: 'a state dictionary for PyTorch' },
  '.onnx': { name: 'ONNX', use: 'a whole network for ONNX Runtime and many others' },
  '.weights.h5': { name: 'Keras 3', use: 'weights for a Sequential of Dense layers' },
  '.json': { name: 'JSON', use: 'numbers as text, for any language' },
  '.h': { name: 'C header', use: 'a network that is compiled in, needs only math.h' },
};

/** What this app writes and reads back: a C header is for compilers alone. */
export const ROUND_TRIP_SUFFIXES = [
  '.npz',
  '.safetensors',
  '.onnx',
  '.weights.h5',
  '.json',
] as const satisfies readonly ExportSuffix[];
/** All that can be read. The first suffix that fits a name counts. */
export const IMPORT_SUFFIXES = [...ROUND_TRIP_SUFFIXES, '.keras', '.h5', '.hdf5'] as const;

/** The ending of a file's name, in any letter case; undefined where it is none of these. */
export function suffixOf<Suffix extends string>(fileName: string, suffixes: readonly Suffix[]): Suffix | undefined {
  const lower = fileName.toLowerCase();
  return suffixes.find((suffix) => lower.endsWith(suffix));
}

/** In bytes: what the app reads of a .json. V8’s longest text has some more characters. */
export const LARGEST_JSON = 500_000_000;

export interface ExportOptions {
  /** Only of .onnx: the graph takes pixels from 0 to 255 and divides them by 255 itself. */
  rawPixels?: boolean;
}

// The file formats of networks: their suffixes, names and uses.

export const EXPORT_SUFFIXES = ['.npz', '.safetensors', '.onnx', '.weights.h5', '.json', '.h'] as const;
export type ExportSuffix = (typeof EXPORT_SUFFIXES)[number];

export const EXPORT_LABELS: Readonly<Record<ExportSuffix, { name: string; use: string }>> = {
  '.npz': { name: 'NumPy', use: 'arrays for Python' },
  '.safetensors': { name: 'safetensors', use: 'a state dictionary for PyTorch' },
  '.onnx': { name: 'ONNX', use: 'a whole network for ONNX Runtime and many others' },
  '.weights.h5': { name: 'Keras 3', use: 'weights for a Sequential of Dense layers' },
  '.json': { name: 'JSON', use: 'numbers as text, for any language' },
  '.h': { name: 'C header', use: 'a network that is compiled in, needs only math.h' },
};

/** Formats that the app writes and reads back. A C header is only for compilers. */
export const ROUND_TRIP_SUFFIXES = [
  '.npz',
  '.safetensors',
  '.onnx',
  '.weights.h5',
  '.json',
] as const satisfies readonly ExportSuffix[];
/** Formats that the app reads. */
export const IMPORT_SUFFIXES = [...ROUND_TRIP_SUFFIXES, '.keras', '.h5', '.hdf5'] as const;

/** The first of these suffixes that the file name ends with, in any letter case. */
export function suffixOf<Suffix extends string>(fileName: string, suffixes: readonly Suffix[]): Suffix | undefined {
  const lower = fileName.toLowerCase();
  return suffixes.find((suffix) => lower.endsWith(suffix));
}

/** The largest .json file that the app reads, in bytes: a little less than V8’s longest string. */
export const LARGEST_JSON = 500_000_000;

export interface ExportOptions {
  /** For .onnx only: the graph takes pixels from 0 to 255 and divides them by 255 itself. */
  rawPixels?: boolean;
}

// How the Python programs read IDX files.
import type { IdxTestSource } from '../../../src-shared/data/test-source';
import type { PythonLoader } from './python-loader';
import { pythonText } from './python-text';

export function readIdxFiles(source: IdxTestSource): PythonLoader {
  const { images, labels, plainBytes } = source;
  const call = (name: string, header: number) => `read_idx(${pythonText(name)}${plainBytes ? `, ${header}` : ''})`;
  return {
    modules: ['gzip'],
    libraries: [],
    functions: readIdx(source),
    images: call(images, 16),
    labels: call(labels, 8),
  };
}

/** Also finds the files if they have been packed or unpacked since. */
function readIdx({ plainBytes, images, labels }: IdxTestSource): string {
  const packed = [images, labels].filter((name) => name.endsWith('.gz')).length;
  const other = packed === 2 ? 'name.removesuffix(".gz")' : 'f"{name}.gz"';
  const read = `    path = folder / name
    data = (path if path.exists() else folder / ${other}).read_bytes()
    if data[:2] == b"\\x1f\\x8b":
        data = gzip.decompress(data)`;
  if (plainBytes)
    return `def read_idx(name, header):\n${read}\n    return np.frombuffer(data, np.uint8, offset=header)\n`;
  return `def read_idx(name):\n${read}\n    return idx_array(data)\n\n${IDX_ARRAY}`;
}

export const IDX_ARRAY = `def idx_array(data):
    kind, dimensions = data[2:4]
    shape = np.frombuffer(data, ">u4", dimensions, offset=4)
    kinds = {8: "u1", 9: "i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}
    return np.frombuffer(data, kinds[kind], offset=4 + 4 * dimensions).reshape(shape)
`;

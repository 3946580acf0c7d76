// Imports a network from NumPy's .npz, a ZIP archive of arrays.
import { networkOfArrays } from '../arrays/network-of-arrays';
import { isKnownName } from '../open/foreign-metadata';
import { countOf, refusal, type NetworkFile } from '../open/imported-network';
import { parseMetadata, type Metadata } from '../open/metadata';
import { readNpy } from '../npy/read';
import { readZip } from '../zip/read';

const SUFFIX = '.npy';
/** Folders, and the files that macOS adds to archives. */
const IGNORED = /\/$|^__MACOSX\/|(?:^|\/)\._|(?:^|\/)\.DS_Store$/;

/** Throws file-unreadable. */
export function importNpz(bytes: Uint8Array, file: string): NetworkFile {
  const entries = [...readZip(bytes, file)].filter(([entry]) => !IGNORED.test(entry));
  const folder = commonFolder(entries.map(([entry]) => entry));
  let metadata: Metadata | undefined;
  const arrays = entries.flatMap(([entry, content]) => {
    if (!entry.endsWith(SUFFIX)) throw refusal(file, `it contains “${entry}”, which is not a NumPy array`);
    const name = entry.slice(folder.length, -SUFFIX.length);
    const array = readNpy(content, name, file);
    if (name === 'metadata' && array.kind === 'text') {
      metadata = { ...metadata, ...parseMetadata(array.text() ?? '') };
      return [];
    }
    const value = isKnownName(name) ? scalarOf(array) : undefined;
    if (value === undefined) return [array];
    metadata = { [name]: value, ...metadata };
    return [];
  });
  return networkOfArrays(arrays, file, metadata);
}

/**
 * @returns the only text or number of an array, rounded to the seven digits of a float32; undefined for other arrays
 */
function scalarOf(array: ReturnType<typeof readNpy>): string | number | undefined {
  if (array.kind !== 'float' || countOf(array.shape) !== 1) return array.text();
  return Number(array.numbers()[0]!.toPrecision(7));
}

/** The folder that contains all entries, with its slash. Empty if there is none. */
function commonFolder(entries: readonly string[]): string {
  const folder = /^[^/]+\//.exec(entries[0] ?? '')?.[0] ?? '';
  return entries.every((entry) => entry.startsWith(folder)) ? folder : '';
}

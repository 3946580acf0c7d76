// A network out of NumPy's .npz, a ZIP archive of arrays.
import { networkOfArrays } from '../arrays/network-of-arrays';
import { isKnownName } from '../open/foreign-metadata';
import { countOf, refusal, type NetworkFile } from '../open/imported-network';
import { parseMetadata, type Metadata } from '../open/metadata';
import { readNpy } from '../npy/read';
import { readZip } from '../zip/read';

const SUFFIX = '.npy';
/** Folders, and what a Mac adds when it packs a folder. */
const NO_ARRAYS = /\/$|^__MACOSX\/|(?:^|\/)\._|(?:^|\/)\.DS_Store$/;

/** Throws file-unreadable. */
export function importNpz(bytes: Uint8Array, file: string): NetworkFile {
  const entries = [...readZip(bytes, file)].filter(([entry]) => !NO_ARRAYS.test(entry));
  const folder = commonFolder(entries.map(([entry]) => entry));
  let metadata: Metadata | undefined;
  const arrays = entries.flatMap(([entry, content]) => {
    if (!entry.endsWith(SUFFIX)) throw refusal(file, `it holds “${entry}”, which is no NumPy array`);
    const name = entry.slice(folder.length, -SUFFIX.length);
    const array = readNpy(content, name, file);
    if (name === 'metadata' && array.kind === 'text') {
      metadata = { ...metadata, ...parseMetadata(array.text() ?? '') };
      return [];
    }
    const said = isKnownName(name) ? saidBy(array) : undefined;
    if (said === undefined) return [array];
    metadata = { [name]: said, ...metadata };
    return [];
  });
  return networkOfArrays(arrays, file, metadata);
}

/** @returns undefined unless it is one text, or one number; float32 has seven digits */
function saidBy(array: ReturnType<typeof readNpy>): string | number | undefined {
  if (array.kind !== 'float' || countOf(array.shape) !== 1) return array.text();
  return Number(array.numbers()[0]!.toPrecision(7));
}

/** Of an archive that was packed as a folder. @returns with a slash, or empty */
function commonFolder(entries: readonly string[]): string {
  const folder = /^[^/]+\//.exec(entries[0] ?? '')?.[0] ?? '';
  return entries.every((entry) => entry.startsWith(folder)) ? folder : '';
}

// Finds IDX files by their names, and which of them belong together.
import { basename, join } from 'node:path';
import type { Collection, SplitFile } from '../../src-shared/contract';

/**
 * The names of the whole family: what comes before "train", the set, the content, and the kind of IDX. With a dot in place of a
 * dash as many unpackers write it, with or without .gz, in any letter case.
 */
const NAME = /^(?<prefix>.*?)[-._]?(?<set>train|t10k|test)[-._](?<content>images|labels)[-._]idx\d-(?:ubyte|byte|short|int)(?:\.gz)?$/i;
const CLASS_NAMES = /^(?:labels\.txt|(?<prefix>.*?)[-._]?mapping\.txt)$/i;

export type FoundCollection = Partial<Collection> & { id: string; prefix: string };

type Found = Partial<Record<SplitFile, string>> & { prefix: string };

/** Groups names by their sub-folder and prefix. @param names paths within the folder */
export function findCollections(folder: string, names: readonly string[]): FoundCollection[] {
  const groups = new Map<string, Found>();
  // Plain names before those with .gz, so that where both are there the plain one is read.
  for (const name of [...names].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
    const match = NAME.exec(basename(name))?.groups;
    if (!match) continue;
    const prefix = match['prefix']!.toLowerCase();
    const id = [...pathParts(name).slice(0, -1), prefix].join('/');
    const group = groups.get(id) ?? { prefix };
    const set = match['set']!.toLowerCase() === 'train' ? 'train' : 'test';
    const split: SplitFile = match['content']!.toLowerCase() === 'images' ? `${set}Images` : `${set}Labels`;
    group[split] ??= join(folder, name);
    groups.set(id, group);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, files]) => ({ id, ...files, classNames: classNamesFor(folder, id, files.prefix, names) }));
}

function classNamesFor(folder: string, id: string, prefix: string, names: readonly string[]): string | undefined {
  const place = id.split('/').slice(0, -1).join('/');
  const candidates = names.filter((name) => pathParts(name).slice(0, -1).join('/') === place);
  const own = candidates.find((name) => CLASS_NAMES.exec(basename(name))?.groups?.['prefix']?.toLowerCase() === prefix && prefix !== '');
  const common = candidates.find((name) => /^labels\.txt$/i.test(basename(name)));
  const found = own ?? common;
  return found === undefined ? undefined : join(folder, found);
}

const pathParts = (name: string) => name.split(/[\\/]/);

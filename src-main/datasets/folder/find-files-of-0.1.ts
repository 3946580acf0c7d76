// How version 0.1 found files: by their names alone. A run that it kept is opened from the same files again.
import { basename, join } from 'node:path';
import type { SplitFile } from '../../../src-shared/data/dataset';
import { findClassNames } from './class-name-files';
import type { FoundCollection } from './find-collections';
import { pathParts } from './find-files';

/**
 * The names of the whole family: what comes before "train", the set, the content, and the kind of IDX. With a dot in
 * place of a dash as many unpackers write it, with or without .gz, in any letter case.
 */
const KIND_OF_IDX = String.raw`idx\d-(?:ubyte|byte|short|int)(?:\.gz)?`;
const NAME = new RegExp(
  String.raw`^(?<prefix>.*?)[-._]?(?<set>train|t10k|test)[-._](?<content>images|labels)[-._]${KIND_OF_IDX}$`,
  'i',
);

type Found = Partial<Record<SplitFile, string>> & { prefix: string };

/** Groups names by their sub-folder and prefix. @param names paths within the folder */
export function findAsVersion01(folder: string, names: readonly string[]): FoundCollection[] {
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
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, files]) => ({
      id,
      ...files,
      transposed: /^emnist\b/.test(files.prefix),
      classNames: findClassNames(folder, [id.split('/').slice(0, -1)], files.prefix, names),
    }));
}

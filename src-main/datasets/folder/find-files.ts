// Finds the IDX files among the names of a folder. A name says which set and content a file has; if it does not, the
// names of its folders and its first bytes do.
import { basename, join } from 'node:path';
import type { Content } from '../../trainer/data/idx/idx-header';
import { parseName, type NameParts, type SetName } from './file-name';
import { peekFile, type Peek } from './peek-file';

export interface FoundFile {
  /** Path within the folder. */
  name: string;
  /** The folders that it is in. */
  directory: string[];
  /** The same without folders for a single file or set, so that all files of a dataset have the same place. */
  place: string[];
  set: SetName;
  content: Content;
  parts: NameParts;
  /** Undefined if it cannot be opened. */
  peek: Peek | undefined;
}

/** Limit of files, because each is opened. No dataset has more. */
const MOST_FILES = 400;

/** Reads the beginning of a file, by its path within the folder. */
type PeekAt = (name: string) => Promise<Peek | undefined>;

export async function findFiles(
  folder: string,
  names: readonly string[],
  peek: PeekAt = (name) => peekFile(join(folder, name)),
): Promise<FoundFile[]> {
  const named = names.flatMap((name) => {
    const parts = parseName(basename(name)) ?? innerParts(name);
    return parts ? [{ name, parts }] : [];
  });
  const setsBelow = setsOfFolders(named);
  const found = await Promise.all(
    named.slice(0, MOST_FILES).map(({ name, parts }) => inspectNamed(name, parts, setsBelow, peek)),
  );
  return found.filter((file) => file !== undefined);
}

/** @returns undefined if the file is not part of a dataset */
async function inspectNamed(
  name: string,
  parts: NameParts,
  setsBelow: Map<string, Set<SetName>>,
  peek: PeekAt,
): Promise<FoundFile | undefined> {
  const directory = pathParts(name).slice(0, -1);
  const { place, set, content } = placeOf(directory, parts, setsBelow);
  if (set === undefined) return undefined;
  const peeked = await peek(name);
  const held = content ?? contentOf(peeked);
  // Anything may be called “test labels”: without IDX in its name, it counts only if it is one.
  const counts = peeked?.header !== undefined || (parts.saysIdx && content !== undefined);
  return held === undefined || !counts
    ? undefined
    : { name, directory, place, set, content: held, parts, peek: peeked };
}

/** For a file whose name says nothing, in a folder named as the file should be: “train-images-idx3-ubyte/data”. */
function innerParts(name: string): NameParts | undefined {
  const parts = parseName(pathParts(name).at(-2) ?? '');
  return parts && parts.set && parts.content && parts.saysIdx ? { ...parts, saysIdx: false, prefix: '' } : undefined;
}

/** For every folder, the sets that the names of its files say. */
function setsOfFolders(named: readonly { name: string; parts: NameParts }[]): Map<string, Set<SetName>> {
  const sets = new Map<string, Set<SetName>>();
  for (const { name, parts } of named) {
    if (!parts.set) continue;
    const directory = pathParts(name).slice(0, -1);
    for (let depth = 1; depth <= directory.length; depth++) {
      const key = directory.slice(0, depth).join('/');
      sets.set(key, (sets.get(key) ?? new Set()).add(parts.set));
    }
  }
  return sets;
}

/**
 * Leaves out folders such as “train”, “images” and “train-images-idx3-ubyte”, and takes from them what the name does
 * not say.
 */
function placeOf(
  directory: string[],
  parts: NameParts,
  setsBelow: Map<string, Set<SetName>>,
): Pick<FoundFile, 'place'> & { set?: SetName | undefined; content?: Content | undefined } {
  let { set, content } = parts;
  const place: string[] = [];
  for (let depth = directory.length; depth > 0; depth--) {
    const name = directory[depth - 1]!;
    const folder = parseName(name);
    const sets = setsBelow.get(directory.slice(0, depth).join('/'));
    const isOfOneSet =
      folder?.set !== undefined &&
      (set === undefined || set === folder.set) &&
      [...(sets ?? [])].every((other) => other === folder.set);
    const isOfOneContent =
      folder?.set === undefined &&
      folder?.content !== undefined &&
      (content === undefined || content === folder.content);
    if (!folder || !(isOfOneSet || isOfOneContent)) {
      place.unshift(name);
      continue;
    }
    set ??= folder.set;
    content ??= folder.content;
    if (folder.prefix !== '' && !folder.saysIdx) place.unshift(folder.prefix);
  }
  return { place, set, content };
}

/** Undefined for two dimensions, which may be images or labels. */
function contentOf(peek: Peek | undefined): Content | undefined {
  const dimensions = peek?.header?.dimensions.length;
  return dimensions === undefined || dimensions === 2 ? undefined : dimensions === 1 ? 'labels' : 'images';
}

export const pathParts = (name: string) => name.split(/[\\/]/);

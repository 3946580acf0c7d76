// The names in a folder and in the folders below it, without what the system or another program keeps there for itself.
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { StudioError } from '../../../src-shared/errors';
import { fileErrorReason } from '../../files/file-errors';
import { countPicture, type PictureCounts } from './find-pictures';
import { isSystemFolder } from '../../files/system-folders';

export interface UnreadFolder {
  name: string;
  error: unknown;
}

export interface Listing {
  /** Paths of the files within the folder; of pictures only the first ones. */
  names: string[];
  /** Downloads that have not ended, likewise. */
  unfinished: string[];
  /** Folders in it that could not be read: they matter only if nothing is found. */
  unread: UnreadFolder[];
  pictures: PictureCounts;
}

/** Folders below the one that was chosen: archives put two or three around the files. */
const DEEPEST = 4;
/** Pictures lie in a folder for each class. */
const DEEPEST_PICTURES = DEEPEST + 1;
/** So that a home folder, chosen by mistake, is answered soon. */
const MOST_NAMES = 20_000;
/** A dataset of pictures has too many to name them all: none is named behind so many names. */
const MOST_NAMES_BEFORE_PICTURE = 100;
/**
 * Hidden files (a Mac's notes begin with “._”), copies that editors keep, and where Windows notes that a file was
 * downloaded.
 */
const NO_FILE_OF_THE_USER = /^\.|~$|:?zone\.identifier$/i;
const UNFINISHED = /\.(?:part|partial|crdownload|download|opdownload|filepart|tmp|aria2)$/i;

/** What version 0.1 saw, for its runs: one level of folders, no links to folders, and whatever is in them. */
export async function listAsVersion01(folder: string): Promise<Listing> {
  const entries = await withoutPipes(folder, '', await readTop(folder));
  const unread: UnreadFolder[] = [];
  const below = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }) =>
        (await withoutPipes(folder, name, await readBelow(folder, name, unread))).map((entry) =>
          join(name, entry.name),
        ),
      ),
  );
  const own = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  return { names: [...own, ...below.flat()], unfinished: [], unread, pictures: new Map() };
}

/**
 * Lists level by level, so that the nearest files come first. Follows links, but enters no folder twice. Leaves out
 * pipes, sockets and devices, because opening a pipe waits for another program to write to it. Throws
 * folder-unreadable.
 */
export async function listFolder(folder: string): Promise<Listing> {
  const listing: Listing = { names: [], unfinished: [], unread: [], pictures: new Map() };
  const entered = new Set([await placeOf(folder)]);
  let level: { name: string; entries: Entry[] }[] = [{ name: '', entries: await readTop(folder) }];
  for (let depth = 0; level.length > 0; depth++) {
    const below: string[] = [];
    for (const { name: parent, entries } of level) {
      for (const entry of entries) {
        const name = join(parent, entry.name);
        const kind = await kindOf(folder, name, entry);
        if (kind === 'file') addFile(listing, depth, parent, entry.name);
        else if (
          kind === 'folder' &&
          depth < DEEPEST_PICTURES &&
          !isSystemFolder(entry.name) &&
          (await enter(entered, join(folder, name)))
        )
          below.push(name);
        if (listing.names.length + below.length >= MOST_NAMES) return listing;
      }
    }
    level = [];
    for (const name of below) level.push({ name, entries: await readBelow(folder, name, listing.unread) });
  }
  return listing;
}

interface Entry {
  name: string;
  isDirectory(): boolean;
  isFile(): boolean;
  isSymbolicLink(): boolean;
}

/** In the order of the alphabet, whatever the file system’s is. */
const byName = (a: Entry, b: Entry) => (a.name < b.name ? -1 : 1);

async function readTop(folder: string): Promise<Entry[]> {
  try {
    return (await readdir(folder, { withFileTypes: true })).sort(byName);
  } catch (error) {
    throw new StudioError(
      'folder-unreadable',
      `The folder “${folder}” cannot be read: ${fileErrorReason(error)}. Please choose a folder with MNIST files.`,
    );
  }
}

async function readBelow(folder: string, name: string, unread: UnreadFolder[]): Promise<Entry[]> {
  try {
    return (await readdir(join(folder, name), { withFileTypes: true })).sort(byName);
  } catch (error) {
    unread.push({ name, error });
    return [];
  }
}

async function withoutPipes(folder: string, parent: string, entries: Entry[]): Promise<Entry[]> {
  const kinds = await Promise.all(entries.map((entry) => kindOf(folder, join(parent, entry.name), entry)));
  return entries.filter((_, k) => kinds[k] !== undefined);
}

function addFile({ names, unfinished, pictures }: Listing, depth: number, parent: string, name: string): void {
  if (NO_FILE_OF_THE_USER.test(name)) return;
  const isPicture = countPicture(pictures, parent.split(sep).join('/'), name);
  if (depth > DEEPEST || (isPicture && names.length >= MOST_NAMES_BEFORE_PICTURE)) return;
  (UNFINISHED.test(name) ? unfinished : names).push(join(parent, name));
}

/** A dangling link counts as a file, so that reading it fails with a sentence. Undefined for anything else. */
async function kindOf(folder: string, name: string, entry: Entry): Promise<'file' | 'folder' | undefined> {
  const target = entry.isSymbolicLink() ? await stat(join(folder, name)).catch(() => undefined) : entry;
  if (target?.isDirectory()) return 'folder';
  return target === undefined || target.isFile() ? 'file' : undefined;
}

async function enter(entered: Set<string>, path: string): Promise<boolean> {
  const place = await placeOf(path);
  if (entered.has(place)) return false;
  entered.add(place);
  return true;
}

const placeOf = (path: string) => realpath(path).catch(() => path);

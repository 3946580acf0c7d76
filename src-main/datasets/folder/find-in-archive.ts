// Finds the datasets in a ZIP or tar archive, as in a folder: IDX files, arrays, tables and pictures.
import { basename } from 'node:path';
import { archiveItems } from '../../files/archive/archive';
import { gunzipped } from '../../files/archive/gunzipped';
import { SPLIT_FILES, type DataPart } from '../../../src-shared/data/dataset';
import { LONGEST_FIRST_LINE } from '../../trainer/data/sources/read-csv';
import { arrayPart, ARRAY_NAME } from './find-arrays';
import { findCollections, type FoundCollection } from './find-collections';
import { findFiles } from './find-files';
import { parseName } from './file-name';
import { countPicture, findPictures, type PictureCounts } from './find-pictures';
import { tablePart, TABLE_NAME } from './find-tables';
import { collectionsOfParts } from './found-parts';
import type { FoundPart } from './named-part';
import { peekContent, type Peek } from './peek-file';
import { isSystemFolder } from '../../files/system-folders';

/** Of each file that may be part of a dataset. */
const START_BYTES = 1 << 16;
const MOST_STARTS = 400;
const LINE_FEED = 10;

interface Listing {
  names: string[];
  /** Their paths as the archive has them. */
  members: Map<string, string>;
  /** The first bytes of some, unpacked. */
  starts: Map<string, Uint8Array>;
  pictures: PictureCounts;
}

/**
 * @param path of the archive within the folder. Throws file-unreadable, file-truncated, and what the system reports.
 */
export async function findInArchive(folder: string, path: string, file: string): Promise<FoundCollection[]> {
  const { names, members, starts, pictures } = await listArchive(file);
  const part = (format: DataPart['format'], entry: string): DataPart => ({
    format,
    file,
    entry,
    ...memberOf(entry, members),
  });
  const parts = [...starts].flatMap(([entry, start]): FoundPart[] => {
    const inside = `${path}/${entry}`;
    if (TABLE_NAME.test(entry))
      return [tablePart(inside, start, part('csv', entry))].filter((found) => found !== undefined);
    return ARRAY_NAME.test(entry) ? arrayPart(inside, entry, part('npy', entry)) : [];
  });
  const idx = await findIdx(folder, path, names, starts, part);
  const others = [
    ...collectionsOfParts(folder, parts),
    ...findPictures(pictures, [path], folder, (root) => part('png', root)),
  ];
  return [...idx, ...(idx.some(({ trainImages, trainLabels }) => trainImages && trainLabels) ? [] : others)];
}

async function findIdx(
  folder: string,
  path: string,
  names: string[],
  starts: Map<string, Uint8Array>,
  part: (format: DataPart['format'], entry: string) => DataPart,
): Promise<FoundCollection[]> {
  const peek = async (name: string): Promise<Peek | undefined> => peekContent(starts.get(name.replaceAll('\\', '/')));
  const found = findCollections('', await findFiles('', names, peek), []);
  return found.map((collection) => {
    const moved: FoundCollection = {
      ...collection,
      id: `${path}/${collection.id}`,
      directory: `${folder}/${basename(path).replace(/\.(?:zip|tgz|tar|tar\.gz)$/i, '')}/${collection.prefix}`,
      parts: {},
    };
    for (const split of SPLIT_FILES) {
      const entry = collection[split]?.replaceAll('\\', '/');
      if (entry === undefined) continue;
      const found = part('idx', entry);
      moved[split] = `${found.file}/${entry}`;
      moved.parts![split] = found;
    }
    return moved;
  });
}

async function listArchive(file: string): Promise<Listing> {
  const listing: Listing = { names: [], members: new Map(), starts: new Map(), pictures: new Map() };
  for await (const { name, member, content } of archiveItems(file)) {
    const [folders, own] = [name.split('/').slice(0, -1), basename(name)];
    if (folders.some(isSystemFolder) || own.startsWith('.')) continue;
    countPicture(listing.pictures, folders.join('/'), own);
    const mayBePart = TABLE_NAME.test(own) || ARRAY_NAME.test(own) || parseName(own) !== undefined;
    if (!mayBePart || listing.starts.size >= MOST_STARTS) continue;
    listing.names.push(name);
    listing.members.set(name, member);
    listing.starts.set(name, await startOf(name, content(), TABLE_NAME.test(own)));
  }
  return listing;
}

function memberOf(entry: string, members: ReadonlyMap<string, string>): Pick<DataPart, 'member'> {
  const member = members.get(entry);
  return member === undefined || member === entry ? {} : { member };
}

async function startOf(name: string, content: AsyncIterable<Uint8Array>, isTable: boolean): Promise<Uint8Array> {
  let start: Uint8Array = new Uint8Array(0);
  for await (const portion of gunzipped(content, name)) {
    start = start.length === 0 ? portion.slice() : new Uint8Array(Buffer.concat([start, portion]));
    if (start.length >= START_BYTES && (!isTable || start.includes(LINE_FEED) || start.length >= LONGEST_FIRST_LINE))
      break;
  }
  // Of a table only the first line is needed.
  return start.slice(0, isTable ? Math.max(START_BYTES, start.indexOf(LINE_FEED) + 1) : START_BYTES);
}

// Finds datasets that are not IDX files on the disk: tables, arrays, pictures, and archives of these or of IDX files.
import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { archiveItems, ARCHIVE_NAME } from '../../files/archive/archive';
import { StudioError } from '../../../src-shared/errors';
import { readStart } from '../../trainer/data/idx/read-start';
import { LONGEST_FIRST_LINE } from '../../trainer/data/sources/read-csv';
import { arrayPart, ARRAY_NAME, ARRAYS_NAME, npzParts } from './find-arrays';
import type { FoundCollection } from './find-collections';
import { findClassNames } from './class-name-files';
import { pathParts } from './find-files';
import { findInArchive } from './find-in-archive';
import { findPictures } from './find-pictures';
import { tablePart, TABLE_NAME } from './find-tables';
import { collectionsOfParts } from './found-parts';
import type { FoundPart } from './named-part';
import type { Listing } from './list-folder';

export interface OtherDatasets {
  collections: FoundCollection[];
  /**
   * Why archives could not be read, which matters only if nothing is found. If a collection is wanted, only faults of
   * its own file.
   */
  faults: StudioError[];
}

/** Limit of files, because each is opened. */
const MOST_FILES = 100;
/** Limit of archives, because a compressed tar archive must be unpacked. */
const MOST_ARCHIVES = 20;
const LARGEST_ARCHIVE = 2 ** 30;
/** Bytes to read of a packed file. */
const PEEKED = 1 << 16;

/** @param wanted id of the wanted collection; undefined for all */
export async function findOtherDatasets(folder: string, listing: Listing, wanted?: string): Promise<OtherDatasets> {
  const faults: StudioError[] = [];
  const parts: FoundPart[] = [];
  const collections: FoundCollection[] = [];
  const candidates = listing.names.filter(
    (name) => TABLE_NAME.test(name) || ARRAY_NAME.test(name) || ARRAYS_NAME.test(name) || ARCHIVE_NAME.test(name),
  );
  // If the collection is in an archive, no other file is read, because archives take long.
  const archive = candidates.find((name) => ARCHIVE_NAME.test(name) && isIn(wanted, name));
  const files = candidates.filter((name) => !ARCHIVE_NAME.test(name)).slice(0, MOST_FILES);
  const archives = candidates.filter((name) => ARCHIVE_NAME.test(name)).slice(0, MOST_ARCHIVES);
  for (const name of archive === undefined ? [...files, ...archives] : [archive]) {
    const [path, file] = [name.replaceAll('\\', '/'), join(folder, name)];
    try {
      if (TABLE_NAME.test(name)) parts.push(...(await tableOnDisk(path, file)));
      else if (ARRAY_NAME.test(name)) parts.push(...arrayPart(path, path, { format: 'npy', file }));
      else if (ARRAYS_NAME.test(name)) parts.push(...npzParts(path, file, await entriesOf(file)));
      else {
        await checkArchive(path, file, archive !== undefined);
        collections.push(...(await findInArchive(folder, path, file)));
      }
    } catch (error) {
      // What the system cannot read is passed over, as if it were not there; a damaged archive is named.
      if (error instanceof StudioError && (wanted === undefined || isIn(wanted, name))) faults.push(error);
    }
  }
  const isFile = candidates.some((name) => isIn(wanted, name));
  const pictures = isFile
    ? []
    : findPictures(listing.pictures, [], folder, (root) => ({ format: 'png', file: join(folder, root) }));
  const found = [...collectionsOfParts(folder, parts, wanted), ...collections, ...pictures];
  return {
    collections: found.map((collection) => ({
      ...collection,
      classNames: classNamesOf(folder, collection, listing.names),
    })),
    faults,
  };
}

/** The file with class names beside the images or their archive, or in the folder of pictures. */
function classNamesOf(
  folder: string,
  { prefix, parts }: FoundCollection,
  names: readonly string[],
): string | undefined {
  const images = parts?.trainImages;
  if (!images) return undefined;
  const path = pathParts(relative(folder, images.file)).filter((part) => part !== '');
  const places =
    images.format === 'png' && images.entry === undefined ? [path, path.slice(0, -1)] : [path.slice(0, -1)];
  return findClassNames(folder, places, prefix, names);
}

/** Throws too-large for an archive that would take minutes. */
async function checkArchive(name: string, file: string, isWanted: boolean): Promise<void> {
  const { size } = await stat(file);
  if (isWanted || size <= LARGEST_ARCHIVE) return;
  throw new StudioError(
    'too-large',
    `${name} is larger than ${LARGEST_ARCHIVE / 2 ** 30} GiB, and was not looked into. Please open this file ` +
      'itself, or unpack it and open its folder.',
  );
}

async function tableOnDisk(path: string, file: string): Promise<FoundPart[]> {
  const { content } = await readStart(file, /\.gz$/i.test(file) ? PEEKED : LONGEST_FIRST_LINE);
  const found = content && tablePart(path, content, { format: 'csv', file });
  return found ? [found] : [];
}

/** The names of the files in an archive. Throws what archiveItems does. */
export async function entriesOf(file: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of archiveItems(file)) names.push(name);
  return names;
}

/** Whether the collection is this file, or in it. */
function isIn(wanted: string | undefined, name: string): boolean {
  const path = name.replaceAll('\\', '/');
  return wanted !== undefined && (wanted === path || wanted.startsWith(`${path}/`) || wanted.startsWith(`${path}:`));
}

// A file that is given in place of a folder: a table, an archive, or one of several files that belong together.
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { FolderSource } from '../../../src-shared/data/dataset';
import { StudioError } from '../../../src-shared/errors';
import { ARCHIVE_NAME } from '../../files/archive/archive';
import { adviceFor } from '../../files/kind/advice';
import { fileKindAt } from '../../files/kind/inspect-file';
import { ARRAY_NAME, ARRAYS_NAME, npzParts } from './find-arrays';
import { entriesOf } from './find-other-datasets';
import { TABLE_NAME } from './find-tables';

const OPENABLE = [ARCHIVE_NAME, TABLE_NAME, ARRAY_NAME];

/** Whether a file is opened as a dataset because of its name, or of the arrays in it. */
export async function isDatasetFile(path: string): Promise<boolean> {
  if (OPENABLE.some((pattern) => pattern.test(path))) return true;
  return ARRAYS_NAME.test(path) && holdsDataset(path);
}

/** Arrays of images and of labels, rather than the weights of a network. */
async function holdsDataset(npz: string): Promise<boolean> {
  // If it is damaged, the reader of networks says so.
  const entries = await entriesOf(npz).catch(() => []);
  const held = npzParts(npz, npz, entries).map(({ holds }) => holds);
  return held.includes('images') && held.includes('labels');
}

/**
 * Replaces a file by its folder and the dataset that it belongs to. A folder stays as it is, and so does a path that
 * does not exist: opening it fails with a sentence. Throws not-idx if the file is of no kind that a dataset could be.
 */
export async function sourceOf(source: FolderSource): Promise<FolderSource> {
  const found = await stat(source.folder).catch(() => undefined);
  if (!found?.isFile()) return source;
  const [folder, name] = [dirname(source.folder), basename(source.folder)];
  if ([...OPENABLE, ARRAYS_NAME].some((pattern) => pattern.test(name)))
    return { ...source, folder, collection: source.collection ?? name };
  const kind = await fileKindAt(source.folder);
  if (kind?.id === 'idx' || kind?.inside?.id === 'idx') return { ...source, folder };
  const what = kind ? `is ${kind.what}` : 'is of no kind that this app knows';
  const advice = kind ? adviceFor(kind, 'dataset') : 'Please choose a folder with the files of a dataset.';
  throw new StudioError(
    'not-idx',
    `${name} ${what}: expected a folder, or a file of a dataset (.npz, .csv, .zip, .tar.gz). ${advice}`,
  );
}

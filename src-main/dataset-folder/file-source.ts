// A file that is given in place of a folder: a table, an archive, or one of several files that belong together.
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { FolderSource } from '../../src-shared/dataset';
import { StudioError } from '../../src-shared/errors';
import { ARCHIVE_NAME } from '../archive/archive';
import { adviceFor } from '../file-kind/advice';
import { fileKindAt } from '../file-kind/look-at-file';
import { ARRAY_NAME } from './find-arrays';
import { TABLE_NAME } from './find-tables';

const OPENABLE = [ARCHIVE_NAME, TABLE_NAME, ARRAY_NAME, /\.npz$/i];

/**
 * The folder of a file that was given, and in it the dataset that the file belongs to. A folder is left as it is, and so is what is
 * not there: whoever opens it says so. Throws not-idx if the file is of no kind that a dataset could be.
 */
export async function sourceOf(source: FolderSource): Promise<FolderSource> {
  const found = await stat(source.folder).catch(() => undefined);
  if (!found?.isFile()) return source;
  const [folder, name] = [dirname(source.folder), basename(source.folder)];
  if (OPENABLE.some((pattern) => pattern.test(name))) return { ...source, folder, collection: source.collection ?? name };
  const kind = await fileKindAt(source.folder);
  if (kind?.id === 'idx' || kind?.inside?.id === 'idx') return { ...source, folder };
  const what = kind ? `is ${kind.what}` : 'is of no kind that this app knows';
  const advice = kind ? adviceFor(kind, 'dataset') : 'Please choose a folder with the files of a dataset.';
  throw new StudioError('not-idx', `${name} ${what}: expected a folder, or a file of a dataset (.npz, .csv, .zip, .tar.gz). ${advice}`);
}

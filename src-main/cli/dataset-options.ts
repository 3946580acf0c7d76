// The dataset that a command of the command line works on: its options, and finding its files.
import { folderSource, isQuestion, type Collection, type DatasetSource } from '../../src-shared/data/dataset';
import { StudioError } from '../../src-shared/errors';
import { UsageError } from './usage';
import { builtinCollection, locateDataset } from '../datasets/dataset-files';
import { sourceOf } from '../datasets/folder/file-source';
import type { Dataset } from '../trainer/data/dataset';
import { loadDataset } from '../trainer/data/load-dataset';

export const DATASET_ARGUMENTS = ['data', 'collection', 'hold-out', 'transposed'] as const;

export const DATASET_FLAGS: [flag: string, text: string][] = [
  [
    'data <folder|builtin>',
    'the folder with the MNIST files, a .npz, .csv, .zip or .tar.gz with them, or the MNIST packed with the ' +
      'app (required)',
  ],
  ['collection <name>', 'which of several in the folder, such as emnist-letters'],
  [
    'hold-out <share>',
    'where the folder has no test images: share of the training images that are tested on, 0.01 to 0.5',
  ],
  [
    'transposed <yes|no>',
    'whether the files hold every image with rows and columns swapped, as EMNIST does (default: by their names)',
  ],
];

/** @param text what follows a flag of DATASET_ARGUMENTS. Throws UsageError. */
export function readSource(text: (name: (typeof DATASET_ARGUMENTS)[number]) => string | undefined): DatasetSource {
  const data = text('data');
  if (data === undefined) throw new UsageError('--data is missing: expected a folder with MNIST files, or “builtin”.');
  if (data === 'builtin') return { kind: 'builtin' };
  const share = text('hold-out');
  const holdOut = share === undefined ? undefined : share.trim() === '' ? NaN : Number(share);
  if (holdOut !== undefined && !(holdOut >= 0.01 && holdOut <= 0.5))
    throw new UsageError(`--hold-out is ${share}: expected a share from 0.01 to 0.5.`);
  const transposed = text('transposed');
  if (transposed !== undefined && transposed !== 'yes' && transposed !== 'no')
    throw new UsageError(`--transposed is ${transposed}: expected yes or no.`);
  return folderSource(data, {
    collection: text('collection'),
    holdOut,
    transposed: transposed === undefined ? undefined : transposed === 'yes',
  });
}

/** Throws StudioError if the files are not valid, or if the options are not sufficient. */
export async function openDataset(given: DatasetSource, builtinFolder: string): Promise<Dataset> {
  const source = given.kind === 'folder' ? await sourceOf(given) : given;
  return loadDataset(await locate(source, builtinFolder), source, () => undefined);
}

/** The app can ask the person; on the command line the options must say. */
async function locate(source: DatasetSource, builtinFolder: string): Promise<Collection> {
  if (source.kind === 'builtin') return builtinCollection(builtinFolder);
  const found = await locateDataset(source);
  if (!isQuestion(found)) return found;
  if (found.kind === 'hold-out') {
    throw new StudioError(
      'file-missing',
      `“${source.folder}” has no test images. Add --hold-out 0.14 to take them from the training images, or ` +
        'any other share.',
    );
  }
  if (found.kind === 'transposed') {
    const [looks, named] = found.suggested
      ? ['on their side', 'upright']
      : ['upright', 'on their side, as EMNIST’s are'];
    throw new StudioError(
      'refused',
      `The images in ${found.file} look ${looks}, but by its name they should be ${named}. ` +
        'Please add --transposed ' +
        (found.suggested ? 'yes to turn them upright, or --transposed no' : 'no to keep them, or --transposed yes') +
        ' if that is wrong.',
    );
  }
  const ids = found.choices.map(({ collection, title }) => `${collection === '' ? '""' : collection} (${title})`);
  throw new StudioError(
    'file-missing',
    `“${source.folder}” holds several datasets. Please choose one with --collection: ${ids.join(', ')}.`,
  );
}

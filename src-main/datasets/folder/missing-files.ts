// The sentences for a folder that lacks files.
import { SPLIT_FILES, type SplitFile } from '../../../src-shared/data/dataset';
import { StudioError } from '../../../src-shared/errors';
import { fileErrorReason } from '../../files/file-errors';
import type { FoundCollection } from './find-collections';
import type { Listing } from './list-folder';

const EXPECTED =
  'train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz and ' +
  't10k-labels-idx1-ubyte.gz (with or without .gz), ' +
  'or the files of EMNIST or QMNIST, mnist.npz, mnist_train.csv, a folder of PNG pictures for each class, or a ' +
  '.zip or .tar.gz with any of these';

/** If no collection has a training pair. @param contents what is in the folder, in sentences */
export function nothingComplete(
  folder: string,
  collections: readonly FoundCollection[],
  { unread: [unread], unfinished }: Listing,
  contents: string,
): StudioError {
  const [first] = collections;
  if (first) return incomplete(folder, first, unfinished);
  const pending = unfinishedIn(unfinished);
  if (unread) {
    const reason = `“${unread.name}” in it could not be read: ${fileErrorReason(unread.error)}`;
    return new StudioError(
      'folder-unreadable',
      `No MNIST files were found in the folder “${folder}”, but ${reason}. Expected ${EXPECTED}. Please choose ` +
        'the folder that they are in.',
    );
  }
  return new StudioError(
    'file-missing',
    `The folder “${folder}” holds no MNIST files, nor does a folder in it.${pending} ` +
      `${contents === '' ? '' : `${contents} `}Expected ${EXPECTED}. Please choose the folder that they are in.`,
  );
}

/** If a collection lacks one of its files. */
export function incomplete(folder: string, collection: FoundCollection, unfinished: readonly string[]): StudioError {
  const { prefix } = collection;
  const test = prefix === '' ? 't10k' : 'test';
  const labels = prefix === 'qmnist' ? 'labels-idx2-int.gz' : 'labels-idx1-ubyte.gz';
  const usual: Record<SplitFile, string> = {
    trainImages: 'train-images-idx3-ubyte.gz',
    trainLabels: `train-${labels}`,
    testImages: `${test}-images-idx3-ubyte.gz`,
    testLabels: `${test}-${labels}`,
  };
  const missing = SPLIT_FILES.filter((split) => !collection[split]);
  const missingNames = missing.map((split) => (prefix === '' ? '' : `${prefix}-`) + usual[split]);
  return new StudioError(
    'file-missing',
    `The folder “${folder}” lacks ${missingNames.join(' and ')} (with or without ` +
      `.gz).${unfinishedIn(unfinished)} Expected images and labels, for training and for testing. ` +
      'Please add what is missing, or choose another folder.',
  );
}

function unfinishedIn(unfinished: readonly string[]): string {
  const names = unfinished.filter((name) => /images|labels|mnist/i.test(name));
  if (names.length === 0) return '';
  return ` ${names
    .slice(0, 4)
    .map((name) => `“${name}”`)
    .join(', ')} ${names.length === 1 ? 'is a download that has' : 'are downloads that have'} not ended.`;
}

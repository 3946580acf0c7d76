// Finds the files of a dataset in a folder, by their names. What is inside them is the trainer's business.
import { basename, join } from 'node:path';
import { isQuestion, type Collection, type DatasetSource, type FolderSource, type OpenQuestion } from '../src-shared/dataset';
import { StudioError } from '../src-shared/errors';
import { findCollections } from './dataset-folder/find-idx-files';
import { listFolder } from './dataset-folder/list-folder';
import { incomplete, nothingComplete } from './dataset-folder/missing-files';

/** The share of a training set that becomes the test set, as MNIST has 10,000 of 70,000. */
const SUGGESTED_HOLD_OUT = 1 / 7;

/** The collection that a folder source means, or what must be asked first. Throws folder-unreadable, file-missing. */
export async function locateDataset(source: FolderSource): Promise<Collection | OpenQuestion> {
  const { folder } = source;
  const { names, unread } = await listFolder(folder);
  const collections = findCollections(folder, names);
  const complete = collections.filter((collection) => collection.trainImages && collection.trainLabels) as Collection[];
  if (complete.length === 0) throw nothingComplete(folder, collections, unread);
  const chosen = source.collection === undefined ? complete : complete.filter(({ id }) => id === source.collection);
  if (chosen.length === 0) {
    throw new StudioError('file-missing', `The folder “${folder}” no longer holds “${source.collection}”. Please open the folder again.`);
  }
  if (chosen.length > 1) {
    return { kind: 'which', folder, choices: chosen.map((collection) => ({ collection: collection.id, ...describe(collection) })) };
  }
  const [collection] = chosen as [Collection];
  if (collection.testImages && collection.testLabels) return collection;
  if (collection.testImages ?? collection.testLabels) throw incomplete(folder, collection);
  if (source.holdOut === undefined) {
    return { kind: 'hold-out', folder, collection: collection.id, file: basename(collection.trainImages), suggested: SUGGESTED_HOLD_OUT };
  }
  return collection;
}

/** Finds the files of a source that was opened before, and so has nothing left to ask. Throws file-missing. @param builtinFolder the MNIST that is packed with the app */
export async function locateAgain(source: DatasetSource, builtinFolder: string): Promise<Collection> {
  if (source.kind === 'builtin') return builtinCollection(builtinFolder);
  const found = await locateDataset(source);
  if (isQuestion(found)) throw new StudioError('file-missing', `The files in “${source.folder}” have changed. Please open the folder again.`);
  return found;
}

/** The MNIST that is packed with the app. */
export function builtinCollection(folder: string): Collection {
  const file = (name: string) => join(folder, name);
  return {
    id: '',
    prefix: '',
    trainImages: file('train-images-idx3-ubyte.gz'),
    trainLabels: file('train-labels-idx1-ubyte.gz'),
    testImages: file('t10k-images-idx3-ubyte.gz'),
    testLabels: file('t10k-labels-idx1-ubyte.gz'),
  };
}

function describe({ id, prefix, trainImages }: Collection): { title: string; detail: string } {
  const [family, ...rest] = prefix.split('-');
  const title = family === 'emnist' ? `EMNIST ${rest.join(' ')}` : family === 'qmnist' ? 'QMNIST' : id.split('/').at(-2) ?? (prefix || basename(trainImages));
  return { title, detail: basename(trainImages) };
}

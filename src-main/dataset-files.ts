// Finds the files of a dataset in a folder, by their names. What is inside them is the trainer's business.
import { basename, join } from 'node:path';
import { isQuestion, type Collection, type DatasetSource, type FolderSource, type OpenQuestion } from '../src-shared/dataset';
import { StudioError } from '../src-shared/errors';
import { findCollections, type FoundCollection } from './dataset-folder/find-collections';
import { findFiles } from './dataset-folder/find-files';
import { findAsVersion01 } from './dataset-folder/find-files-of-0.1';
import { listAsVersion01, listFolder, type Listing } from './dataset-folder/list-folder';
import { incomplete, nothingComplete } from './dataset-folder/missing-files';
import { withOrientation } from './dataset-folder/orientation';

/** The share of a training set that becomes the test set, as MNIST has 10,000 of 70,000. */
const SUGGESTED_HOLD_OUT = 1 / 7;

/** The collection that a folder source means, or what must be asked first. Throws folder-unreadable, file-missing. */
export async function locateDataset(source: FolderSource): Promise<Collection | OpenQuestion> {
  const { folder } = source;
  const { collections, listing } = await findAll(source);
  const complete = collections.filter(hasTrainingPair);
  if (complete.length === 0) throw nothingComplete(folder, collections, listing);
  const chosen = source.collection === undefined ? complete : complete.filter(({ id }) => id === source.collection);
  if (chosen.length === 0) {
    throw new StudioError('file-missing', `The folder “${folder}” no longer holds “${source.collection}”. Please open the folder again.`);
  }
  if (chosen.length > 1) {
    return { kind: 'which', folder, choices: chosen.map((collection) => ({ collection: collection.id, ...describe(collection) })) };
  }
  const [collection] = chosen as [Collection];
  const hasTest = collection.testImages !== undefined && collection.testLabels !== undefined;
  if (!hasTest && (collection.testImages ?? collection.testLabels)) throw incomplete(folder, collection, listing.unfinished);
  if (!hasTest && source.holdOut === undefined) {
    return { kind: 'hold-out', folder, collection: collection.id, file: basename(collection.trainImages), suggested: SUGGESTED_HOLD_OUT };
  }
  return source.rules === undefined ? collection : withOrientation(source, collection);
}

/** By the rules of the version that the source is of. */
async function findAll(source: FolderSource): Promise<{ collections: FoundCollection[]; listing: Listing }> {
  const { folder } = source;
  if (source.rules === undefined) {
    const listing = await listAsVersion01(folder);
    return { collections: findAsVersion01(folder, listing.names), listing };
  }
  const listing = await listFolder(folder);
  return { collections: findCollections(folder, await findFiles(folder, listing.names), listing.names), listing };
}

const hasTrainingPair = (collection: FoundCollection): collection is FoundCollection & Collection => collection.trainImages !== undefined && collection.trainLabels !== undefined;

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
  const words = prefix.split(/[-_. ]/);
  const emnist = words.indexOf('emnist');
  const place = id.split('/').at(-2);
  const title = emnist >= 0 ? `EMNIST ${words.slice(emnist + 1).join(' ')}` : words.includes('qmnist') ? 'QMNIST' : (place ?? (prefix || basename(trainImages)));
  return { title, detail: basename(trainImages) };
}

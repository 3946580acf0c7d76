// Finds the files of a dataset in a folder by their names. The trainer reads their content.
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  isQuestion,
  SPLIT_FILES,
  type Collection,
  type DatasetSource,
  type FolderSource,
  type OpenQuestion,
} from '../../src-shared/data/dataset';
import { StudioError } from '../../src-shared/errors';
import { findCollections, type FoundCollection } from './folder/find-collections';
import { findFiles } from './folder/find-files';
import { findAsVersion01 } from './folder/find-files-of-0.1';
import { findOtherDatasets } from './folder/find-other-datasets';
import { listAsVersion01, listFolder, type Listing } from './folder/list-folder';
import { incomplete, nothingComplete } from './folder/missing-files';
import { withOrientation } from './folder/orientation';
import { whatIsThere } from './folder/folder-contents';
import { fileKindAt } from '../files/kind/inspect-file';

/** Share of a training set that becomes the test set, as in MNIST with 10,000 of 70,000. */
const SUGGESTED_HOLD_OUT = 1 / 7;

/** Finds the collection of a source, or the question to ask first. Throws folder-unreadable, file-missing. */
export async function locateDataset(source: FolderSource): Promise<Collection | OpenQuestion> {
  const { folder } = source;
  const { collections, listing, faults } = await findAll(source);
  const complete = collections.filter(hasTrainingPair);
  if (complete.length === 0)
    throw faults[0] ?? nothingComplete(folder, collections, listing, await whatIsThere(folder, listing));
  const chosen = source.collection === undefined ? complete : matching(complete, folder, source.collection);
  if (chosen.length === 0) throw faults[0] ?? (await nothingInFile(folder, source.collection!));
  if (chosen.length > 1) {
    return {
      kind: 'which',
      folder,
      choices: chosen.map((collection) => ({ collection: collection.id, ...describe(collection) })),
    };
  }
  const [collection] = chosen as [Collection];
  const hasTest = collection.testImages !== undefined && collection.testLabels !== undefined;
  if (!hasTest && (collection.testImages ?? collection.testLabels))
    throw incomplete(folder, collection, listing.unfinished);
  if (!hasTest && source.holdOut === undefined) {
    return {
      kind: 'hold-out',
      folder,
      collection: collection.id,
      file: basename(collection.trainImages),
      suggested: SUGGESTED_HOLD_OUT,
    };
  }
  return source.rules === undefined ? collection : withOrientation(source, collection);
}

/** The collection with this id, or the collections that a given file is part of. */
function matching(collections: Collection[], folder: string, wanted: string): Collection[] {
  const [exact] = collections.filter(({ id }) => id === wanted);
  if (exact) return [exact];
  const file = join(folder, wanted);
  return collections.filter(
    (collection) =>
      collection.parts &&
      (collection.id.startsWith(`${wanted}/`) || SPLIT_FILES.some((split) => collection[split] === file)),
  );
}

/** The error if a given file holds no dataset, or if a chosen collection is gone. */
async function nothingInFile(folder: string, wanted: string): Promise<StudioError> {
  const isFile = await stat(join(folder, wanted)).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile)
    return new StudioError(
      'file-missing',
      `The folder “${folder}” no longer holds “${wanted}”. Please open the folder again.`,
    );
  const kind = await fileKindAt(join(folder, wanted));
  const what = kind ? `is ${kind.what}` : 'is of no kind that this app knows';
  return new StudioError(
    'not-idx',
    `${wanted} ${what}, and no images with labels were found in it: expected a file of a dataset (.npz, .csv, ` +
      '.zip, .tar.gz). Please choose another one, or a folder.',
  );
}

/** Uses the rules of the app's version that the source is from. */
async function findAll(
  source: FolderSource,
): Promise<{ collections: FoundCollection[]; listing: Listing; faults: StudioError[] }> {
  const { folder } = source;
  if (source.rules === undefined) {
    const listing = await listAsVersion01(folder);
    return { collections: findAsVersion01(folder, listing.names), listing, faults: [] };
  }
  const listing = await listFolder(folder);
  const collections = findCollections(folder, await findFiles(folder, listing.names), listing.names);
  const wanted = source.collection;
  if (wanted === undefined ? collections.some(hasTrainingPair) : collections.some(({ id }) => id === wanted))
    return { collections, listing, faults: [] };
  // Only now, because archives and tables are often beside the files that were unpacked from them.
  const others = await findOtherDatasets(folder, listing, wanted);
  return { collections: [...collections, ...others.collections], listing, faults: others.faults };
}

const hasTrainingPair = (collection: FoundCollection): collection is FoundCollection & Collection =>
  collection.trainImages !== undefined && collection.trainLabels !== undefined;

/**
 * Finds the files of a source that was opened before, so that nothing needs to be asked. Throws file-missing.
 * @param builtinFolder the MNIST that is packed with the app
 */
export async function locateAgain(source: DatasetSource, builtinFolder: string): Promise<Collection> {
  if (source.kind === 'builtin') return builtinCollection(builtinFolder);
  const found = await locateDataset(source);
  if (isQuestion(found))
    throw new StudioError(
      'file-missing',
      `The files in “${source.folder}” have changed. Please open the folder again.`,
    );
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
  const title =
    emnist >= 0
      ? `EMNIST ${words.slice(emnist + 1).join(' ')}`
      : words.includes('qmnist')
        ? 'QMNIST'
        : (place ?? (prefix || basename(trainImages)));
  return { title, detail: basename(trainImages) };
}

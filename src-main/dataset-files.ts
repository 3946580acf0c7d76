// Finds the files of a dataset in a folder, by their names. What is inside them is the trainer's business.
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Collection, DatasetSource, FolderSource, OpenQuestion, SplitFile } from '../src-shared/contract';
import { StudioError } from '../src-shared/errors';
import { fileErrorReason } from './file-errors';

/**
 * The names of the whole family: what comes before "train", the set, the content, and the kind of IDX. With a dot in place of a
 * dash as many unpackers write it, with or without .gz, in any letter case.
 */
const NAME = /^(?<prefix>.*?)[-._]?(?<set>train|t10k|test)[-._](?<content>images|labels)[-._]idx\d-(?:ubyte|byte|short|int)(?:\.gz)?$/i;
const CLASS_NAMES = /^(?:labels\.txt|(?<prefix>.*?)[-._]?mapping\.txt)$/i;
/** The share of a training set that becomes the test set, as MNIST has 10,000 of 70,000. */
const SUGGESTED_HOLD_OUT = 1 / 7;

const EXPECTED =
  'train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz (with or without .gz), ' +
  'or the files of EMNIST or QMNIST';

type Found = Partial<Record<SplitFile, string>> & { prefix: string };

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
  if ('kind' in found) throw new StudioError('file-missing', `The files in “${source.folder}” have changed. Please open the folder again.`);
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

/** Groups names by their sub-folder and prefix. @param names paths within the folder */
export function findCollections(folder: string, names: readonly string[]): (Partial<Collection> & { id: string; prefix: string })[] {
  const groups = new Map<string, Found>();
  // Plain names before those with .gz, so that where both are there the plain one is read.
  for (const name of [...names].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
    const match = NAME.exec(basename(name))?.groups;
    if (!match) continue;
    const prefix = match['prefix']!.toLowerCase();
    const id = [...pathParts(name).slice(0, -1), prefix].join('/');
    const group = groups.get(id) ?? { prefix };
    const set = match['set']!.toLowerCase() === 'train' ? 'train' : 'test';
    const split: SplitFile = match['content']!.toLowerCase() === 'images' ? `${set}Images` : `${set}Labels`;
    group[split] ??= join(folder, name);
    groups.set(id, group);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, files]) => ({ id, ...files, classNames: classNamesFor(folder, id, files.prefix, names) }));
}

function classNamesFor(folder: string, id: string, prefix: string, names: readonly string[]): string | undefined {
  const place = id.split('/').slice(0, -1).join('/');
  const candidates = names.filter((name) => pathParts(name).slice(0, -1).join('/') === place);
  const own = candidates.find((name) => CLASS_NAMES.exec(basename(name))?.groups?.['prefix']?.toLowerCase() === prefix && prefix !== '');
  const common = candidates.find((name) => /^labels\.txt$/i.test(basename(name)));
  const found = own ?? common;
  return found === undefined ? undefined : join(folder, found);
}

function describe({ id, prefix, trainImages }: Collection): { title: string; detail: string } {
  const [family, ...rest] = prefix.split('-');
  const title = family === 'emnist' ? `EMNIST ${rest.join(' ')}` : family === 'qmnist' ? 'QMNIST' : id.split('/').at(-2) ?? (prefix || basename(trainImages));
  return { title, detail: basename(trainImages) };
}

function nothingComplete(folder: string, collections: ReturnType<typeof findCollections>, [unread]: readonly UnreadFolder[]): StudioError {
  const [first] = collections;
  if (!first && unread) {
    const reason = `“${unread.name}” in it could not be read: ${fileErrorReason(unread.error)}`;
    return new StudioError('folder-unreadable', `No MNIST files were found in the folder “${folder}”, but ${reason}. Expected ${EXPECTED}. Please choose the folder that they are in.`);
  }
  if (!first) {
    return new StudioError('file-missing', `The folder “${folder}” holds no MNIST files, nor does a folder in it. Expected ${EXPECTED}. Please choose the folder that they are in.`);
  }
  return incomplete(folder, first);
}

function incomplete(folder: string, collection: Partial<Collection> & { prefix: string }): StudioError {
  const { prefix } = collection;
  const test = prefix === '' ? 't10k' : 'test';
  const labels = prefix === 'qmnist' ? 'labels-idx2-int.gz' : 'labels-idx1-ubyte.gz';
  const usual: Record<SplitFile, string> = {
    trainImages: 'train-images-idx3-ubyte.gz',
    trainLabels: `train-${labels}`,
    testImages: `${test}-images-idx3-ubyte.gz`,
    testLabels: `${test}-${labels}`,
  };
  const missing = (Object.keys(usual) as SplitFile[]).filter((split) => !collection[split]);
  const missingNames = missing.map((split) => (prefix === '' ? '' : `${prefix}-`) + usual[split]);
  return new StudioError(
    'file-missing',
    `The folder “${folder}” lacks ${missingNames.join(' and ')} (with or without .gz). Expected images and labels, for training and for testing. ` +
      'Please add what is missing, or choose another folder.',
  );
}

interface UnreadFolder {
  name: string;
  error: unknown;
}

/** Names in the folder and in the folders in it, and which of those could not be read: they matter only if nothing is found. */
async function listFolder(folder: string): Promise<{ names: string[]; unread: UnreadFolder[] }> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const unread: UnreadFolder[] = [];
    const listBelow = async (name: string): Promise<string[]> => {
      try {
        return (await readdir(join(folder, name))).map((inner) => join(name, inner));
      } catch (error) {
        unread.push({ name, error });
        return [];
      }
    };
    const below = await Promise.all(entries.filter((entry) => entry.isDirectory()).map(({ name }) => listBelow(name)));
    return { names: [...entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name), ...below.flat()], unread };
  } catch (error) {
    throw new StudioError(
      'folder-unreadable',
      `The folder “${folder}” cannot be read: ${fileErrorReason(error)}. Please choose a folder with MNIST files.`,
    );
  }
}

const pathParts = (name: string) => name.split(/[\\/]/);

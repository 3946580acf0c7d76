// Which arrays and tables belong together, by their names: those of one place whose names differ only in the set and the content.
import { join } from 'node:path';
import type { Collection, DataPart, SplitFile } from '../../src-shared/dataset';
import type { Content } from '../trainer/data/idx-header';
import { parseName, type SetName } from './file-name';
import type { FoundCollection } from './find-collections';

export interface FoundPart {
  /** Path within the folder, through archives too: “archive.zip/mnist_train.csv”. */
  path: string;
  /** Of an array in a file, its name there; else undefined. */
  array?: string | undefined;
  holds: Content | 'both';
  part: DataPart;
}

interface NamedPart extends FoundPart {
  set: SetName | undefined;
  /** The same for all files of a dataset: the folder and what the name says besides set and content. */
  place: string[];
  prefix: string;
}

/** @param folder that the paths are in */
export function collectionsOfParts(folder: string, parts: readonly FoundPart[]): FoundCollection[] {
  const groups = new Map<string, NamedPart[]>();
  for (const part of parts.map(withName)) {
    const key = JSON.stringify([part.place, part.array === undefined ? part.prefix : part.path]);
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return joinHalves([...groups.values()]).flatMap((group) => collectionOf(folder, group) ?? []);
}

/** What a name says: words that are written together are taken apart, as in “trainX”, “y_train” and “xtest”. */
export function partsOfName(name: string): { set: SetName | undefined; content: Content | undefined; prefix: string } {
  const stem = name.replace(/(?:\.(?:npz|npy|csv|tsv|gz))+$/i, '');
  const apart = stem.replace(/([a-z\d])([A-Z])/g, '$1_$2').replace(/^([xy])(train|test|val)/i, '$1_$2').replace(/(train|test|val)([xy])$/i, '$1_$2'); // prettier-ignore
  const { set, content, prefix } = parseName(apart) ?? { set: undefined, content: undefined, prefix: apart.toLowerCase() };
  return { set, content, prefix };
}

function withName(part: FoundPart): NamedPart {
  const path = part.path.split('/');
  const file = partsOfName(path.at(-1)!);
  const { set, prefix } = part.array === undefined ? file : { ...partsOfName(part.array), prefix: file.prefix };
  const parent = parseName(path.at(-2) ?? '');
  const isOfSetFolder = set === undefined && parent?.set !== undefined;
  return { ...part, set: isOfSetFolder ? parent.set : set, place: path.slice(0, isOfSetFolder ? -2 : -1), prefix };
}

/** Counts in names differ between the halves of a dataset: mnist_train_100.csv goes with mnist_test_10.csv, if nothing else does. */
function joinHalves(groups: NamedPart[][]): NamedPart[][] {
  const general = ({ place, prefix }: NamedPart) => JSON.stringify([place, prefix.replace(/(?:^|-)\d+k?(?=-|$)/g, '').replace(/^-/, '')]);
  const isHalf = (group: NamedPart[], set: 'train' | 'test') => group.every((part) => part.array === undefined && (part.set === 'train') === (set === 'train') && part.set !== undefined);
  const joined = new Set<NamedPart[]>();
  return groups.flatMap((group) => {
    if (joined.has(group)) return [];
    const like = groups.filter((other) => general(other[0]!) === general(group[0]!));
    if (like.length !== 2 || !like.some((half) => isHalf(half, 'train')) || !like.some((half) => isHalf(half, 'test'))) return [group];
    like.forEach((half) => joined.add(half));
    return [like.flat()];
  });
}

function collectionOf(folder: string, group: readonly NamedPart[]): FoundCollection | undefined {
  const pair = (set: SetName | undefined) => {
    const find = (content: Content) => group.find((part) => part.set === set && (part.holds === content || part.holds === 'both'));
    return { images: find('images'), labels: find('labels') };
  };
  const [train, test, validation] = [pair(group.some(({ set }) => set === 'train') ? 'train' : undefined), pair('test'), pair('validation')];
  if (!train.images || !train.labels) return undefined;
  const notes: string[] = [];
  const hasTest = test.images && test.labels;
  const used = hasTest ? test : validation.images && validation.labels ? validation : undefined;
  if (!hasTest && used) notes.push(`There is no test set, but a validation set (${used.images!.array ?? used.images!.path}): it is used as the test set.`);
  if (!hasTest && test.images) notes.push(`${test.images.array ?? test.images.path} has no labels, so it cannot be tested on.`);
  const { path, place, prefix } = train.images;
  const splits = { trainImages: train.images, trainLabels: train.labels, testImages: used?.images, testLabels: used?.labels } satisfies Record<SplitFile, NamedPart | undefined>;
  const found = (Object.entries(splits) as [SplitFile, NamedPart | undefined][]).flatMap(([split, part]) => (part ? [[split, part] as const] : []));
  return {
    id: path,
    prefix,
    directory: join(folder, ...place, prefix),
    notes,
    ...(Object.fromEntries(found.map(([split, part]) => [split, join(folder, part.path)])) as Pick<Collection, SplitFile>),
    parts: Object.fromEntries(found.map(([split, { part }]) => [split, part])),
  };
}

// Which arrays and tables belong together, by their names: those of one place whose names differ only in the set and
// the content.
import { join } from 'node:path';
import type { Collection, DataPart, SplitFile } from '../../../src-shared/data/dataset';
import type { Content } from '../../trainer/data/idx/idx-header';
import { parseName, type SetName } from './file-name';
import type { FoundCollection } from './find-collections';
import { variantsOf, type Variant } from './part-variants';

export interface FoundPart {
  /** Path within the folder, through archives too: “archive.zip/mnist_train.csv”. */
  path: string;
  /** Of an array in a file, its name there; else undefined. */
  array?: string | undefined;
  holds: Content | 'both';
  part: DataPart;
}

export interface NamedPart extends FoundPart {
  set: SetName | undefined;
  /** The same for all files of a dataset: the folder and what the name says besides set and content. */
  place: string[];
  prefix: string;
  /**
   * What the name of an array says besides set and content: “fashion” of fashion_x_train, “adversarial” of
   * x_train_adversarial.
   */
  variant: string;
  /** What tells a copy from its original, such as "(1)". */
  copy: string;
  style: string;
}

/** @param folder that the paths are in. @param wanted the path of a file that is looked for, copy or not */
export function collectionsOfParts(folder: string, parts: readonly FoundPart[], wanted?: string): FoundCollection[] {
  const groups = new Map<string, NamedPart[]>();
  for (const part of parts.map(withName)) {
    const key = JSON.stringify([part.place, part.array === undefined ? part.prefix : part.path]);
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return joinHalves([...groups.values()]).flatMap((group) => {
    const variants = variantsOf(group, wanted);
    return variants.flatMap((variant) => collectionOf(folder, variant, variants.length > 1) ?? []);
  });
}

/** Names of arrays without a word for their content. */
const ARRAY_CONTENTS: Readonly<Record<string, Content>> = {
  data: 'images',
  digits: 'images',
  features: 'images',
  inputs: 'images',
  target: 'labels',
  classes: 'labels',
  class: 'labels',
};

type Name = Pick<NamedPart, 'set' | 'prefix' | 'copy' | 'style'> & { content: Content | undefined };

/** What a name says: words that are written together are taken apart, as in “trainX”, “y_train” and “xtest”. */
export function partsOfName(name: string): Name {
  const stem = name.replace(/(?:\.(?:npz|npy|csv|tsv|gz))+$/i, '');
  const apart = stem
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/^([xy])(train|test|val)/i, '$1_$2')
    .replace(/(train|test|val)([xy])$/i, '$1_$2');
  const { set, content, prefix, copy, style } = parseName(apart) ?? {
    set: undefined,
    content: undefined,
    prefix: apart.toLowerCase(),
    copy: '',
    style: '',
  };
  return { set, content, prefix, copy, style };
}

/** The same for an array, whose content other words may say: “train_data” and “train_target”. */
export function partsOfArrayName(name: string): Name {
  const parts = partsOfName(name);
  const words = parts.prefix.split('-');
  const word = words.find((word) => Object.hasOwn(ARRAY_CONTENTS, word));
  if (parts.content !== undefined || word === undefined) return parts;
  return { ...parts, content: ARRAY_CONTENTS[word], prefix: words.filter((other) => other !== word).join('-') };
}

function withName(part: FoundPart): NamedPart {
  const path = part.path.split('/');
  const file = (part.part.format === 'npy' && part.array === undefined ? partsOfArrayName : partsOfName)(path.at(-1)!);
  const array = part.array === undefined ? undefined : partsOfArrayName(part.array);
  const { set, style } = array ?? file;
  const parent = parseName(path.at(-2) ?? '');
  const isOfSetFolder = set === undefined && parent?.set !== undefined;
  const place = path.slice(0, isOfSetFolder ? -2 : -1);
  return {
    ...part,
    set: isOfSetFolder ? parent.set : set,
    place,
    prefix: file.prefix,
    variant: array?.prefix ?? '',
    copy: array?.copy ?? file.copy,
    style,
  };
}

/**
 * Counts in names differ between the halves of a dataset: mnist_train_100.csv goes with mnist_test_10.csv, if nothing
 * else does.
 */
function joinHalves(groups: NamedPart[][]): NamedPart[][] {
  const general = ({ place, prefix }: NamedPart) =>
    JSON.stringify([place, prefix.replace(/(?:^|-)\d+k?(?=-|$)/g, '').replace(/^-/, '')]);
  const isHalf = (group: NamedPart[], set: 'train' | 'test') =>
    group.every(
      (part) => part.array === undefined && (part.set === 'train') === (set === 'train') && part.set !== undefined,
    );
  const joined = new Set<NamedPart[]>();
  return groups.flatMap((group) => {
    if (joined.has(group)) return [];
    const like = groups.filter((other) => general(other[0]!) === general(group[0]!));
    if (like.length !== 2 || !like.some((half) => isHalf(half, 'train')) || !like.some((half) => isHalf(half, 'test')))
      return [group];
    like.forEach((half) => joined.add(half));
    return [like.flat()];
  });
}

/** @param isOneOfSeveral whether the names of arrays tell it from others in the same file */
function collectionOf(
  folder: string,
  { parts: group, notes: noted }: Variant,
  isOneOfSeveral: boolean,
): FoundCollection | undefined {
  const pair = (set: SetName | undefined) => {
    const all = (content: Content) =>
      group.filter((part) => part.set === set && (part.holds === content || part.holds === 'both'));
    const [images] = all('images');
    return { images, labels: all('labels').find(({ style }) => style === images?.style) ?? all('labels')[0] };
  };
  const [train, test, validation] = [
    pair(group.some(({ set }) => set === 'train') ? 'train' : undefined),
    pair('test'),
    pair('validation'),
  ];
  if (!train.images || !train.labels) return undefined;
  const notes = [...noted];
  const hasTest = test.images && test.labels;
  const used = hasTest ? test : validation.images && validation.labels ? validation : undefined;
  if (!hasTest && used)
    notes.push(
      `There is no test set, but a validation set (${used.images!.array ?? used.images!.path}): it is used as ` +
        'the test set.',
    );
  if (!hasTest && test.images)
    notes.push(`${test.images.array ?? test.images.path} has no labels, so it cannot be tested on.`);
  const { path, place, variant } = train.images;
  const prefix = [train.images.prefix, variant].filter((word) => word !== '').join('-');
  const isInFile = isOneOfSeveral && train.images.array !== undefined;
  const splits = {
    trainImages: train.images,
    trainLabels: train.labels,
    testImages: used?.images,
    testLabels: used?.labels,
  } satisfies Record<SplitFile, NamedPart | undefined>;
  const found = (Object.entries(splits) as [SplitFile, NamedPart | undefined][]).flatMap(([split, part]) =>
    part ? [[split, part] as const] : [],
  );
  return {
    id: isInFile ? `${path}:${variant}` : path,
    prefix,
    directory: join(folder, ...place, isInFile ? prefix : train.images.prefix),
    notes,
    ...(Object.fromEntries(found.map(([split, part]) => [split, join(folder, part.path)])) as Pick<
      Collection,
      SplitFile
    >),
    parts: Object.fromEntries(found.map(([split, { part }]) => [split, part])),
  };
}

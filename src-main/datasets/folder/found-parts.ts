// Groups arrays and tables into datasets by their names: those in one place whose names differ only in set and content
// belong together.
import { join } from 'node:path';
import type { Collection, SplitFile } from '../../../src-shared/data/dataset';
import type { Content } from '../../trainer/data/idx/idx-header';
import type { SetName } from './file-name';
import type { FoundCollection } from './find-collections';
import { withName, type FoundPart, type NamedPart } from './named-part';
import { variantsOf, type Variant } from './part-variants';

/** @param folder that the paths are relative to. @param wanted path of a file to prefer, even if it is a copy */
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

/**
 * Joins a training half and a test half whose names differ in a count, such as mnist_train_100.csv and
 * mnist_test_10.csv, if neither has another partner.
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

/** @param isOneOfSeveral true if only the names of arrays distinguish it from other datasets in the same file */
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

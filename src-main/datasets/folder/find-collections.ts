// Groups files into datasets by kind and place. If two files could be the same part of a dataset, they are either
// copies, of which one is used, or parts of two datasets, which are never mixed.
import { basename, join } from 'node:path';
import type { Collection, SplitFile } from '../../../src-shared/data/dataset';
import { findClassNames } from './class-name-files';
import { pathParts, type FoundFile } from './find-files';

export type FoundCollection = Partial<Collection> & { id: string; prefix: string };

/** Files with the same place and prefix, by the part of a dataset that they could be. */
type Candidates = Partial<Record<SplitFile, FoundFile[]>>;

const SPLITS: readonly SplitFile[] = ['trainImages', 'trainLabels', 'testImages', 'testLabels'];

/** @param names all names in the folder, for the files of class names */
export function findCollections(
  folder: string,
  files: readonly FoundFile[],
  names: readonly string[],
): FoundCollection[] {
  const groups = new Map<string, FoundFile[]>();
  for (const file of files) {
    const key = [...file.place, file.parts.prefix].join('/');
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  const collections = [...groups].flatMap(([, group]) => collectionsOf(folder, group, names));
  return collections.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function collectionsOf(folder: string, group: FoundFile[], names: readonly string[]): FoundCollection[] {
  const notes: string[] = [];
  const candidates = withoutDamage(candidatesOf(withoutMixUp(oneTestSet(group, notes), notes)), notes);
  const variants = variantsOf(candidates);
  const one = (variant: Candidates, suffix: string) => collectionOf(folder, variant, suffix, notes, names);
  const usable = variants.filter(({ trainImages, trainLabels }) => trainImages && trainLabels);
  if (usable.length === 0) return [one(variants.length === 1 ? variants[0]! : candidates, '')];
  if (usable.length === 1) {
    notes.push(...leftOver(candidates, usable[0]!));
    return [one(usable[0]!, '')];
  }
  return usable.map((variant) => one(variant, `:${basename(variant.trainImages![0]!.name)}`));
}

/** Uses a validation set as the test set if there is no test set. */
function oneTestSet(group: FoundFile[], notes: string[]): FoundFile[] {
  const validation = group.filter(({ set }) => set === 'validation');
  if (validation.length === 0) return group;
  const hasTest = group.some(({ set }) => set === 'test');
  notes.push(
    hasTest
      ? `${list(validation)}: the files of a validation set are not used, since there is a test set; the app ` +
          'takes its validation images from the training images.'
      : `There is no test set in the folder, but a validation set (${list(validation)}): it is used as the test set.`,
  );
  const rest = group.filter(({ set }) => set !== 'validation');
  return hasTest ? rest : [...rest, ...validation.map((file) => ({ ...file, set: 'test' as const }))];
}

/** Swaps images that are named as labels and labels that are named as images, if both are of the same set. */
function withoutMixUp(group: FoundFile[], notes: string[]): FoundFile[] {
  const holdsOther = ({ content, peek }: FoundFile) => {
    const dimensions = peek?.header?.dimensions.length ?? 2;
    return content === 'images' ? dimensions === 1 : dimensions > 2;
  };
  const mixed = (['train', 'test'] as const).filter((set) => {
    const ofSet = group.filter((file) => file.set === set);
    return ofSet.length === 2 && ofSet.every(holdsOther);
  });
  if (mixed.length === 0) return group;
  const isMixed = ({ set }: FoundFile) => mixed.some((other) => other === set);
  notes.push(
    `${list(group.filter(isMixed))}: the files of images hold labels, and those of labels hold images. They ` +
      'were read as what they hold.',
  );
  return group.map((file) =>
    isMixed(file) ? { ...file, content: file.content === 'images' ? 'labels' : 'images' } : file,
  );
}

function candidatesOf(group: readonly FoundFile[]): Candidates {
  const candidates: Candidates = {};
  for (const file of [...group].sort(inOrderOfChoice)) {
    const set = file.set === 'train' ? 'train' : 'test';
    const split: SplitFile = file.content === 'images' ? `${set}Images` : `${set}Labels`;
    (candidates[split] ??= []).push(file);
  }
  return candidates;
}

/** Prefers originals to copies, then files in higher folders, then short names, such as those without .gz. */
function inOrderOfChoice(a: FoundFile, b: FoundFile): number {
  return (
    a.parts.copy.length - b.parts.copy.length ||
    a.directory.length - b.directory.length ||
    a.name.length - b.name.length ||
    (a.name < b.name ? -1 : 1)
  );
}

/** Leaves out damaged files if there is a valid one, and identical copies. */
function withoutDamage(candidates: Candidates, notes: string[]): Candidates {
  const kept: Candidates = {};
  for (const split of SPLITS) {
    const files = candidates[split];
    if (!files) continue;
    const whole = files.filter(({ peek }) => peek && peek.damage === undefined);
    const chosen = whole.length > 0 ? whole : files;
    const better = chosen[0]!;
    if (whole.length > 0) {
      for (const { name, peek } of files.filter((file) => !whole.includes(file) && file.parts.copy === '')) {
        notes.push(`${name} ${peek?.damage ?? 'cannot be opened'}: ${better.name} was read instead.`);
      }
    }
    kept[split] = chosen.filter((file, k) => chosen.findIndex((other) => isSame(other, file)) === k);
  }
  return kept;
}

const isSame = (a: FoundFile, b: FoundFile) =>
  a === b || (a.peek !== undefined && a.peek.fingerprint === b.peek?.fingerprint);

/**
 * If a part exists twice with different content, makes a variant for each style of file names. A style that has both
 * training files is a dataset of its own: its files are in no other variant, and styles without both make no variant.
 */
function variantsOf(candidates: Candidates): Candidates[] {
  const twice = SPLITS.flatMap((split) => ((candidates[split]?.length ?? 0) > 1 ? candidates[split]! : []));
  if (twice.length === 0) return [candidates];
  const has = (split: SplitFile, style: string) => candidates[split]?.some((file) => styleOf(file) === style);
  const styles = [...new Set(twice.map(styleOf))];
  const whole = styles.filter((style) => has('trainImages', style) && has('trainLabels', style));
  const tests = twice.filter(({ set }) => set === 'test');
  const words = tests.length === 0 ? [undefined] : new Set(tests.map(({ parts }) => parts.setWord));
  const variants = (whole.length > 0 ? whole : styles).flatMap((style) =>
    [...words].map((word) => variantOf(candidates, style, whole, word)),
  );
  return variants.filter(
    (variant, k) =>
      variants.findIndex((other) => SPLITS.every((split) => other[split]?.[0] === variant[split]?.[0])) === k,
  );
}

/**
 * @param whole styles whose files belong to no other style
 * @param word that distinguishes the files of the test set, such as "t10k"; undefined if they are unambiguous
 */
function variantOf(
  candidates: Candidates,
  style: string,
  whole: readonly string[],
  word: string | undefined,
): Candidates {
  const variant: Candidates = {};
  for (const split of SPLITS) {
    const files = candidates[split] ?? [];
    const isOf = (file: FoundFile) =>
      styleOf(file) === style && (file.set === 'train' || word === undefined || file.parts.setWord === word);
    const spare = files.length === 1 && !whole.includes(styleOf(files[0]!)) ? files[0] : undefined;
    const chosen = files.find(isOf) ?? spare;
    if (chosen) variant[split] = [chosen];
  }
  return variant;
}

const styleOf = ({ parts, directory }: FoundFile) =>
  `${parts.copy}|${parts.style}|${directory.filter((name) => !/idx/i.test(name)).join('/')}`;

function leftOver(candidates: Candidates, used: Candidates): string[] {
  const others = SPLITS.flatMap((split) => (candidates[split] ?? []).filter((file) => file !== used[split]?.[0]));
  return others.length === 0 ? [] : [`${list(others)}: passed over, since these are files of another dataset.`];
}

function collectionOf(
  folder: string,
  candidates: Candidates,
  suffix: string,
  notes: string[],
  names: readonly string[],
): FoundCollection {
  const files = SPLITS.flatMap((split) => candidates[split]?.slice(0, 1) ?? []);
  const first = files[0]!;
  const isTogether = files.every(({ directory }) => directory.join('/') === first.directory.join('/'));
  const { place, parts } = first;
  const directory = isTogether ? first.directory : place;
  const path = (split: SplitFile) => (candidates[split] ? { [split]: join(folder, candidates[split][0]!.name) } : {});
  return {
    id: [...directory, parts.prefix].join('/') + suffix,
    prefix: parts.prefix,
    directory: join(folder, ...place),
    notes,
    ...path('trainImages'),
    ...path('trainLabels'),
    ...path('testImages'),
    ...path('testLabels'),
    classNames: findClassNames(folder, [place, ...files.map((file) => file.directory)], parts.prefix, names),
  };
}

const list = (files: readonly FoundFile[]) => files.map(({ name }) => pathParts(name).join('/')).join(', ');

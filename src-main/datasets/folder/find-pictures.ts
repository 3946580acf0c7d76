// Finds pictures in a folder for each class, in one folder for each set or in none: training/0/1.png, or A/1.png.
import { join } from 'node:path';
import type { Collection, DataPart } from '../../../src-shared/data/dataset';
import { inWords } from '../../trainer/data/number-words';
import type { SetName } from './file-name';
import type { FoundCollection } from './find-collections';

/** How many pictures lie in a folder itself. */
export interface PictureCount {
  png: number;
  /** In formats that are not read. */
  others: number;
}

/** By the path of the folder, with “/” between its parts; of the folder that was chosen, "". */
export type PictureCounts = Map<string, PictureCount>;

const PNG = /^[^.].*\.png$/i;
const OTHERS = /^[^.].*\.(?:jpe?g|bmp|gif|tiff?|webp|pgm)$/i;

/** @returns whether the name is a picture's */
export function countPicture(counts: PictureCounts, folder: string, name: string): boolean {
  const kind = PNG.test(name) ? 'png' : OTHERS.test(name) ? 'others' : undefined;
  if (!kind) return false;
  const count = counts.get(folder) ?? { png: 0, others: 0 };
  count[kind]++;
  counts.set(folder, count);
  return true;
}

/** A folder whose folders are classes. */
interface Root {
  path: string[];
  set: SetName | undefined;
}

/**
 * @param partOf the pictures in a folder, by its path.
 * @param base what the paths of collections begin with, such as the path of an archive
 */
export function findPictures(
  counts: PictureCounts,
  base: string[],
  folder: string,
  partOf: (root: string) => DataPart,
): FoundCollection[] {
  const roots = rootsOf(counts);
  return roots.flatMap((root): FoundCollection[] => {
    if (root.set === 'test' || root.set === 'validation') {
      // Beside a training set it is its test set; alone it is all there is.
      if (roots.some((other) => other.set === 'train' && isBeside(other, root))) return [];
    }
    const beside = (set: SetName) =>
      root.set === 'train' ? roots.filter((other) => other.set === set && isBeside(root, other)) : [];
    const tests = beside('test').length === 1 ? beside('test') : beside('validation');
    const test = tests.length === 1 ? tests[0] : undefined;
    const place = (path: string[]) => join(folder, ...base, ...path);
    const notes = [
      ...(test?.set === 'test' && beside('validation').length > 0 ? [validationNote(beside('validation'))] : []),
      ...[root, ...(test ? [test] : [])].flatMap(({ path }) => unreadNote(counts, path)),
    ];
    const named = root.set === undefined ? root.path : root.path.slice(0, -1);
    const train = partOf(root.path.join('/'));
    const parts: Collection['parts'] = { trainImages: train, trainLabels: train };
    const paths: Partial<Collection> = { trainImages: place(root.path), trainLabels: place(root.path) };
    if (test) {
      parts.testImages = parts.testLabels = partOf(test.path.join('/'));
      paths.testImages = paths.testLabels = place(test.path);
    }
    return [
      {
        id: [...base, ...root.path].join('/') || '.',
        prefix: '',
        transposed: false,
        directory: place(named),
        notes,
        ...paths,
        parts,
      },
    ];
  });
}

function validationNote(roots: readonly Root[]): string {
  const names = roots.map(({ path }) => path.join('/')).join(' and ');
  return (
    `${names}: the pictures of a validation set are not used, since there is a test set; the app takes its ` +
    'validation images from the training images.'
  );
}

/** If a set holds pictures that are not read. */
function unreadNote(counts: PictureCounts, root: string[]): string[] {
  const classes = [...counts].filter(
    ([path]) => path !== '' && path.split('/').slice(0, -1).join('/') === root.join('/'),
  );
  const others = classes.reduce((sum, [, count]) => sum + count.others, 0);
  if (others === 0) return [];
  const empty = classes.filter(([, { png }]) => png === 0).map(([path]) => `“${path.split('/').at(-1)}”`);
  const lost =
    empty.length === 0
      ? ''
      : `, so that ${empty.join(', ')} ${empty.length === 1 ? 'is no class' : 'are no classes'} here`;
  return [
    `${root.join('/') || 'The folder'}: pictures in other formats than PNG were passed over ` +
      `(${inWords(others)})${lost}. Please save them as PNG if they belong to the dataset.`,
  ];
}

/** A class has pictures, and there is another one beside it. */
function rootsOf(counts: PictureCounts): Root[] {
  const classes = new Map<string, number>();
  for (const [path, { png }] of counts) {
    if (png === 0 || path === '') continue;
    const parent = path.split('/').slice(0, -1).join('/');
    classes.set(parent, (classes.get(parent) ?? 0) + 1);
  }
  return [...classes].flatMap(([parent, count]) =>
    count < 2 || isOfSets(counts, parent) ? [] : [{ path: parent === '' ? [] : parent.split('/'), set: setOf(parent) }],
  );
}

/** Folders that are called train and test are sets without classes. */
function isOfSets(counts: PictureCounts, parent: string): boolean {
  const children = [...counts.keys()].filter(
    (path) => path !== '' && path.split('/').slice(0, -1).join('/') === parent,
  );
  return children.every((path) => setOf(path) !== undefined);
}

function setOf(path: string): SetName | undefined {
  const name = path.split('/').at(-1)!;
  return /train/i.test(name)
    ? 'train'
    : /^t10k|test/i.test(name)
      ? 'test'
      : /^val(?:id|$|_|-)/i.test(name)
        ? 'validation'
        : undefined;
}

const isBeside = (a: Root, b: Root) => a.path.slice(0, -1).join('/') === b.path.slice(0, -1).join('/');

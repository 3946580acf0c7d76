// A dataset ready for training: what the files hold, held against each other, counted and named.
import type { Collection, DatasetInfo, DatasetSource } from '../../../src-shared/contract';
import { StudioError } from '../../../src-shared/errors';
import type { LabelRange } from './class-names';
import { holdOut } from './hold-out';
import { labelsOf } from './idx';
import { classNumbers, countPerClass, labelRange } from './labels';
import { inWords } from './number-words';
import type { IdxFile } from './read-idx';
import { isEmnist, recognise } from './recognise';
import { turnUpright } from './upright';

export interface ImageSet {
  count: number;
  /** [count, rows × columns], 0 background to 255 ink */
  pixels: Uint8Array;
  /** [count], class numbers from 0 */
  labels: Uint16Array;
}

export interface Dataset {
  info: DatasetInfo;
  train: ImageSet;
  test: ImageSet;
}

/** What was read. Their memory becomes the dataset's. */
export interface Contents {
  /** In the order of SPLIT_FILES; without the last two, part of the training images is held out. */
  files: { name: string; bytes: number }[];
  train: { images: IdxFile; labels: IdxFile };
  test: { images: IdxFile; labels: IdxFile } | undefined;
  /** SHA-256 of all uncompressed bytes. */
  hash: string;
}

/**
 * Checks that the files belong together and makes a dataset of them.
 * @param classNames for the labels that there are, from a file beside the images
 * Throws counts-differ, sizes-differ, label-out-of-range, too-many-classes, file-missing, and what classNames throws.
 */
export async function assembleDataset(
  contents: Contents,
  files: Collection,
  source: DatasetSource,
  classNames?: (range: LabelRange) => Promise<string[]>,
): Promise<Dataset> {
  const { train, test } = contents;
  checkPair(train);
  if (test) {
    checkPair(test);
    checkSizes(train.images, test.images);
  }
  const trainLabels = labelsOf(train.labels);
  const range = labelRange(trainLabels, train.labels.name);
  const all = imageSet(train.images, classNumbers(trainLabels, range, train.labels.name, train.labels.name));
  const given = test && imageSet(test.images, classNumbers(labelsOf(test.labels), range, test.labels.name, train.labels.name));

  const notes: string[] = [];
  let [, rows, columns] = train.images.dimensions as [number, number, number];
  if (isEmnist(files)) {
    for (const set of given ? [all, given] : [all]) turnUpright(set.pixels, rows, columns);
    [rows, columns] = [columns, rows];
    notes.push('EMNIST’s files hold every image on its side: rows and columns were swapped to turn them upright.');
  }
  const sets = given ? { train: all, test: given } : heldOut(all, source, range, train.images.name, notes);
  const trainPerClass = countPerClass(sets.train.labels, range.classes);
  const testPerClass = countPerClass(sets.test.labels, range.classes);
  const packedHashes = [train, test].flatMap((pair) => (pair ? [pair.images.packedHash, pair.labels.packedHash] : []));
  const recognised = recognise({ files, source, hash: contents.hash, packedHashes, rows, columns, range, trainPerClass, testPerClass });
  return {
    ...sets,
    info: {
      ...recognised,
      classNames: classNames ? await classNames(range) : recognised.classNames,
      folder: source.kind === 'folder' ? source.folder : undefined,
      files: contents.files,
      trainCount: sets.train.count,
      testCount: sets.test.count,
      rows,
      columns,
      trainPerClass,
      testPerClass,
      zeroShare: zeroShare(sets.train.pixels),
      hash: contents.hash,
      notes,
    },
  };
}

/** A few training images of each class, in the order of the classes, for a first look. */
export function sampleImages({ train, info }: Dataset, perClass: number): { samples: Uint8Array; sampleLabels: Uint16Array } {
  const size = info.rows * info.columns;
  const found = info.classNames.map((): number[] => []);
  let missing = info.classNames.length * perClass;
  for (let i = 0; i < train.count && missing > 0; i++) {
    const ofClass = found[train.labels[i]!]!;
    if (ofClass.length === perClass) continue;
    ofClass.push(i);
    missing--;
  }
  const chosen = found.flat();
  return { samples: pixelsAt(train, chosen, size), sampleLabels: Uint16Array.from(chosen, (index) => train.labels[index]!) };
}

/** The images at these positions of a set, one after the other. @param size pixels of an image */
export function pixelsAt({ pixels }: ImageSet, indices: ArrayLike<number>, size: number): Uint8Array {
  const gathered = new Uint8Array(indices.length * size);
  for (let k = 0; k < indices.length; k++) gathered.set(pixels.subarray(indices[k]! * size, (indices[k]! + 1) * size), k * size);
  return gathered;
}

function imageSet(images: IdxFile, labels: Uint16Array): ImageSet {
  return { count: labels.length, pixels: images.values, labels };
}

function checkPair({ images, labels }: { images: IdxFile; labels: IdxFile }): void {
  const [imageCount, labelCount] = [images.dimensions[0]!, labels.dimensions[0]!];
  if (imageCount === labelCount) return;
  throw new StudioError(
    'counts-differ',
    `${labels.name} holds ${inWords(labelCount)} labels, but ${images.name} holds ${inWords(imageCount)} images: ` +
      'expected one label for each image. Please use files of one dataset.',
  );
}

function checkSizes(train: IdxFile, test: IdxFile): void {
  const [trainSize, testSize] = [train, test].map(({ dimensions }) => dimensions.slice(1).join('×'));
  if (trainSize === testSize) return;
  throw new StudioError(
    'sizes-differ',
    `${test.name} holds images of ${testSize} pixels, but ${train.name} holds ${trainSize}: expected the same size. Please use files of one dataset.`,
  );
}

function heldOut(all: ImageSet, source: DatasetSource, range: LabelRange, imageFile: string, notes: string[]): { train: ImageSet; test: ImageSet } {
  const share = source.kind === 'folder' ? source.holdOut : undefined;
  const sets = share === undefined ? undefined : holdOut(all, share, range.classes);
  if (!sets || sets.test.count === 0) {
    const why = sets ? ', and it has no class with two images, of which one could be held out for testing' : '';
    throw new StudioError('file-missing', `${imageFile} has no test images beside it${why}: expected a test set. Please add its files, or choose another folder.`);
  }
  notes.push(
    `There is no test set in the folder: ${inWords(sets.test.count)} of the ${inWords(all.count)} training images were held out for testing, ` +
      `the same share of each class, and ${inWords(sets.train.count)} are left to train with.`,
  );
  return sets;
}

function zeroShare(pixels: Uint8Array): number {
  let zeros = 0;
  for (let i = 0; i < pixels.length; i++) if (pixels[i] === 0) zeros++;
  return zeros / pixels.length;
}

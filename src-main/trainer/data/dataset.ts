// A dataset ready for training: what the files hold, held against each other, counted and named.
import type { Collection, DatasetInfo, DatasetSource } from '../../../src-shared/data/dataset';
import { StudioError } from '../../../src-shared/errors';
import type { ClassNames } from './labels/class-names';
import { classesOf } from './labels/classes';
import { classesOfVersion01 } from './labels/classes-of-0.1';
import { holdOut } from './split/hold-out';
import { imageSize, UNSIGNED_BYTE } from './idx/idx-header';
import { labelsOf } from './labels/label-values';
import { countPerClass } from './labels/labels';
import { inWords } from './number-words';
import { pixelsOf } from './idx/pixels';
import type { IdxFile } from './idx/read-idx';
import { isEmnist, isKnownUpright, recognise } from './recognise';
import { contentNotes, shapeNotes } from './reading-notes';
import { testSourceOf, type PartsReading } from './test-source-of';
import { turnUpright } from './orientation/upright';

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
  /** How they were read if they are no IDX files on the disk. */
  parts?: PartsReading | undefined;
}

/**
 * Checks that the files belong together and makes a dataset of them.
 * @param readNames for the labels that there are, from a file beside the images
 * Throws counts-differ, sizes-differ, label-out-of-range, too-many-classes, file-missing, not-idx, and what readNames
 * throws.
 */
export async function assembleDataset(
  contents: Contents,
  files: Collection,
  source: DatasetSource,
  readNames?: (labels: readonly number[]) => Promise<ClassNames>,
): Promise<Dataset> {
  const { train, test } = contents;
  checkPair(train);
  if (test) {
    checkPair(test);
    checkSizes(train.images, test.images);
  }
  const isOfVersion01 = source.kind === 'folder' && source.rules === undefined;
  const asLabels = (file: IdxFile) => labelsOf(file, { firstOfRow: isOfVersion01 });
  const [trainLabels, testLabels] = [asLabels(train.labels), test && asLabels(test.labels)];
  const classes = isOfVersion01
    ? classesOfVersion01(trainLabels, testLabels)
    : classesOf(trainLabels, testLabels, contents.parts?.labelNames);
  const pixels = pixelsOf([train.images, ...(test ? [test.images] : [])], { keepBytes: isOfVersion01 });
  const notes = [...(files.notes ?? []), ...shapeNotes(train.images), ...pixels.notes];

  const all = imageSet(pixels.bytes[0]!, classes.train);
  const given = classes.test && imageSet(pixels.bytes[1]!, classes.test);
  let { rows, columns } = imageSize(train.images.dimensions)!;
  const packedHashes = [train, test].flatMap((pair) => (pair ? [pair.images.packedHash, pair.labels.packedHash] : []));
  const byItself = !isOfVersion01 && isKnownUpright({ hash: contents.hash, packedHashes }) ? false : undefined;
  const transposed =
    (source.kind === 'folder' ? source.transposed : undefined) ?? byItself ?? files.transposed ?? isEmnist(files);
  if (transposed) {
    for (const set of given ? [all, given] : [all]) turnUpright(set.pixels, rows, columns);
    [rows, columns] = [columns, rows];
    const why = isEmnist(files)
      ? 'EMNIST’s files hold every image on its side: '
      : 'The files hold every image on its side: ';
    notes.push(`${why}rows and columns were swapped to turn them upright.`);
  }
  notes.push(...classes.notes);
  if (given) notes.push(...contentNotes(all, given));
  const sets = given
    ? { train: all, test: given }
    : heldOut(all, source, classes.labels.length, train.images.name, notes);
  const trainPerClass = countPerClass(sets.train.labels, classes.labels.length);
  const testPerClass = countPerClass(sets.test.labels, classes.labels.length);
  const recognised = recognise({
    files,
    source,
    hash: contents.hash,
    packedHashes,
    rows,
    columns,
    labels: classes.labels,
    trainPerClass,
    testPerClass,
  });
  const named = await readNames?.(classes.labels);
  return {
    ...sets,
    info: {
      ...recognised,
      classNames: named?.names ?? recognised.classNames,
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
      notes: [...notes, ...(named?.notes ?? [])],
      testSource: testSourceOf(
        files,
        source,
        {
          plainBytes: isAsMnist(test ?? train),
          transposed,
          scale: pixels.scale,
          offset: pixels.offset,
          labelForm: (testLabels ?? trainLabels).form,
          classLabels: classes.labels,
        },
        contents.parts,
      ),
    },
  };
}

/** A few training images of each class, in the order of the classes, for a first look. */
export function sampleImages(
  { train, info }: Dataset,
  perClass: number,
): { samples: Uint8Array; sampleLabels: Uint16Array } {
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
  return {
    samples: pixelsAt(train, chosen, size),
    sampleLabels: Uint16Array.from(chosen, (index) => train.labels[index]!),
  };
}

/** The images at these positions of a set, one after the other. @param size pixels of an image */
export function pixelsAt({ pixels }: ImageSet, indices: ArrayLike<number>, size: number): Uint8Array {
  const gathered = new Uint8Array(indices.length * size);
  for (let k = 0; k < indices.length; k++)
    gathered.set(pixels.subarray(indices[k]! * size, (indices[k]! + 1) * size), k * size);
  return gathered;
}

function isAsMnist({ images, labels }: { images: IdxFile; labels: IdxFile }): boolean {
  return (
    [images, labels].every(({ type }) => type === UNSIGNED_BYTE) &&
    images.dimensions.length === 3 &&
    labels.dimensions.length === 1
  );
}

function imageSet(pixels: Uint8Array, labels: Uint16Array): ImageSet {
  return { count: labels.length, pixels, labels };
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
  const [trainSize, testSize] = [train, test].map(({ dimensions }) => Object.values(imageSize(dimensions)!).join('×'));
  if (trainSize === testSize) return;
  throw new StudioError(
    'sizes-differ',
    `${test.name} holds images of ${testSize} pixels, but ${train.name} holds ${trainSize}: expected the same ` +
      'size. Please use files of one dataset.',
  );
}

function heldOut(
  all: ImageSet,
  source: DatasetSource,
  classes: number,
  imageFile: string,
  notes: string[],
): { train: ImageSet; test: ImageSet } {
  const share = source.kind === 'folder' ? source.holdOut : undefined;
  const sets = share === undefined ? undefined : holdOut(all, share, classes);
  if (!sets || sets.test.count === 0) {
    const why = sets ? ', and it has no class with two images, of which one could be held out for testing' : '';
    throw new StudioError(
      'file-missing',
      `${imageFile} has no test images beside it${why}: expected a test set. Please add its files, or choose ` +
        'another folder.',
    );
  }
  notes.push(
    `There is no test set in the folder: ${inWords(sets.test.count)} of the ${inWords(all.count)} training ` +
      'images were held out for testing, ' +
      `the same share of each class, and ${inWords(sets.train.count)} are left to train with.`,
  );
  return sets;
}

function zeroShare(pixels: Uint8Array): number {
  let zeros = 0;
  for (let i = 0; i < pixels.length; i++) if (pixels[i] === 0) zeros++;
  return zeros / pixels.length;
}

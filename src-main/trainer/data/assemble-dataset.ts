// Makes a dataset of what the files hold: checks them against each other, and names and counts the classes.
import type { Collection, DatasetSource } from '../../../src-shared/data/dataset';
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
import { testSourceOf } from './test-source-of';
import type { Contents } from './contents';
import type { Dataset, ImageSet } from './dataset';
import { turnUpright } from './orientation/upright';

/**
 * Checks that the files belong together and makes a dataset of them.
 * @param readNames reads the names of these labels from a file beside the images
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
  const testSet = classes.test && imageSet(pixels.bytes[1]!, classes.test);
  let { rows, columns } = imageSize(train.images.dimensions)!;
  const packedHashes = [train, test].flatMap((pair) => (pair ? [pair.images.packedHash, pair.labels.packedHash] : []));
  const knownOrientation = !isOfVersion01 && isKnownUpright({ hash: contents.hash, packedHashes }) ? false : undefined;
  const transposed =
    (source.kind === 'folder' ? source.transposed : undefined) ??
    knownOrientation ??
    files.transposed ??
    isEmnist(files);
  if (transposed) {
    for (const set of testSet ? [all, testSet] : [all]) turnUpright(set.pixels, rows, columns);
    [rows, columns] = [columns, rows];
    const why = isEmnist(files)
      ? 'EMNIST’s files hold every image on its side: '
      : 'The files hold every image on its side: ';
    notes.push(`${why}rows and columns were swapped to turn them upright.`);
  }
  notes.push(...classes.notes);
  if (testSet) notes.push(...contentNotes(all, testSet));
  const sets = testSet
    ? { train: all, test: testSet }
    : withHeldOut(all, source, classes.labels.length, train.images.name, notes);
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
          plainBytes: isLaidOutLikeMnist(test ?? train),
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

/** Whether both files hold bytes in the shapes of MNIST's. */
function isLaidOutLikeMnist({ images, labels }: { images: IdxFile; labels: IdxFile }): boolean {
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

function withHeldOut(
  all: ImageSet,
  source: DatasetSource,
  classes: number,
  imageFile: string,
  notes: string[],
): { train: ImageSet; test: ImageSet } {
  const share = source.kind === 'folder' ? source.holdOut : undefined;
  const sets = share === undefined ? undefined : holdOut(all, share, classes);
  if (!sets || sets.test.count === 0) {
    const why = sets ? ', and no class has two images, of which one could be held out for testing' : '';
    throw new StudioError(
      'file-missing',
      `${imageFile} has no test images beside it${why}: expected a test set. Please add its files, or choose ` +
        'another folder.',
    );
  }
  notes.push(
    `There is no test set in the folder: ${inWords(sets.test.count)} of the ${inWords(all.count)} training ` +
      'images were held out for testing, ' +
      `the same share of each class, and ${inWords(sets.train.count)} are left for training.`,
  );
  return sets;
}

function zeroShare(pixels: Uint8Array): number {
  let zeros = 0;
  for (let i = 0; i < pixels.length; i++) if (pixels[i] === 0) zeros++;
  return zeros / pixels.length;
}

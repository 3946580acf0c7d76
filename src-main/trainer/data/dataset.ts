// A dataset ready for training: the four files parsed, held against each other, counted and hashed.
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { SPLIT_FILES, type DatasetInfo, type DatasetSource, type SplitFile } from '../../../src-shared/contract';
import { StudioError } from '../../../src-shared/errors';
import { parseIdxImages, parseIdxLabels, type IdxImages, type IdxLabels } from './idx';

/** One of the four files as it lies on the disk, gzip or not. */
export interface DatasetFile {
  name: string;
  bytes: Uint8Array;
}
export type DatasetFiles = Record<SplitFile, DatasetFile>;

const CLASSES = 10;
const MNIST_HASH = 'b2d8f5bf39174ee5ffeefa97e42d673c35432b411bb5d1f74fbbeddae7f1690a';

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

/**
 * Parses the four files and checks that they belong together.
 * Throws not-idx, file-truncated, counts-differ, sizes-differ, label-out-of-range.
 */
export function parseDataset(files: DatasetFiles, source: DatasetSource): Dataset {
  const trainImages = parseIdxImages(files.trainImages);
  const trainLabels = parseIdxLabels(files.trainLabels);
  const testImages = parseIdxImages(files.testImages);
  const testLabels = parseIdxLabels(files.testLabels);
  const train = joinPair(files.trainImages, trainImages, files.trainLabels, trainLabels);
  const test = joinPair(files.testImages, testImages, files.testLabels, testLabels);
  if (trainImages.rows !== testImages.rows || trainImages.columns !== testImages.columns) {
    throw new StudioError(
      'sizes-differ',
      `${files.testImages.name} holds images of ${testImages.rows}×${testImages.columns} pixels, but ${files.trainImages.name} holds ` +
        `${trainImages.rows}×${trainImages.columns}: expected the same size. Please use files of one dataset.`,
    );
  }
  const hash = createHash('sha256');
  for (const { raw } of [trainImages, trainLabels, testImages, testLabels]) hash.update(raw);
  const digest = hash.digest('hex');
  return {
    train,
    test,
    info: {
      name: nameOf(source, digest),
      folder: source.kind === 'folder' ? source.folder : undefined,
      files: SPLIT_FILES.map((file) => ({ name: files[file].name, bytes: files[file].bytes.length })),
      trainCount: train.count,
      testCount: test.count,
      rows: trainImages.rows,
      columns: trainImages.columns,
      classNames: Array.from({ length: CLASSES }, (_, digit) => String(digit)),
      trainPerClass: countPerClass(train.labels),
      testPerClass: countPerClass(test.labels),
      zeroShare: zeroShare(train.pixels),
      hash: digest,
      recognisedAs: digest === MNIST_HASH ? 'MNIST' : undefined,
      notes: [],
      labelErrors: [],
    },
  };
}

/** A few training images of each class, in the order of the classes, for a first look. */
export function sampleImages({ train, info }: Dataset, perClass: number): { samples: Uint8Array; sampleLabels: Uint16Array } {
  const size = info.rows * info.columns;
  const chosen = info.classNames.flatMap((_, digit) => {
    const found: number[] = [];
    for (let i = 0; i < train.count && found.length < perClass; i++) if (train.labels[i] === digit) found.push(i);
    return found;
  });
  const samples = new Uint8Array(chosen.length * size);
  chosen.forEach((index, k) => samples.set(train.pixels.subarray(index * size, (index + 1) * size), k * size));
  return { samples, sampleLabels: Uint16Array.from(chosen, (index) => train.labels[index]!) };
}

function joinPair(imageFile: DatasetFile, images: IdxImages, labelFile: DatasetFile, labels: IdxLabels): ImageSet {
  if (images.count !== labels.count) {
    throw new StudioError(
      'counts-differ',
      `${labelFile.name} holds ${count(labels.count)} labels, but ${imageFile.name} holds ${count(images.count)} images: ` +
        'expected one label for each image. Please use files of one dataset.',
    );
  }
  const wrong = labels.labels.findIndex((label) => label >= CLASSES);
  if (wrong >= 0) {
    throw new StudioError(
      'label-out-of-range',
      `${labelFile.name} holds the label ${labels.labels[wrong]} (of image ${count(wrong)}, counted from 0): expected digits from 0 to ` +
        `${CLASSES - 1}. Please choose a folder with MNIST labels.`,
    );
  }
  return { count: images.count, pixels: images.pixels, labels: Uint16Array.from(labels.labels) };
}

function nameOf(source: DatasetSource, hash: string): string {
  if (source.kind === 'builtin' || hash === MNIST_HASH) return 'MNIST';
  return basename(source.folder) || source.folder;
}

function countPerClass(labels: Uint16Array): number[] {
  const counts = new Array<number>(CLASSES).fill(0);
  for (const label of labels) counts[label]!++;
  return counts;
}

function zeroShare(pixels: Uint8Array): number {
  let zeros = 0;
  for (let i = 0; i < pixels.length; i++) if (pixels[i] === 0) zeros++;
  return zeros / pixels.length;
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}

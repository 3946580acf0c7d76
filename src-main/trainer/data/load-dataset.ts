// Reads the files of a collection from the disk and makes a dataset of them.
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Collection, DatasetSource } from '../../../src-shared/data/dataset';
import { readClassNames } from './labels/class-names';
import { assembleDataset } from './assemble-dataset';
import type { Dataset } from './dataset';
import { findFile, readIdx } from './idx/read-idx';
import { contentsOfParts } from './sources/contents-of-parts';
import { readParts } from './sources/read-parts';

/**
 * @param onProgress called with the share of the bytes that have been read, 0 to 1
 * Throws file-unreadable, not-idx, file-truncated, too-large, class-names-wrong, and what assembleDataset throws.
 */
export async function loadDataset(
  files: Collection,
  source: DatasetSource,
  onProgress: (done: number) => void,
): Promise<Dataset> {
  if (files.parts) return loadParts(files, source, onProgress);
  const { trainImages, trainLabels, testImages, testLabels, classNames } = files;
  const hasTest = testImages !== undefined && testLabels !== undefined;
  const paths = hasTest ? [trainImages, trainLabels, testImages, testLabels] : [trainImages, trainLabels];
  const found = await Promise.all(paths.map(findFile));
  const total = found.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const onRead = (bytes: number) => {
    done += bytes;
    onProgress(Math.min(1, done / total));
  };

  // One after the other, because the hash is of all bytes in this order.
  const hash = createHash('sha256');
  const read = [];
  for (const [k, file] of found.entries())
    read.push(await readIdx(file, k % 2 === 0 ? 'images' : 'labels', hash, onRead));
  const [train, test] = [read.slice(0, 2), read.slice(2)].map(
    ([images, labels]) => images && labels && { images, labels },
  );
  return assembleDataset(
    { files: found.map(({ name, bytes }) => ({ name, bytes })), train: train!, test, hash: hash.digest('hex') },
    files,
    source,
    classNames === undefined ? undefined : (labels) => readClassNames(classNames, labels),
  );
}

/** Loads files that are not IDX files on the disk. */
async function loadParts(
  files: Collection,
  source: DatasetSource,
  onProgress: (done: number) => void,
): Promise<Dataset> {
  const { contents, labelNames, notes } = contentsOfParts(await readParts(files, onProgress), files);
  const { classNames } = files;
  const readNames =
    classNames === undefined ? undefined : (labels: readonly number[]) => readClassNames(classNames, labels);
  const unused =
    classNames === undefined
      ? []
      : [`${basename(classNames)} was passed over, since the labels of the files are words.`];
  const fromFiles =
    labelNames &&
    (async (labels: readonly number[]) => ({ names: labels.map((label) => labelNames[label]!), notes: unused }));
  return assembleDataset(
    contents,
    { ...files, notes: [...(files.notes ?? []), ...notes] },
    source,
    fromFiles ?? readNames,
  );
}

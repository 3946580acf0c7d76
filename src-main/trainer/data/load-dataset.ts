// Reads the files of a collection and makes a dataset of them.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Collection, DatasetSource } from '../../../src-shared/contract';
import { parseDataset, type Dataset, type DatasetFiles } from './dataset';

/** @param onProgress share of the files that is read, 0 to 1 */
export async function loadDataset(files: Collection, source: DatasetSource, onProgress: (done: number) => void): Promise<Dataset> {
  const read = async (path: string) => ({ name: basename(path), bytes: new Uint8Array(await readFile(path)) });
  const four: DatasetFiles = {
    trainImages: await read(files.trainImages),
    trainLabels: await read(files.trainLabels),
    testImages: await read(files.testImages!),
    testLabels: await read(files.testLabels!),
  };
  onProgress(1);
  return parseDataset(four, source);
}

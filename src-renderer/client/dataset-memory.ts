// State of a view that belongs to one dataset: kept while that dataset is open, on every tab, and dropped when another
// one is opened.
import type { DatasetInfo } from '../../src-shared/data/dataset';
import type { LoadedDataset } from './training';

/** A key of the dataset's contents. The same files with other images held out are another dataset. */
export function datasetKey({
  hash,
  trainCount,
  testCount,
  classNames,
}: Pick<DatasetInfo, 'hash' | 'trainCount' | 'testCount' | 'classNames'>): string {
  return JSON.stringify([hash, trainCount, testCount, classNames]);
}

/** @returns a function that gives a dataset's memory: the same one until it is called with another dataset */
export function rememberedOf<Memory>(create: () => Memory): (dataset: LoadedDataset) => Memory {
  let remembered: { key: string; memory: Memory } | undefined;
  return ({ info }) => {
    const key = datasetKey(info);
    if (remembered?.key !== key) remembered = { key, memory: create() };
    return remembered.memory;
  };
}

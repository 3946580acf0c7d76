// What a person has done with a dataset: remembered while it is open, whatever tab is in front, and forgotten when
// another one is.
import type { DatasetInfo } from '../../src-shared/data/dataset';
import type { LoadedDataset } from './training';

/** Tells datasets apart by what they hold: the same files with other images held out are another one. */
export function datasetKey({ hash, trainCount, testCount, classNames }: DatasetInfo): string {
  return JSON.stringify([hash, trainCount, testCount, classNames]);
}

/** @returns what gives the memory of a dataset: always the same one while no other dataset is asked for */
export function rememberedOf<Memory>(create: () => Memory): (dataset: LoadedDataset) => Memory {
  let remembered: { key: string; memory: Memory } | undefined;
  return ({ info }) => {
    const key = datasetKey(info);
    if (remembered?.key !== key) remembered = { key, memory: create() };
    return remembered.memory;
  };
}

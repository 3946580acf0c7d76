// The validation split: training images that are never trained on, but evaluated after each epoch.
import { StudioError } from '../../../../src-shared/errors';
import type { DatasetInfo } from '../../../../src-shared/data/dataset';
import type { Settings } from '../../../../src-shared/settings/settings';
import { Random } from '../../../../src-shared/nn/rng';
import { stratify, takenPerClass } from './stratify';

/** Positions in the training set, ascending. */
export interface ValidationSplit {
  train: Uint32Array;
  validation: Uint32Array;
}

/** @param share of each class for validation, 0 to 0.5 */
export function splitValidation(labels: Uint16Array, classes: number, share: number, seed: number): ValidationSplit {
  const all = Uint32Array.from(labels, (_, position) => position);
  if (share === 0) return { train: all, validation: new Uint32Array() };
  const taken = stratify(labels, classes, share, new Random(seed, 'validation'));
  return { train: all.filter((position) => !taken[position]), validation: all.filter((position) => taken[position]) };
}

/** Throws settings-refused if a batch is larger than the part of the training set that is trained on. */
export function checkFit(
  { batchSize, validationShare }: Pick<Settings, 'batchSize' | 'validationShare'>,
  { trainCount, trainPerClass }: Pick<DatasetInfo, 'trainCount' | 'trainPerClass'>,
): void {
  const validationCount =
    validationShare === 0 ? 0 : takenPerClass(trainPerClass, validationShare).reduce((sum, count) => sum + count, 0);
  const left = trainCount - validationCount;
  if (batchSize <= left) return;
  const available =
    validationCount === 0
      ? `the ${trainCount} training images of this dataset`
      : `the ${left} images that the validation split leaves to train on, of ${trainCount} in this dataset`;
  throw new StudioError(
    'settings-refused',
    `A batch of ${batchSize} images is more than ${available}. Please choose a smaller batch size.`,
  );
}

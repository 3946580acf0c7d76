// The network at the end of an epoch, with all that is needed to use it elsewhere.
import type { Checkpoint, EpochResult, LayerWeights, SettingsChange } from '../../src-shared/contract';
import type { Settings } from '../../src-shared/settings';
import type { Dataset } from './data/dataset';

export interface Run {
  run: number;
  dataset: Dataset;
  settings: Settings;
}

export function makeCheckpoint({ run, dataset, settings }: Run, layers: LayerWeights[], changes: SettingsChange[], result: EpochResult): Checkpoint {
  const { name, hash, rows, columns, classNames, trainCount, testCount } = dataset.info;
  return {
    run,
    layers,
    activation: settings.activation,
    settings,
    changes,
    dataset: { name, hash, rows, columns, classNames, trainCount, testCount },
    result,
  };
}

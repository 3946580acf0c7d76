// A trained network with all that is needed to use it elsewhere.
import type { DatasetInfo } from '../data/dataset';
import type { LayerWeights } from '../networks/layers';
import type { Activation, Settings, SettingsChange } from '../settings/settings';
import type { EpochResult } from './score';

export interface Checkpoint {
  run: number;
  layers: LayerWeights[];
  activation: Activation;
  /** At the start of the run. `changes` lists later changes. */
  settings: Settings;
  changes: SettingsChange[];
  dataset: Pick<
    DatasetInfo,
    'name' | 'hash' | 'rows' | 'columns' | 'classNames' | 'trainCount' | 'testCount' | 'testSource'
  >;
  result: EpochResult;
}

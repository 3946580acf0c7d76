// The network at the end of an epoch, with all that is needed to use it elsewhere.
import type { LayerState, LayerWeights } from '../../../src-shared/networks/layers';
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import type { EpochResult } from '../../../src-shared/runs/score';
import type { Settings, SettingsChange } from '../../../src-shared/settings/settings';
import type { Dataset } from '../data/dataset';

export interface Run {
  run: number;
  dataset: Dataset;
  settings: Settings;
}

/** What a checkpoint must know of the run that it is of. */
interface RunIdentity {
  run: number;
  dataset: { info: Checkpoint['dataset'] };
  settings: Settings;
}

export function makeCheckpoint(
  { run, dataset, settings }: RunIdentity,
  layers: readonly LayerState[],
  changes: SettingsChange[],
  result: EpochResult,
): Checkpoint {
  const { name, hash, rows, columns, classNames, trainCount, testCount, testSource } = dataset.info;
  return {
    run,
    layers: layers.map(inFloat32),
    activation: settings.activation,
    settings,
    changes,
    dataset: { name, hash, rows, columns, classNames, trainCount, testCount, testSource },
    result,
  };
}

/** As it is exported; where it is float32 already, the same arrays. */
function inFloat32({ weight, bias, ...size }: LayerState): LayerWeights {
  return {
    ...size,
    weight: weight instanceof Float32Array ? weight : Float32Array.from(weight),
    bias: bias instanceof Float32Array ? bias : Float32Array.from(bias),
  };
}

// Makes checkpoints: the network at the end of an epoch, with everything needed to use it elsewhere.
import type { LayerWeights, LayerState } from '../../../src-shared/networks/layers';
import type { EpochResult } from '../../../src-shared/runs/score';
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import type { Settings, SettingsChange } from '../../../src-shared/settings/settings';
import type { Dataset } from '../data/dataset';

/** What a run is from its beginning to its end. */
export interface RunIdentity {
  run: number;
  dataset: Dataset;
  settings: Settings;
}

export function makeCheckpoint(
  { run, dataset, settings }: Pick<RunIdentity, 'run' | 'settings'> & { dataset: { info: Checkpoint['dataset'] } },
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

/** Weights in the precision of exports. Arrays that are float32 already are not copied. */
function inFloat32({ weight, bias, ...size }: LayerState): LayerWeights {
  return {
    ...size,
    weight: weight instanceof Float32Array ? weight : Float32Array.from(weight),
    bias: bias instanceof Float32Array ? bias : Float32Array.from(bias),
  };
}

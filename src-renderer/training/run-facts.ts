// What advice is based on: a few numbers of a run after its newest epoch. Pure.
import type { LayerWeights } from '../../src-shared/networks/layers';
import type { EpochResult } from '../../src-shared/runs/score';
import type { Settings } from '../../src-shared/settings/settings';
import { liveSettings, type LoadedDataset, type Run } from '../client/training';

export interface RunFacts {
  /** Those with which the next update is made. */
  settings: Settings;
  /** Of a run that failed. */
  failure: string | undefined;
  /** In total. */
  epochs: number;
  results: readonly Pick<EpochResult, 'epoch' | 'trainLoss' | 'trainAccuracy' | 'testLoss' | 'testAccuracy'>[];
  /** For each class: its share of the test images, and the share predicted as it. Empty before an evaluation. */
  classes: readonly { actual: number; predicted: number }[];
  /** Share of the first layer's units that respond to none of the sample images; 0 unless the activation is ReLU. */
  dead: number;
}

export function factsOf(run: Run, { info, testLabels, samples }: LoadedDataset): RunFacts {
  const settings = liveSettings(run);
  const first = run.network?.layers[0];
  const countable = first !== undefined && run.sizes.length > 2 && settings.activation === 'relu';
  return {
    settings,
    failure: run.failure?.code,
    epochs: run.epochs,
    results: run.results.filter(({ epoch }) => epoch > 0),
    classes: run.predictions ? classShares(testLabels, run.predictions.predicted, info.classNames.length) : [],
    dead: countable ? deadShare(first, samples) : 0,
  };
}

function classShares(labels: Uint16Array, predicted: Uint16Array, classes: number): RunFacts['classes'] {
  const share = 1 / labels.length;
  const shares = Array.from({ length: classes }, () => ({ actual: 0, predicted: 0 }));
  for (const label of labels) shares[label]!.actual += share;
  for (const label of predicted) shares[label]!.predicted += share;
  return shares;
}

/** Enough images to find a unit that responds to any, and few enough to ask all of them after every epoch. */
const MOST_IMAGES = 60;

/**
 * The share of a ReLU layer's units whose sum is negative for every image: their gradient is zero, so they no longer
 * learn from images like these.
 * @param images [images, inputs], 0 to 255
 */
export function deadShare({ weight, bias, inputs, outputs }: LayerWeights, images: Uint8Array): number {
  const count = Math.floor(images.length / inputs);
  const step = Math.max(1, Math.floor(count / MOST_IMAGES));
  const alive = new Uint8Array(outputs);
  for (let image = 0; image < count; image += step) {
    const pixels = images.subarray(image * inputs, (image + 1) * inputs);
    const inked = Uint32Array.from(pixels.keys()).filter((pixel) => pixels[pixel]! > 0);
    for (let unit = 0; unit < outputs; unit++) {
      if (alive[unit]) continue;
      let sum = bias[unit]!;
      for (const pixel of inked) sum += (weight[unit * inputs + pixel]! * pixels[pixel]!) / 255;
      if (sum > 0) alive[unit] = 1;
    }
  }
  return count === 0 ? 0 : 1 - alive.reduce((sum, one) => sum + one, 0) / outputs;
}

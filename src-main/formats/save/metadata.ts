// What someone needs besides the weights to use a trained network elsewhere: the same in every export format. The
// number of threads is left out: it does not change the result, so it must not change the file either.
import { sizesOf } from '../../../src-shared/networks/layers';
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import { withoutOff } from '../../../src-shared/settings/stored-settings';

/** The only scaling that the engines support. */
export const PIXEL_SCALING = 'pixel / 255';

export function networkMetadata(
  { layers, activation, settings: { threads: _, ...settings }, changes, dataset, result }: Checkpoint,
  appVersion: string,
) {
  return {
    madeBy: `MNIST Studio ${appVersion}`,
    sizes: sizesOf(layers),
    activation,
    leakySlope: activation === 'leaky-relu' ? settings.leakySlope : undefined,
    output: 'softmax',
    pixelScaling: PIXEL_SCALING,
    imageShape: [dataset.rows, dataset.columns],
    classNames: dataset.classNames,
    settings: withoutOff(settings),
    changes,
    seed: settings.seed,
    dataset: { name: dataset.name, sha256: dataset.hash, train: dataset.trainCount, test: dataset.testCount },
    epoch: result.epoch,
    trainLoss: result.trainLoss,
    trainAccuracy: result.trainAccuracy,
    testLoss: result.testLoss,
    testAccuracy: result.testAccuracy,
    validationLoss: result.validation?.loss,
    validationAccuracy: result.validation?.accuracy,
    learningRate: result.learningRate,
  };
}

/** Each entry as text, for formats that store pairs of texts. Values that are not text are written as JSON. */
export function metadataTexts(metadata: ReturnType<typeof networkMetadata>): Record<string, string> {
  const known = Object.entries(metadata).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    known.map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}

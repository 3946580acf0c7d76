// Tries a network on a few training images, with each activation and pixel scaling that its file leaves open.
import type { LayerWeights } from '../../../src-shared/networks/layers';
import type { DatasetInfo } from '../../../src-shared/data/dataset';
import type { PixelScaling } from '../../../src-shared/networks/pixel-scaling';
import type { Activation } from '../../../src-shared/settings/settings';
import type { TrialImages } from '../../../src-shared/data/trial-images';
import { createActivation } from '../../../src-shared/nn/activations';
import { Matrix } from '../../../src-shared/nn/matrix';

export interface Trial extends TrialImages {
  dataset: Pick<DatasetInfo, 'name' | 'rows' | 'columns' | 'classNames'>;
}

/** The activation of the hidden layers. */
export interface Hidden {
  activation: Activation;
  /** undefined unless the activation is leaky ReLU. */
  leakySlope: number | undefined;
}

export interface Attempt {
  hidden: Hidden;
  pixels: PixelScaling;
  /** [images], 1 if the image is classified correctly, otherwise 0 */
  isCorrect: Uint8Array;
  /** [images], cross-entropy */
  losses: Float64Array;
}

/** Multiplications: about two seconds. */
export const MAX_PRODUCTS = 2e9;
const FEWEST_IMAGES = 16;
/** Typical share of an image's pixels that are not zero. */
const INK = 0.25;

/**
 * Tries every combination of `hiddens` and `scalings`, on as many images as the limit allows.
 * @param maxProducts multiplications
 * @returns an empty list if the network is too large to be tried
 */
export function tryNetwork(
  layers: readonly LayerWeights[],
  hiddens: readonly Hidden[],
  scalings: readonly PixelScaling[],
  trial: Trial,
  maxProducts = MAX_PRODUCTS,
): Attempt[] {
  const [first, ...rest] = layers as [LayerWeights, ...LayerWeights[]];
  const passes = hiddens.length * scalings.length;
  const perImage =
    INK * first.weight.length + passes * (first.outputs + rest.reduce((sum, { weight }) => sum + weight.length, 0));
  const count = Math.min(trial.labels.length, Math.floor(maxProducts / perImage));
  if (count < Math.min(FEWEST_IMAGES, trial.labels.length)) return [];
  // Evenly spaced, as they were picked from the training images.
  const images = Array.from({ length: count }, (_, k) => Math.floor((k * trial.labels.length) / count));
  const { products, sums } = firstProducts(first, images, trial.pixels);
  const labels = Uint16Array.from(images, (image) => trial.labels[image]!);
  return scalings.flatMap((pixels) => {
    const scaled = scaledOutputs(first, products, sums, pixels);
    return hiddens.map((hidden) => {
      const logits = rest.reduce((signal, layer) => linear(activate(signal, hidden), layer), scaled);
      return { hidden, pixels, ...evaluate(logits, labels) };
    });
  });
}

/** Weights times pixels / 255, [images, units], and the sum of each unit's weights: enough for every scaling. */
function firstProducts({ weight, inputs, outputs }: LayerWeights, images: readonly number[], pixels: Uint8Array) {
  const products = new Float64Array(images.length * outputs);
  const nonzero = new Uint32Array(inputs);
  for (const [k, image] of images.entries()) {
    let count = 0;
    for (let i = 0; i < inputs; i++) if (pixels[image * inputs + i] !== 0) nonzero[count++] = i;
    for (let unit = 0; unit < outputs; unit++) {
      let sum = 0;
      for (let n = 0; n < count; n++)
        sum += weight[unit * inputs + nonzero[n]!]! * pixels[image * inputs + nonzero[n]!]!;
      products[k * outputs + unit] = sum / 255;
    }
  }
  const sums = new Float64Array(outputs);
  for (let n = 0; n < weight.length; n++) sums[Math.floor(n / inputs)]! += weight[n]!;
  return { products, sums };
}

function scaledOutputs(
  { bias, outputs }: LayerWeights,
  products: Float64Array,
  sums: Float64Array,
  { mean, deviation }: PixelScaling,
): Matrix {
  const data = products.map((product, n) => (product - mean * sums[n % outputs]!) / deviation + bias[n % outputs]!);
  return new Matrix(products.length / outputs, outputs, data);
}

function activate(signal: Matrix, { activation, leakySlope = 0 }: Hidden): Matrix {
  return createActivation({ activation, leakySlope }).forward(signal);
}

function linear(signal: Matrix, { weight, bias, inputs, outputs }: LayerWeights): Matrix {
  const result = Matrix.zeros(signal.rows, outputs, 'float64');
  for (let row = 0; row < signal.rows; row++) {
    for (let unit = 0; unit < outputs; unit++) {
      let sum = bias[unit]!;
      for (let i = 0; i < inputs; i++) sum += signal.data[row * inputs + i]! * weight[unit * inputs + i]!;
      result.data[row * outputs + unit] = sum;
    }
  }
  return result;
}

function evaluate(logits: Matrix, labels: Uint16Array): Pick<Attempt, 'isCorrect' | 'losses'> {
  const isCorrect = new Uint8Array(logits.rows);
  const losses = new Float64Array(logits.rows);
  for (let row = 0; row < logits.rows; row++) {
    const scores = Array.from(logits.row(row));
    const label = labels[row]!;
    const highest = Math.max(...scores);
    const total = scores.reduce((sum, score) => sum + Math.exp(score - highest), 0);
    losses[row] = highest + Math.log(total) - scores[label]!;
    isCorrect[row] = scores.indexOf(highest) === label ? 1 : 0;
  }
  return { isCorrect, losses };
}

// Converts the steps of a model into an equivalent chain of linear layers with one activation between them.
import type { LayerWeights } from '../../../src-shared/networks/layers';
import { HIDDEN_FIELD } from '../../../src-shared/settings/settings-fields';
import type { Activation } from '../../../src-shared/settings/settings';
import {
  composed,
  foldAfter,
  foldBefore,
  hasOnlyFiniteNumbers,
  roundedLayer,
  type Affine,
  type LinearLayer,
} from '../open/fold';
import { refusal } from '../open/imported-network';
import type { PixelChange } from '../open/pixel-scaling';

/** `name` is that of the layer in the file. */
export type Step = { name: string } & (
  | { kind: 'linear'; layer: LinearLayer }
  /** `isMeasured` if the map comes from statistics of the images, or of the outputs of the layer before. */
  | { kind: 'affine'; affine: Affine; isMeasured?: boolean }
  /** Feature k after this step is feature order[k] before it. */
  | { kind: 'reorder'; order: readonly number[] }
  | ActivationStep
);

/** `function` is unknown if the file contains only weights. */
export interface ActivationStep {
  kind: 'activation';
  function: Activation | 'softmax' | 'log_softmax' | 'unknown';
  /** The slope of leaky ReLU. If undefined, the file does not say. */
  slope?: number | undefined;
}

export interface Chain {
  layers: LinearLayer[];
  /** undefined if there are no hidden layers, or the activation is unknown. */
  activation: Activation | undefined;
  leakySlope: number | undefined;
  /** What the steps before the first layer do to the pixels. If undefined, nothing. */
  pixelChange: PixelChange | undefined;
  notes: string[];
}

/** Limit for merging two layers: a few seconds. */
const MAX_PRODUCTS = 2 ** 32;

/** @param steps from the pixels to the classes. Throws file-unreadable. */
export function chainOf(steps: readonly Step[], file: string): Chain {
  const builder = new ChainBuilder(file);
  steps.forEach((step) => builder.add(step));
  return builder.end();
}

/** Rounds to float32. Throws file-unreadable if a number is not finite or too large. */
export function roundedLayers({ layers }: Chain, file: string): LayerWeights[] {
  const rounded = layers.map(roundedLayer);
  if (rounded.every(hasOnlyFiniteNumbers)) return rounded;
  throw refusal(file, 'with its normalization, one of its weights is not a finite number');
}

type AffineStep = Extract<Step, { kind: 'affine' }>;

class ChainBuilder {
  private readonly layers: LinearLayer[] = [];
  private readonly notes: string[] = [];
  private hidden: (ActivationStep & { name: string }) | undefined;
  /** The activation after the last linear layer, if any. */
  private activation: (ActivationStep & { name: string }) | undefined;
  /** The affine map after the last activation or the pixels, if any. */
  private affine: Affine | undefined;
  private lastAffine = '';
  private isMeasured = false;
  private pixelChange: PixelChange | undefined;
  private order: readonly number[] | undefined;

  constructor(private readonly file: string) {}

  add(step: Step): void {
    if (step.kind === 'linear') this.addLinear(step.layer, step.name);
    else if (step.kind === 'affine') this.addAffine(step);
    else if (step.kind === 'reorder') this.addOrder(step.order, step.name);
    else this.addActivation(step);
  }

  end(): Chain {
    const last = this.activation;
    if (this.layers.length === 0) throw this.refused('it contains no Dense layer');
    if (this.layers.length > HIDDEN_FIELD.maxLayers + 1) {
      throw this.refused(`it contains ${this.layers.length} layers: at most ${HIDDEN_FIELD.maxLayers + 1} can be used`);
    }
    if (this.affine)
      throw this.refused(`its layer “${this.lastAffine}” follows the last activation: expected the classes`);
    const isSaturating = last?.function === 'sigmoid' || last?.function === 'tanh';
    if (last && !isSaturating && !['softmax', 'log_softmax', 'unknown'].includes(last.function)) {
      throw this.refused(
        `its last layer “${last.name}” has the activation ${last.function}: expected softmax, sigmoid or none`,
      );
    }
    if (isSaturating) {
      this.notes.push(
        `Its outputs are those of ${last.function}. Here they become probabilities by softmax: the classes are ` +
          'the same, the probabilities are not.',
      );
    }
    const activation =
      this.hidden?.function === 'unknown' ? undefined : (this.hidden?.function as Activation | undefined);
    const { layers, pixelChange, notes } = this;
    return { layers, activation, leakySlope: this.hidden?.slope, pixelChange, notes };
  }

  private addLinear(given: LinearLayer, name: string): void {
    const before = this.layers.at(-1);
    if (before && before.outputs !== given.inputs) {
      throw this.refused(
        `its layer “${name}” takes ${given.inputs} inputs, but the layer before it has ${before.outputs} outputs`,
      );
    }
    if (this.affine) this.checkFeatures(this.affine, given.inputs, this.lastAffine);
    if (!before) this.pixelChange = this.affine && { ...this.affine, isMeasured: this.isMeasured };
    let layer = this.affine ? foldBefore(given, this.affine) : given;
    if (this.order) layer = reordered(layer, this.order);
    this.affine = undefined;
    this.order = undefined;
    if (!before) {
      this.layers.push(layer);
    } else if (this.activation) {
      this.acceptHidden(this.activation);
      this.layers.push(layer);
    } else {
      this.layers[this.layers.length - 1] = this.product(before, layer);
      this.notes.push(
        `Its layer “${name}” follows a linear layer without an activation: the two were merged into one.`,
      );
    }
    this.activation = undefined;
  }

  private addAffine({ affine, isMeasured, name }: AffineStep): void {
    const last = this.layers.at(-1);
    this.checkFeatures(affine, last?.outputs, name);
    if (isMeasured) this.isMeasured = true;
    if (last && !this.activation) {
      this.layers[this.layers.length - 1] = foldAfter(last, affine);
    } else {
      this.affine = this.affine ? composed(this.affine, affine) : affine;
      this.lastAffine = name;
    }
  }

  private addOrder(order: readonly number[], name: string): void {
    if (this.layers.length > 0)
      throw this.refused(
        `its layer “${name}” changes the order of features between Dense layers, which this app does not read`,
      );
    if (this.affine) {
      const { scale, offset } = this.affine;
      const inOrder = (values: ArrayLike<number>) =>
        values.length === 1 ? values : order.map((from) => values[from]!);
      this.affine = { scale: inOrder(scale), offset: inOrder(offset) };
    }
    const before = this.order;
    this.order = before ? order.map((from) => before[from]!) : order;
  }

  private addActivation(step: ActivationStep & { name: string }): void {
    if (this.layers.length === 0)
      throw this.refused(`its layer “${step.name}” applies ${step.function} to the pixels, before any Dense layer`);
    const before = this.activation;
    const isRepeated = before?.function === 'relu' && step.function === 'relu' && !this.affine;
    if (before && !isRepeated)
      throw this.refused(`its activations ${before.function} and ${step.function} follow each other`);
    this.activation = step;
  }

  private acceptHidden(step: ActivationStep & { name: string }): void {
    if (step.function === 'softmax' || step.function === 'log_softmax') {
      throw this.refused(
        `its layer “${step.name}” has the activation ${step.function} between Dense layers: only relu, ` +
          'leaky_relu, sigmoid, tanh or gelu can be used there',
      );
    }
    const first = this.hidden;
    if (first && (first.function !== step.function || first.slope !== step.slope)) {
      throw this.refused(
        `it has two activations, ${describe(first)} in “${first.name}” and ${describe(step)} in ` +
          `“${step.name}”: expected one for all hidden layers`,
      );
    }
    this.hidden ??= step;
  }

  private checkFeatures({ scale, offset }: Affine, features: number | undefined, name: string): void {
    const wrong = [scale, offset].find(({ length }) => length !== 1 && features !== undefined && length !== features);
    if (wrong) throw this.refused(`its layer “${name}” is for ${wrong.length} features: expected ${features}`);
  }

  private product(first: LinearLayer, second: LinearLayer): LinearLayer {
    const { inputs, outputs: middle } = first;
    const { outputs } = second;
    if (inputs * middle * outputs > MAX_PRODUCTS)
      throw this.refused('two of its large Dense layers follow each other without an activation');
    const weight = new Float64Array(outputs * inputs);
    const bias = Float64Array.from(second.bias);
    for (let o = 0; o < outputs; o++) {
      for (let m = 0; m < middle; m++) {
        const factor = second.weight[o * middle + m]!;
        bias[o]! += factor * first.bias[m]!;
        for (let i = 0; i < inputs; i++) weight[o * inputs + i]! += factor * first.weight[m * inputs + i]!;
      }
    }
    return { weight, bias, inputs, outputs };
  }

  private refused(reason: string): Error {
    return refusal(this.file, reason);
  }
}

function describe({ function: name, slope }: ActivationStep): string {
  return slope === undefined ? name : `${name} of slope ${slope}`;
}

/** The layer whose input order[k] is input k of the given one. */
function reordered({ weight, bias, inputs, outputs }: LinearLayer, order: readonly number[]): LinearLayer {
  const result = new Float64Array(weight.length);
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) result[o * inputs + order[i]!] = weight[o * inputs + i]!;
  }
  return { weight: result, bias, inputs, outputs };
}

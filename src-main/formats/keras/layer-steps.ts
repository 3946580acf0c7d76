// Translates each class of Keras layers into steps of a chain.
import { transposed } from '../save/transposed';
import { batchNormAffine, type Affine } from '../open/fold';
import { countOf, refusal } from '../open/imported-network';
import type { NumberArray } from '../open/number-types';
import { activationOf, activationOfLayer, type FoundActivation } from './activations';
import { asArray, asNumbers } from './config-values';
import { inputShapeOf, isShape, spread, transposedFeatures, type Shape } from './features';
import type { ConfigLayer } from './model-config';
import { normalizationAffine } from './normalization';
import type { Step } from './steps';

/** Returns the variables of a layer in the order of the roles. Throws file-unreadable if there are more or fewer. */
export type ReadVariables = (layer: ConfigLayer, roles: readonly string[]) => NumberArray[];

export interface LayerSteps {
  steps: Step[];
  /** The shape of the layer's output. */
  shape: Shape;
}

/** Layers without an effect, or with one only in training. */
const IGNORED = [
  'Dropout',
  'GaussianDropout',
  'GaussianNoise',
  'AlphaDropout',
  'SpatialDropout1D',
  'SpatialDropout2D',
  'ActivityRegularization',
  'Identity',
  'Cast',
  'RandomFlip',
  'RandomRotation',
  'RandomZoom',
  'RandomTranslation',
  'RandomContrast',
  'RandomBrightness',
  'RandomCrop',
  'RandomShear',
  'RandomErasing',
  'Copy',
  'StopGradient',
];
const divide = (value: number, isFirst: boolean) => (isFirst ? undefined : single(1 / value, 0));
/** Arithmetic with a number, by the names of Keras 3 and Keras 2. */
const CALCULATIONS = new Map<string, (value: number, isFirst: boolean) => Affine | undefined>([
  ['truedivide', divide],
  ['truediv', divide],
  ['divide', divide],
  ['multiply', (value) => single(value, 0)],
  ['subtract', (value, isFirst) => (isFirst ? single(-1, value) : single(1, -value))],
  ['add', (value) => single(1, value)],
]);
const EPSILON = 1e-3;
const REDUCED_PRECISION = /int8|int4|float8|gptq|awq/;

export class LayerReader {
  constructor(
    private readonly file: string,
    private readonly readVariables: ReadVariables,
  ) {}

  /** @param shape of the layer's input. Throws file-unreadable. */
  read(layer: ConfigLayer, shape: Shape): LayerSteps {
    const { className, config, name } = layer;
    const policy = JSON.stringify(config['dtype'] ?? '');
    if (REDUCED_PRECISION.test(policy) || typeof config['quantization_mode'] === 'string') {
      throw this.refused(layer, 'is quantized. Saving the model before quantize() helps');
    }
    const activation = activationOfLayer(className, config);
    if (activation) return { steps: this.activationSteps(layer, activation), shape };
    if (IGNORED.includes(className)) return { steps: [], shape };
    switch (className) {
      case 'InputLayer':
        return { steps: [], shape: inputShapeOf(config) ?? shape };
      case 'Dense':
        return this.dense(layer, shape ?? inputShapeOf(config));
      case 'Flatten':
        return this.flatten(layer, shape ?? inputShapeOf(config));
      case 'Reshape':
        return this.reshape(layer, shape);
      case 'Permute':
        return this.permute(layer, shape ?? inputShapeOf(config));
      case 'Rescaling':
        return { steps: [this.rescaling(layer, shape)], shape };
      case 'Normalization':
        return { steps: [this.normalization(layer, shape)], shape };
      case 'BatchNormalization':
      case 'BatchNormalizationV1':
      case 'BatchNormalizationV2':
        return {
          steps: [{ name, kind: 'affine', affine: this.batchNormalization(layer, shape), isMeasured: true }],
          shape,
        };
      default:
        return this.calculation(layer, shape);
    }
  }

  private dense(layer: ConfigLayer, shape: Shape): LayerSteps {
    const { config, name } = layer;
    const roles = config['use_bias'] === false ? ['kernel'] : ['kernel', 'bias'];
    const [kernel, bias] = this.readVariables(layer, roles) as [NumberArray, NumberArray | undefined];
    if (shape && shape.length !== 1)
      throw this.refused(
        layer,
        `is applied to each row of images of ${shape.join('×')}: expected a Flatten layer before it`,
      );
    const [inputs, outputs] = kernel.shape as [number, number];
    const fits = kernel.shape.length === 2 && (!bias || (bias.shape.length === 1 && bias.shape[0] === outputs));
    if (!fits)
      throw this.refused(
        layer,
        `has a kernel of the shape [${kernel.shape.join(', ')}] and a bias of ` +
          `[${bias?.shape.join(', ') ?? ''}], which do not match`,
      );
    if (shape && shape[0] !== inputs) throw this.refused(layer, `takes ${inputs} inputs, but gets ${shape[0]}`);
    const weights = {
      weight: transposed(kernel.values, inputs, outputs),
      bias: bias?.values ?? new Float32Array(outputs),
      inputs,
      outputs,
    };
    return {
      steps: [
        { name, kind: 'linear', layer: weights },
        ...this.activationSteps(layer, activationOf(config['activation'])),
      ],
      shape: [outputs],
    };
  }

  private activationSteps(layer: ConfigLayer, found: FoundActivation): Step[] {
    if (found.kind === 'none') return [];
    if (found.kind === 'activation') return [{ name: layer.name, ...found }];
    throw this.refused(
      layer,
      `has the activation ${found.description}: relu, leaky_relu, sigmoid, tanh, gelu or none can be used`,
    );
  }

  private flatten(layer: ConfigLayer, shape: Shape): LayerSteps {
    if (!shape) return { steps: [], shape: undefined };
    const isChannelsFirst = layer.config['data_format'] === 'channels_first' && shape.length > 1;
    if (!isChannelsFirst || shape[0] === 1) return { steps: [], shape: [countOf(shape)] };
    const { order } = transposedFeatures(shape, [...shape.keys()].slice(1).concat(0));
    return { steps: [{ name: layer.name, kind: 'reorder', order }], shape: [countOf(shape)] };
  }

  private reshape(layer: ConfigLayer, shape: Shape): LayerSteps {
    const target = layer.config['target_shape'] ?? asArray(layer.config['newshape'])?.slice(1);
    const sides = asNumbers(target);
    if (!sides) throw this.refused(layer, 'does not say its shape');
    const known = countOf(sides.filter((side) => side !== -1));
    const result = sides.map((side) => (side === -1 && shape ? countOf(shape) / known : side));
    if (!isShape(result)) return { steps: [], shape: undefined };
    if (shape && countOf(result) !== countOf(shape))
      throw this.refused(
        layer,
        `reshapes ${shape.join('×')} to ${result.join('×')}, which has a different number of elements`,
      );
    return { steps: [], shape: result };
  }

  private permute(layer: ConfigLayer, shape: Shape): LayerSteps {
    const axes = asNumbers(layer.config['dims'])?.map((axis) => axis - 1);
    if (!shape || !axes || [...axes].sort((a, b) => a - b).join() !== [...shape.keys()].join())
      throw this.refused(layer, 'permutes axes that the file does not describe');
    const { order, shape: result } = transposedFeatures(shape, axes);
    return { steps: [{ name: layer.name, kind: 'reorder', order }], shape: result };
  }

  private rescaling(layer: ConfigLayer, shape: Shape): Step {
    const { scale, offset } = layer.config;
    const affine = {
      scale: this.perFeature(layer, asNumbers(scale ?? 1), shape, [-1]),
      offset: this.perFeature(layer, asNumbers(offset ?? 0), shape, [-1]),
    };
    return { name: layer.name, kind: 'affine', affine };
  }

  private normalization(layer: ConfigLayer, shape: Shape): Step {
    const { config } = layer;
    if (config['invert'] === true)
      throw this.refused(layer, 'multiplies instead of dividing (invert=True), which this app does not read');
    const isGiven = config['mean'] !== null && config['mean'] !== undefined;
    const stored = isGiven ? [] : this.readVariables(layer, ['mean', 'variance', 'count']);
    const numbers = isGiven
      ? [asNumbers(config['mean']), asNumbers(config['variance'])]
      : [stored[0]!.values, stored[1]!.values];
    const axes = asNumbers(config['axis'] ?? [])!;
    const [mean, variance] = numbers.map((values) => this.perFeature(layer, values, shape, axes)) as [
      ArrayLike<number>,
      ArrayLike<number>,
    ];
    return { name: layer.name, kind: 'affine', affine: normalizationAffine(mean, variance), isMeasured: !isGiven };
  }

  private batchNormalization(layer: ConfigLayer, shape: Shape): Affine {
    const { config } = layer;
    if (config['renorm'] === true)
      throw this.refused(layer, 'uses batch renormalization, which this app does not read');
    const roles = [
      ...(config['scale'] === false ? [] : ['gamma']),
      ...(config['center'] === false ? [] : ['beta']),
      'moving_mean',
      'moving_variance',
    ];
    const arrays = this.readVariables(layer, roles);
    const axes = asNumbers(config['axis'] ?? -1)!;
    const valuesOf = (role: string) => {
      const array = arrays[roles.indexOf(role)];
      return array && this.perFeature(layer, array.values, shape, axes);
    };
    const epsilon = typeof config['epsilon'] === 'number' ? config['epsilon'] : EPSILON;
    return batchNormAffine({
      gamma: valuesOf('gamma'),
      beta: valuesOf('beta'),
      mean: valuesOf('moving_mean')!,
      variance: valuesOf('moving_variance')!,
      epsilon,
    });
  }

  private calculation(layer: ConfigLayer, shape: Shape): LayerSteps {
    const { className, name, config, operand } = layer;
    const functionName = className === 'TFOpLambda' ? String(config['function']) : className;
    if (functionName === 'cast') return { steps: [], shape };
    const calculate = CALCULATIONS.get(functionName.replace(/^.*[._](?=[a-z])/, '').toLowerCase());
    const affine = operand && calculate?.(operand.value, operand.isFirst);
    if (affine) return { steps: [{ name, kind: 'affine', affine }], shape };
    if (className === 'Lambda')
      throw this.refused(
        layer,
        'runs a Python function, which is not opened. A Rescaling or Normalization layer in its place can be read',
      );
    throw this.refused(layer, 'does not belong to a chain of Dense layers');
  }

  /** @param axes as in Keras: the batch is axis 0, and negative ones count from the end */
  private perFeature(
    layer: ConfigLayer,
    values: ArrayLike<number> | undefined,
    shape: Shape,
    axes: readonly number[],
  ): ArrayLike<number> {
    const sides = shape?.length ?? 1;
    const positions = axes.map((axis) => (axis < 0 ? sides + axis : axis - 1)).sort((a, b) => a - b);
    const result = values && spread(values, shape, positions);
    if (!result)
      throw this.refused(
        layer,
        `contains ${values?.length ?? 'no'} numbers, which do not fit images of ` +
          (shape?.join('×') ?? 'an unknown shape'),
      );
    return result;
  }

  private refused({ name, className }: ConfigLayer, reason: string): Error {
    return refusal(this.file, `its layer “${name}” (${className}) ${reason}`);
  }
}

function single(scale: number, offset: number): Affine {
  return { scale: [scale], offset: [offset] };
}

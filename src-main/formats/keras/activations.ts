// Activations as Keras names them.
import type { ActivationStep } from './steps';
import { asObject, type Config } from './model-config';

/** none: linear. other: with a description for a sentence. */
export type FoundActivation = ActivationStep | { kind: 'none' } | { kind: 'other'; description: string };

/** The slope of the function, not of the layer. */
const SLOPE_OF_FUNCTION = 0.2;
/** Of the layer, where its configuration does not say it. */
const SLOPE_OF_LAYER = 0.3;

const FUNCTIONS = new Map<string, FoundActivation>(
  Object.entries({
    linear: { kind: 'none' },
    relu: { kind: 'activation', function: 'relu' },
    sigmoid: { kind: 'activation', function: 'sigmoid' },
    tanh: { kind: 'activation', function: 'tanh' },
    gelu: { kind: 'activation', function: 'gelu' },
    leaky_relu: { kind: 'activation', function: 'leaky-relu', slope: SLOPE_OF_FUNCTION },
    softmax: { kind: 'activation', function: 'softmax' },
    log_softmax: { kind: 'activation', function: 'log_softmax' },
  } satisfies Record<string, FoundActivation>),
);
/** Operations of a functional model, such as keras.ops.relu(x). */
const OPERATIONS: Readonly<Record<string, string>> = {
  Relu: 'relu',
  Sigmoid: 'sigmoid',
  Tanh: 'tanh',
  Softmax: 'softmax',
  LogSoftmax: 'log_softmax',
};

/** @param value of the field activation: a name, a function, or a layer */
export function activationOf(value: unknown): FoundActivation {
  if (value === null || value === undefined) return { kind: 'none' };
  if (typeof value === 'string')
    return FUNCTIONS.get(value) ?? activationOfLayer(value, {}) ?? { kind: 'other', description: value };
  const { class_name: className, config } = asObject(value);
  if (className === 'function' && typeof config === 'string') return withoutSlope(activationOf(config));
  const layer = typeof className === 'string' ? activationOfLayer(className, asObject(config)) : undefined;
  return layer ?? { kind: 'other', description: typeof className === 'string' ? className : 'a function of its own' };
}

/** A function that is not Keras's may have its name, but another slope. */
function withoutSlope(found: FoundActivation): FoundActivation {
  return found.kind === 'activation' ? { ...found, slope: undefined } : found;
}

/** @returns undefined if the class is no activation */
export function activationOfLayer(className: string, config: Config): FoundActivation | undefined {
  switch (className) {
    case 'Activation':
      return activationOf(config['activation']);
    case 'Softmax':
    case 'LogSoftmax':
    case 'Relu':
    case 'Sigmoid':
    case 'Tanh':
      return FUNCTIONS.get(OPERATIONS[className]!)!;
    case 'Gelu':
      return config['approximate'] === false
        ? FUNCTIONS.get('gelu')!
        : { kind: 'other', description: 'gelu in its approximate form' };
    case 'LeakyReLU':
    case 'LeakyRelu':
      return leaky(
        slopeOf(
          config['negative_slope'] ?? config['alpha'],
          className === 'LeakyReLU' ? SLOPE_OF_LAYER : SLOPE_OF_FUNCTION,
        ),
      );
    case 'ReLU':
      return reluLayer(config);
    case 'PReLU':
      return { kind: 'other', description: 'PReLU, whose slopes are trained' };
    default:
      return undefined;
  }
}

function reluLayer({ max_value: most, threshold, negative_slope: slope }: Config): FoundActivation {
  if (typeof most === 'number') return { kind: 'other', description: `ReLU that is capped at ${most}` };
  if (typeof threshold === 'number' && threshold !== 0)
    return { kind: 'other', description: `ReLU with the threshold ${threshold}` };
  return leaky(slopeOf(slope, 0));
}

function leaky(slope: number): FoundActivation {
  return slope === 0 ? FUNCTIONS.get('relu')! : { kind: 'activation', function: 'leaky-relu', slope };
}

/** Keras 2 stores a float32, whose last digits mean nothing. */
function slopeOf(value: unknown, fallback: number): number {
  const given = Array.isArray(value)
    ? (value[0] as unknown)
    : typeof value === 'object'
      ? asObject(value)['value']
      : value;
  return typeof given === 'number' ? Number(given.toPrecision(6)) : fallback;
}

// Recognizes activations by Keras's names and layer classes.
import type { ActivationStep } from './steps';
import { asObject, type Config } from './config-values';

/** none is linear. other is not supported; its description is for error messages. */
export type FoundActivation = ActivationStep | { kind: 'none' } | { kind: 'other'; description: string };

/** Default slope of the function leaky_relu. */
const SLOPE_OF_FUNCTION = 0.2;
/** Default slope of the layer LeakyReLU. */
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

/** @param value of the configuration's field `activation`: a name, a function, or a layer */
export function activationOf(value: unknown): FoundActivation {
  if (value === null || value === undefined) return { kind: 'none' };
  if (typeof value === 'string')
    return FUNCTIONS.get(value) ?? activationOfLayer(value, {}) ?? { kind: 'other', description: value };
  const { class_name: className, config } = asObject(value);
  if (className === 'function' && typeof config === 'string') return withoutSlope(activationOf(config));
  const layer = typeof className === 'string' ? activationOfLayer(className, asObject(config)) : undefined;
  return layer ?? { kind: 'other', description: typeof className === 'string' ? className : 'a function of its own' };
}

/** A custom function may have the name of Keras's, but another slope. */
function withoutSlope(found: FoundActivation): FoundActivation {
  return found.kind === 'activation' ? { ...found, slope: undefined } : found;
}

/** @returns undefined if the class is not an activation */
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
        : { kind: 'other', description: 'approximate gelu' };
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

function reluLayer({ max_value: max, threshold, negative_slope: slope }: Config): FoundActivation {
  if (typeof max === 'number') return { kind: 'other', description: `ReLU that is capped at ${max}` };
  if (typeof threshold === 'number' && threshold !== 0)
    return { kind: 'other', description: `ReLU with the threshold ${threshold}` };
  return leaky(slopeOf(slope, 0));
}

function leaky(slope: number): FoundActivation {
  return slope === 0 ? FUNCTIONS.get('relu')! : { kind: 'activation', function: 'leaky-relu', slope };
}

/** Keras 2 stores a float32: rounded to its meaningful digits. */
function slopeOf(value: unknown, fallback: number): number {
  const given = Array.isArray(value)
    ? (value[0] as unknown)
    : typeof value === 'object'
      ? asObject(value)['value']
      : value;
  return typeof given === 'number' ? Number(given.toPrecision(6)) : fallback;
}

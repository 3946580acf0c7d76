// Metadata of other programs: translates the entries that are known, and ignores the others.
import type { Activation } from '../../../src-shared/settings/settings';
import { refusal, type PixelScaling } from './imported-network';
import type { Metadata } from './metadata';

/** Keys are lower case, without spaces and punctuation. */
const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  relu: 'relu',
  leakyrelu: 'leaky-relu',
  lrelu: 'leaky-relu',
  sigmoid: 'sigmoid',
  logistic: 'sigmoid',
  tanh: 'tanh',
  gelu: 'gelu',
};
/** Activations that the app does not have: such a network must be refused. */
const UNSUPPORTED = new Set([
  'elu',
  'selu',
  'celu',
  'silu',
  'swish',
  'hardswish',
  'hardsigmoid',
  'hardtanh',
  'softplus',
  'softsign',
  'mish',
  'prelu',
  'relu6',
  'sin',
  'sine',
]);

const ACTIVATION_NAMES = [
  'activation',
  'hidden_activation',
  'act',
  'hidden_act',
  'activation_function',
  'activation_fn',
  'nonlinearity',
];
const SLOPE_NAMES = ['negative_slope', 'leakySlope', 'leaky_slope'];

/** True if a text or number of this name is metadata that is used. */
export function isKnownName(name: string): boolean {
  return ACTIVATION_NAMES.includes(name) || SLOPE_NAMES.includes(name);
}

/**
 * The known entries under the keys of this app's own metadata. Throws file-unreadable for an unsupported activation.
 */
export function knownMetadata(metadata: Metadata | undefined, file: string): Metadata {
  const name = textOf(firstOf(metadata, ACTIVATION_NAMES));
  if (name !== undefined && UNSUPPORTED.has(name))
    throw refusal(file, `its metadata names the activation ${name}: expected relu, leaky-relu, sigmoid, tanh or gelu`);
  const activation = name !== undefined && Object.hasOwn(ACTIVATIONS, name) ? ACTIVATIONS[name] : undefined;
  const slope = firstOf(metadata, SLOPE_NAMES);
  return {
    ...(activation && { activation }),
    ...(activation === 'leaky-relu' && slope !== undefined && { leakySlope: slope }),
  };
}

/** The scaling by mean and std, which are numbers or lists of one number. Converted to pixels from 0 to 1. */
export function pixelsIn(metadata: Metadata | undefined): PixelScaling | undefined {
  const mean = numberOf(metadata?.['mean'] ?? metadata?.['pixel_mean']);
  const deviation = numberOf(metadata?.['std'] ?? metadata?.['pixel_std']);
  if (mean === undefined || deviation === undefined || deviation <= 0) return undefined;
  const unit = Math.max(mean, deviation) > 1.5 ? 255 : 1;
  return { mean: mean / unit, deviation: deviation / unit };
}

function firstOf(metadata: Metadata | undefined, names: readonly string[]): unknown {
  return names.map((name) => metadata?.[name]).find((value) => value !== undefined && value !== null);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value.toLowerCase().replace(/^nn\.|[^a-z0-9]|\(.*\)$/g, '') : undefined;
}

function numberOf(value: unknown): number | undefined {
  const number: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

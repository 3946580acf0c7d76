// What other programs write beside their weights: what is understood counts, the rest says nothing.
import type { Activation } from '../../../src-shared/settings/settings';
import { refusal, type PixelScaling } from './imported-network';
import type { Metadata } from './metadata';

/** Without spaces and signs, in lower case. */
const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  relu: 'relu',
  leakyrelu: 'leaky-relu',
  lrelu: 'leaky-relu',
  sigmoid: 'sigmoid',
  logistic: 'sigmoid',
  tanh: 'tanh',
  gelu: 'gelu',
};
/** A network with one of these would be read wrongly. */
const OTHERS = new Set([
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
export const SLOPE_NAMES = ['negative_slope', 'leakySlope', 'leaky_slope'];

/** Whether something of this name, beside arrays, is used. */
export function isKnownName(name: string): boolean {
  return ACTIVATION_NAMES.includes(name) || SLOPE_NAMES.includes(name);
}

/**
 * The parts that have a meaning here, in the words of this app's own metadata. Throws file-unreadable for an activation
 * that cannot be used.
 */
export function knownMetadata(metadata: Metadata | undefined, file: string): Metadata {
  const said = textOf(firstOf(metadata, ACTIVATION_NAMES));
  if (said !== undefined && OTHERS.has(said))
    throw refusal(
      file,
      `its metadata names the activation ${said}: one of relu, leaky-relu, sigmoid, tanh and gelu can be used`,
    );
  const activation = said !== undefined && Object.hasOwn(ACTIVATIONS, said) ? ACTIVATIONS[said] : undefined;
  const slope = firstOf(metadata, SLOPE_NAMES);
  return {
    ...(activation && { activation }),
    ...(activation === 'leaky-relu' && slope !== undefined && { leakySlope: slope }),
  };
}

/** mean and std, as numbers or lists of one number: of pixels from 0 to 1. */
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

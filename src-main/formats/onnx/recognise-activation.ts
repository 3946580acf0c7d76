// Recognizes the activation that a function of z computes, however a program has expressed it: compares its values with
// those of the app's activations.
import type { Activation } from '../../../src-shared/settings/settings';
import { gelu, sigmoid, tanhGelu } from './elementwise';
import { scaledLayer, type Activated, type Linear, type Pointwise, type Signal } from './signal';

/** Irregular, with both signs, near 0 and far from it: clipped functions differ only far out. */
const SAMPLES = [0, ...[0.013, 0.31, 0.74, 1.19, 1.83, 2.6, 3.7, 4.9, 6.3, 8.1, 23, 170, 9000].flatMap((z) => [z, -z])];
/** Allows for constants rounded to float16, but not for the approximate GELU. */
const TOLERANCE = 1e-4;

const PLAIN: [Activation, (z: number) => number][] = [
  ['relu', (z) => Math.max(z, 0)],
  ['sigmoid', sigmoid],
  ['tanh', Math.tanh],
  ['gelu', gelu],
];

/** f(z) = scale · activation(argument[0] · z + argument[1]) + offset */
interface Recognised {
  activation: Activation;
  slope: number | undefined;
  argument: readonly [number, number];
  scale: number;
  offset: number;
}

/**
 * @returns the signal with a known activation as its source; undefined if the function is not an activation of the app
 */
export function withActivation(signal: Signal): Signal | undefined {
  const source = signal.source as Pointwise;
  const [scale, offset] = [signal.scale as number, signal.offset as number];
  const found = recognise(source, (z) => scale * source.apply(z) + offset);
  if (!found) return undefined;
  const { activation, slope, argument } = found;
  const activated: Activated = {
    kind: 'activated',
    label: source.label,
    of: scaledLayer(source.of, ...argument),
    activation,
    slope,
    size: source.of.outputs,
  };
  return { ...signal, source: activated, scale: found.scale, offset: found.offset };
}

/** Prefers an activation without scale and offset: sigmoid(2z) is also a scaled tanh(z). */
function recognise(source: Pointwise, apply: (z: number) => number): Recognised | undefined {
  const found = argumentsOf(source).flatMap((argument) => ofArgument(argument, apply));
  return found.find(({ scale, offset }) => scale === 1 && offset === 0) ?? found[0];
}

/** Candidates for the argument: programs express GELU with z / √2, tanh with 2z, and sigmoid with −z. */
function argumentsOf(source: Pointwise): [number, number][] {
  const inner = source.arguments.filter(([factor]) => factor !== 0);
  return [1, -1, Math.SQRT2, 0.5].flatMap((times) =>
    inner.map(([factor, added]): [number, number] => [times * factor, times * added]),
  );
}

function ofArgument(argument: readonly [number, number], apply: (z: number) => number): Recognised[] {
  const [factor, added] = argument;
  const inner = (u: number) => apply((u - added) / factor);
  return [...PLAIN, leaky(inner)].flatMap(([activation, expected]) => {
    const fitted = fit(inner, expected);
    return fitted
      ? [{ activation, slope: activation === 'leaky-relu' ? shortened(-expected(-1)) : undefined, argument, ...fitted }]
      : [];
  });
}

/** Leaky ReLU with the slope that the function has at −1. */
function leaky(apply: (u: number) => number): [Activation, (u: number) => number] {
  const [left, middle, right] = [apply(-1), apply(0), apply(1)];
  const slope = (middle - left) / (right - middle);
  // With any other slope it is a different function, such as the absolute value.
  return ['leaky-relu', slope > 0 && slope < 1 ? (u) => (u < 0 ? slope * u : u) : () => NaN];
}

function fit(
  apply: (u: number) => number,
  expected: (u: number) => number,
): { scale: number; offset: number } | undefined {
  // Each activation rises between 0 and 23, and sigmoid and tanh are saturated at 23.
  const exact = (apply(23) - apply(0)) / (expected(23) - expected(0));
  const scale = shortened(exact);
  const offset = shortened(apply(0) - scale * expected(0));
  const fits = SAMPLES.every((u) => {
    const [value, actual] = [scale * expected(u) + offset, apply(u)];
    // Far out, a quotient of exponentials is ∞ / ∞.
    if (Number.isNaN(actual) && Math.abs(u) > 100) return true;
    return Math.abs(actual - value) <= TOLERANCE * Math.max(Math.abs(scale), Math.abs(value));
  });
  return fits && scale !== 0 ? { scale, offset } : undefined;
}

/**
 * Restores the decimal that was meant: 0.01 as float32 is 0.009999999776, and the difference must not scale the next
 * layer by 0.99999998.
 */
function shortened(value: number): number {
  const short = Number(value.toPrecision(6));
  return Math.abs(short - value) <= 1e-7 * Math.max(1e-3, Math.abs(value)) ? short : value;
}

export function isTanhGelu({ apply }: Pointwise): boolean {
  return SAMPLES.every((z) => Math.abs(apply(z) - tanhGelu(z)) <= TOLERANCE * Math.max(1, Math.abs(z)));
}

/** @returns undefined if the function is not a straight line */
export function asLine(apply: (z: number) => number): { scale: number; offset: number } | undefined {
  return fit(apply, (z) => z);
}

/**
 * The argument in which the function increases, so that it preserves the ranking.
 * @returns undefined if there is none
 */
export function risingArgument(signal: Signal): [number, number] | undefined {
  const source = signal.source as Pointwise;
  const rising = SAMPLES.filter((u) => Math.abs(u) < 5).sort((a, b) => a - b);
  return argumentsOf(source).find(([factor, added]) => {
    const values = rising.map((u) => (signal.scale as number) * source.apply((u - added) / factor));
    return values.every((value, n) => n === 0 || value > values[n - 1]!);
  });
}

export function isExponential(signal: Signal): boolean {
  const { apply } = signal.source as Pointwise;
  return (
    signal.scale === 1 &&
    signal.offset === 0 &&
    SAMPLES.every((z) => Math.abs(apply(z) - Math.exp(z)) <= TOLERANCE * Math.exp(z) || z > 700)
  );
}

/** @returns the layer if the signal is its sigmoid */
export function belowSigmoid(signal: Signal): Linear | undefined {
  const known = signal.source.kind === 'pointwise' ? withActivation(signal) : undefined;
  const source = known?.source;
  const isSigmoid =
    source?.kind === 'activated' && source.activation === 'sigmoid' && known!.scale === 1 && known!.offset === 0;
  return isSigmoid ? source.of : undefined;
}

/** True if two signals of the same layer are p and 1 − p. */
export function addUpToOne(a: Signal, b: Signal): boolean {
  const [first, second] = [a.source as Pointwise, b.source as Pointwise];
  const total = (z: number) =>
    (a.scale as number) * first.apply(z) +
    (a.offset as number) +
    (b.scale as number) * second.apply(z) +
    (b.offset as number);
  return first.of === second.of && SAMPLES.every((z) => Math.abs(total(z) - 1) <= TOLERANCE);
}

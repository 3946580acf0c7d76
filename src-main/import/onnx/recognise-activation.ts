// Which activation a function of z is, however a program has written it: compares its values with those of the activations of this app.
import type { Activation } from '../../../src-shared/settings';
import { gelu, sigmoid, tanhGelu } from './elementwise';
import { scaledLayer, type Activated, type Pointwise, type Signal } from './signal';

/** Irregular, with both signs, near 0 and far from it: clipped functions differ far out only. */
const SAMPLES = [0, ...[0.013, 0.31, 0.74, 1.19, 1.83, 2.6, 3.7, 4.9, 6.3, 8.1, 23, 170, 9000].flatMap((z) => [z, -z])];
/** Constants may be rounded to float16. GELU by tanh differs from the exact one by more. */
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

/** @returns the signal with a known activation as its source, or undefined if the function is none of them */
export function withActivation(signal: Signal): Signal | undefined {
  const source = signal.source as Pointwise;
  const [scale, offset] = [signal.scale as number, signal.offset as number];
  const found = recognise(source, (z) => scale * source.apply(z) + offset);
  if (!found) return undefined;
  const { activation, slope, argument } = found;
  const activated: Activated = { kind: 'activated', label: source.label, of: scaledLayer(source.of, ...argument), activation, slope, size: source.of.outputs };
  return { ...signal, source: activated, scale: found.scale, offset: found.offset };
}

function recognise(source: Pointwise, apply: (z: number) => number): Recognised | undefined {
  for (const argument of source.arguments) {
    const [factor, added] = argument;
    if (factor === 0) continue;
    const ofArgument = (u: number) => apply((u - added) / factor);
    for (const [activation, expected] of [...PLAIN, leaky(ofArgument)]) {
      const fitted = fit(ofArgument, expected);
      if (fitted) return { activation, slope: activation === 'leaky-relu' ? shortened(-expected(-1)) : undefined, argument, ...fitted };
    }
  }
  return undefined;
}

/** Leaky ReLU with the slope that the function has at negative arguments. */
function leaky(apply: (u: number) => number): [Activation, (u: number) => number] {
  const [left, middle, right] = [apply(-1), apply(0), apply(1)];
  const slope = (middle - left) / (right - middle);
  // Any other slope makes another function, such as the absolute value.
  return ['leaky-relu', slope > 0 && slope < 1 ? (u) => (u < 0 ? slope * u : u) : () => NaN];
}

function fit(apply: (u: number) => number, expected: (u: number) => number): { scale: number; offset: number } | undefined {
  // Between 0 and 23 each of them rises, and is all but settled at 23.
  const exact = (apply(23) - apply(0)) / (expected(23) - expected(0));
  const scale = shortened(exact);
  const offset = shortened(apply(0) - scale * expected(0));
  const fits = SAMPLES.every((u) => {
    const [value, actual] = [scale * expected(u) + offset, apply(u)];
    // Far out, a quotient of exponentials is infinity by infinity.
    if (Number.isNaN(actual) && Math.abs(u) > 100) return true;
    return Math.abs(actual - value) <= TOLERANCE * Math.max(Math.abs(scale), Math.abs(value));
  });
  return fits && scale !== 0 ? { scale, offset } : undefined;
}

/** A constant of 0.01 in float32 is 0.009999999776: the short number is meant, and must not scale the next layer by 0.99999998. */
function shortened(value: number): number {
  const short = Number(value.toPrecision(6));
  return Math.abs(short - value) <= 1e-7 * Math.max(1e-3, Math.abs(value)) ? short : value;
}

export function isTanhGelu({ apply }: Pointwise): boolean {
  return SAMPLES.every((z) => Math.abs(apply(z) - tanhGelu(z)) <= TOLERANCE * Math.max(1, Math.abs(z)));
}

/** Whether the function is a straight line. */
export function asLine(apply: (z: number) => number): { scale: number; offset: number } | undefined {
  return fit(apply, (z) => z);
}

/** Whether the largest number stays the largest. */
export function isIncreasing(signal: Signal): boolean {
  const { apply } = signal.source as Pointwise;
  const rising = [...SAMPLES].filter((z) => Math.abs(z) < 5).sort((a, b) => a - b);
  const values = rising.map((z) => (signal.scale as number) * apply(z) + (signal.offset as number));
  return values.every((value, n) => n === 0 || value > values[n - 1]!);
}

export function isExponential(signal: Signal): boolean {
  const { apply } = signal.source as Pointwise;
  return signal.scale === 1 && signal.offset === 0 && SAMPLES.every((z) => Math.abs(apply(z) - Math.exp(z)) <= TOLERANCE * Math.exp(z) || z > 700);
}

/** Whether the signal is the sigmoid of its layer, or 1 minus it. */
export function sigmoidSide(signal: Signal): 'sigmoid' | 'rest' | undefined {
  const known = withActivation(signal);
  if (!known || (known.source as Activated).activation !== 'sigmoid') return undefined;
  if (known.scale === 1 && known.offset === 0) return 'sigmoid';
  return known.scale === -1 && known.offset === 1 ? 'rest' : undefined;
}


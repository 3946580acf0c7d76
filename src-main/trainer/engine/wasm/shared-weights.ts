// Carries weights between [out, in], as the world knows them, and the padded layout that the kernels compute with.
import type { LayerState, LayerWeights } from '../../../../src-shared/networks/layers';
import type { LayerPlan, Layout } from './memory-layout';

/** What is kept of each weight, in this order: itself, the sum of its gradient, what the optimizer remembers. */
const WEIGHTS = 0;
export const GRADIENTS = 1;
export const FIRST_MOMENT = 2;

/** The least normal float32 number. Below it a processor calculates several times slower. */
const LEAST_NORMAL = 2 ** -126;

/** Subnormal numbers become zero: older versions have stored some. @param what of each weight */
export function writeLayer(
  buffer: ArrayBufferLike,
  layer: LayerPlan,
  { weight, bias }: LayerState,
  what = WEIGHTS,
): void {
  const plan = shifted(layer, what);
  const { inputs, units } = plan;
  const shared = new Float32Array(buffer);
  for (let j = 0; j < units; j++) {
    const { start, step } = unitAt(plan, j);
    for (let i = 0; i < inputs; i++) shared[start + i * step] = withoutSubnormal(weight[j * inputs + i]!);
  }
  for (let j = 0; j < units; j++) shared[plan.bias / 4 + j] = withoutSubnormal(bias[j]!);
}

function withoutSubnormal(x: number): number {
  return Math.abs(x) < LEAST_NORMAL ? 0 : x;
}

export function readLayer(buffer: ArrayBufferLike, layer: LayerPlan, what = WEIGHTS): LayerWeights {
  const plan = shifted(layer, what);
  const { inputs, units } = plan;
  const shared = new Float32Array(buffer);
  const weight = new Float32Array(units * inputs);
  for (let j = 0; j < units; j++) {
    const { start, step } = unitAt(plan, j);
    if (step === 1) weight.set(shared.subarray(start, start + inputs), j * inputs);
    else for (let i = 0; i < inputs; i++) weight[j * inputs + i] = shared[start + i * step]!;
  }
  return { weight, bias: shared.slice(plan.bias / 4, plan.bias / 4 + units), inputs, outputs: units };
}

/** The same layer, with what is kept of its weights in place of the weights. */
function shifted(layer: LayerPlan, what: number): LayerPlan {
  const offset = what * layer.sums;
  return { ...layer, weight: layer.weight + offset, bias: layer.bias + offset };
}

/** Sets the sums of gradients to zero. */
export function clearSums(buffer: ArrayBufferLike, { layers }: Layout): void {
  for (const { weight, sums } of layers) new Float32Array(buffer, weight + sums, sums / 4).fill(0);
}

/** Where the weights of a unit lie, in numbers: its first one, and the way from one input to the next. */
function unitAt({ weight, weightStride, inputs, block }: LayerPlan, unit: number): { start: number; step: number } {
  if (weightStride > 0) return { start: (weight + unit * weightStride) / 4, step: 1 };
  return { start: weight / 4 + Math.floor(unit / block) * inputs * block + (unit % block), step: block };
}

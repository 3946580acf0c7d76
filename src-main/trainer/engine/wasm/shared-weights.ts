// Converts weights between [out, in], as in exports, and the padded layout in shared memory.
import type { LayerWeights, LayerState } from '../../../../src-shared/networks/layers';
import type { LayerLayout, Layout } from './memory-layout';

/** The copies of a layer in memory, in this order: its weights, their summed gradients, the optimizer's states. */
const WEIGHTS = 0;
export const GRADIENTS = 1;
export const FIRST_MOMENT = 2;

/** The smallest normal float32 number. Below it a processor calculates several times slower. */
const LEAST_NORMAL = 2 ** -126;

/** Subnormal numbers, which older versions have stored, become zero. @param copy GRADIENTS, FIRST_MOMENT + k … */
export function writeLayer(
  buffer: ArrayBufferLike,
  layer: LayerLayout,
  { weight, bias }: LayerState,
  copy = WEIGHTS,
): void {
  const target = shifted(layer, copy);
  const { inputs, units } = target;
  const shared = new Float32Array(buffer);
  for (let j = 0; j < units; j++) {
    const { start, step } = unitAt(target, j);
    for (let i = 0; i < inputs; i++) shared[start + i * step] = withoutSubnormal(weight[j * inputs + i]!);
  }
  for (let j = 0; j < units; j++) shared[target.bias / 4 + j] = withoutSubnormal(bias[j]!);
}

function withoutSubnormal(x: number): number {
  return Math.abs(x) < LEAST_NORMAL ? 0 : x;
}

export function readLayer(buffer: ArrayBufferLike, layer: LayerLayout, copy = WEIGHTS): LayerWeights {
  const source = shifted(layer, copy);
  const { inputs, units } = source;
  const shared = new Float32Array(buffer);
  const weight = new Float32Array(units * inputs);
  for (let j = 0; j < units; j++) {
    const { start, step } = unitAt(source, j);
    if (step === 1) weight.set(shared.subarray(start, start + inputs), j * inputs);
    else for (let i = 0; i < inputs; i++) weight[j * inputs + i] = shared[start + i * step]!;
  }
  return { weight, bias: shared.slice(source.bias / 4, source.bias / 4 + units), inputs, outputs: units };
}

/** The same layer, with the addresses of one of its copies instead of its weights. */
function shifted(layer: LayerLayout, copy: number): LayerLayout {
  const offset = copy * layer.sums;
  return { ...layer, weight: layer.weight + offset, bias: layer.bias + offset };
}

/** Sets the summed gradients to zero. */
export function clearSums(buffer: ArrayBufferLike, { layers }: Layout): void {
  for (const { weight, sums } of layers) new Float32Array(buffer, weight + sums, sums / 4).fill(0);
}

/** Where the weights of a unit are, as indices into float32 numbers: of the first, and from one input to the next. */
function unitAt({ weight, weightStride, inputs, block }: LayerLayout, unit: number): { start: number; step: number } {
  if (weightStride > 0) return { start: (weight + unit * weightStride) / 4, step: 1 };
  return { start: weight / 4 + Math.floor(unit / block) * inputs * block + (unit % block), step: block };
}

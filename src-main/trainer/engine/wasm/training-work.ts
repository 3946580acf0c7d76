// What the kernels need to know to train: the fields of the plan that follow from settings and hyperparameters.
import { dropThreshold } from '../../../../src-shared/nn/counter-random';
import type { OptimizerName, Settings } from '../../../../src-shared/settings/settings';
import type { Hyperparameters } from '../engine';
import { Optimizer } from './kernels/numbers';
import type { Plan } from './memory-layout';
import type { SharedMemory } from './shared-memory';

const OPTIMIZER_NUMBERS: Record<OptimizerName, Optimizer> = {
  sgd: Optimizer.sgd,
  momentum: Optimizer.momentum,
  nesterov: Optimizer.nesterov,
  rmsprop: Optimizer.rmsprop,
  adam: Optimizer.adam,
  adamw: Optimizer.adamw,
};
/** Pixels of the images that are prepared in one step, if a batch is split into steps. */
const PIXELS_PER_STEP = 2 ** 21;
/** Bytes of the table of scaled pixels. */
const TABLE_BYTES = 4 * 256;

/** The fields that are the same for all batches of a call. With input dropout, fills the second table of pixels. */
export function trainingWork(
  { memory, layout, summed }: SharedMemory,
  settings: Settings,
  { batchSize, momentum, dropout, inputDropout }: Hyperparameters,
): Partial<Plan> {
  const { optimizer, squareDecay, weightDecay, clipNorm, maxNorm, labelSmoothing, gradientDivisions } = settings;
  const { scaledPixels } = layout.plan;
  const dropsPixels = inputDropout > 0;
  if (dropsPixels) {
    const keptScale = Math.fround(1 / (1 - inputDropout));
    const [plain, kept] = [0, TABLE_BYTES].map((offset) => new Float32Array(memory.buffer, scaledPixels + offset, 256));
    plain!.forEach((value, k) => (kept![k] = value * keptScale));
  }
  return {
    rows: batchSize,
    summed: Number(summed),
    images: layout.trainAt,
    scaledPixels: dropsPixels ? scaledPixels + TABLE_BYTES : scaledPixels,
    optimizer: OPTIMIZER_NUMBERS[optimizer],
    momentum,
    gradientShare: 1 - momentum,
    squareDecay,
    squareShare: 1 - squareDecay,
    weightDecay,
    clipNorm,
    maxNorm,
    labelSmoothing,
    dropBelow: dropThreshold(dropout),
    dropPixelBelow: dropThreshold(inputDropout),
    keptScale: 1 / (1 - dropout),
    gradientScale: 1 / batchSize ** gradientDivisions,
  };
}

/** The rows of each prepare step of a batch. None if the first layer uses the training images as they are. */
export function rowsToPrepare({ layout }: SharedMemory, batchSize: number): Pick<Plan, 'fromRow' | 'toRow'>[] {
  const { train, layers } = layout;
  if (train.starts > 0) return [];
  const rows = Math.max(1, Math.floor(PIXELS_PER_STEP / layers[0]!.inputs));
  return Array.from({ length: Math.ceil(batchSize / rows) }, (_, k) => ({
    fromRow: k * rows,
    toRow: Math.min(batchSize, (k + 1) * rows),
  }));
}

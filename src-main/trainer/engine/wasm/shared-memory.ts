// The memory that the fast engine's threads share: laid out, allocated and filled for one dataset and one network.
import { StudioError } from '../../../../src-shared/errors';
import type { Activation, OptimizerName, Settings } from '../../../../src-shared/settings/settings';
import { augments } from '../../data/augment/augment';
import { layerSizes, type EngineData, type EngineOptions } from '../engine';
import { firstWeights } from '../reference/reference-engine';
import { batchSteps, type BatchStep } from './batch-steps';
import { startKernels } from './kernels';
import { Activation as ActivationNumber } from './kernels/numbers';
import { layOut, PAGE, writeStructures, type Layout } from './memory-layout';
import { writeImages } from './shared-images';
import { FIRST_MOMENT, writeLayer } from './shared-weights';
import { prepareSparse } from './sparse-images';

/** If this share of a dataset's pixels is zero, or more, the sparse first layer is faster than the dense one. */
const LEAST_ZERO_SHARE = 0.4;
/** A sparse image has 16 bits for the position of a pixel. */
const MOST_SPARSE_PIXELS = 65536;
/** Images of the test set that are predicted together. */
const PREDICTED_ROWS = 64;
/** The same, in a network that is so large that its batches are split into steps. */
const FEWEST_ROWS = 8;
/**
 * Images that the kernels train or predict in one go, if a batch is not larger. This takes some milliseconds. Then the
 * number of threads may change.
 */
export const CHUNK = 4096;
/** The same while the page is drawn: short, because the number of threads cannot change within a chunk. */
export const SHORT_CHUNK = 1024;

const ACTIVATION_NUMBERS: Record<Activation, ActivationNumber> = {
  relu: ActivationNumber.relu,
  sigmoid: ActivationNumber.sigmoid,
  tanh: ActivationNumber.tanh,
  'leaky-relu': ActivationNumber.leakyRelu,
  gelu: ActivationNumber.gelu,
};
/** How many states each optimizer keeps for each weight. */
const MOMENTS: Record<OptimizerName, number> = { sgd: 0, momentum: 1, nesterov: 1, rmsprop: 1, adam: 2, adamw: 2 };

/** The kernels' input and output of each chunk, one number for each image. */
export interface SharedArrays {
  /** Indices of the images. */
  indices: Uint32Array;
  targetProbability: Float32Array;
  predicted: Uint16Array;
  confidence: Float32Array;
  /** [images, classes] */
  probabilities: Float32Array;
}

export interface SharedMemory {
  memory: WebAssembly.Memory;
  layout: Layout;
  arrays: SharedArrays;
  /** The steps of a batch, if a whole batch would take too long. */
  steps: BatchStep[] | undefined;
  /** True if gradients are summed before they change the weights. */
  summed: boolean;
  /** How many states the optimizer keeps for each weight. */
  moments: number;
  /** Images that are predicted together. */
  predictedRows: number;
}

export interface MemoryOptions extends EngineOptions {
  threads: number;
  /** Tenths of a second; a thread that is missing longer is taken for dead. */
  threadTimeout?: number;
  /** The most multiply-adds of a step. */
  mostWork?: number;
}

/** Throws a StudioError of code engine-failed if the system does not provide the memory. */
export function shareMemory(options: MemoryOptions, module: WebAssembly.Module): SharedMemory {
  const { dataset, settings, threads, threadTimeout = 300, mostWork } = options;
  const { batchSize, activation, leakySlope, dropout, inputDropout, optimizer } = settings;
  const kernels = startKernels(module, new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }));
  const sizes = layerSizes(dataset, settings);
  const sparse = isSparse(options);
  const ink = sparse ? 1 - dataset.info.zeroShare : 1;
  const steps = batchSteps({ sizes, ink, batchSize, tile: Number(kernels.TILE.value), mostWork });
  const distorted = augments(settings);
  const layout = layOut({
    dataset,
    sizes,
    activation: ACTIVATION_NUMBERS[activation],
    leakySlope,
    sparse,
    rows: Math.max(batchSize, PREDICTED_ROWS),
    moments: MOMENTS[optimizer],
    slopes: activation === 'gelu' || dropout > 0,
    prepared: distorted || inputDropout > 0,
    distorted,
    chunk: CHUNK,
    pixelListsBytes: sparse ? kernels.pixelListsBytes(sizes[0]!, batchSize) : 0,
    tiles: { block: Number(kernels.BLOCK.value), columns: Number(kernels.COLUMNS.value) },
    threads,
    timeout: threadTimeout,
  });
  const memory = allocate(layout.bytes);
  return {
    memory,
    layout,
    arrays: fillMemory(memory.buffer, layout, options),
    steps,
    summed: steps !== undefined || !isPlain(settings),
    moments: MOMENTS[optimizer],
    predictedRows: steps ? FEWEST_ROWS : PREDICTED_ROWS,
  };
}

/** True if an update is only the gradient times the learning rate, which needs no sums. */
function isPlain({ optimizer, weightDecay, clipNorm }: Settings): boolean {
  return optimizer === 'sgd' && weightDecay === 0 && clipNorm === 0;
}

/** True if the first layer skips zeros. A network without hidden layers has so few weights that this does not pay. */
export function isSparse({ dataset, settings }: EngineOptions): boolean {
  return settings.hidden.length > 0 && suitsSparse(dataset);
}

/** Finds the inked pixels, which most networks on this dataset need, so that the first network need not wait. */
export function prepareImages(dataset: EngineData): void {
  if (!suitsSparse(dataset)) return;
  prepareSparse(dataset.train);
  prepareSparse(dataset.test);
}

/** A pixel of a sparse image costs more than one of a dense image, so there must be enough zeros. */
function suitsSparse({ info: { zeroShare, rows, columns } }: EngineData): boolean {
  return zeroShare >= LEAST_ZERO_SHARE && rows * columns <= MOST_SPARSE_PIXELS;
}

function allocate(bytes: number): WebAssembly.Memory {
  const pages = bytes / PAGE;
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch {
    throw new StudioError(
      'engine-failed',
      `The fast engine needs ${Math.ceil(bytes / 2 ** 20)} MB of memory for this dataset and network, and did ` +
        'not get them. ' +
        'Please close other programs, choose a smaller network, or choose the reference engine.',
    );
  }
}

/** Writes the plan, the images and the first weights. @returns the arrays that change with every chunk */
function fillMemory(
  buffer: ArrayBufferLike,
  layout: Layout,
  { dataset, settings, state }: EngineOptions,
): SharedArrays {
  const { scaledPixels, rowNumbers, indices, targetProbability, predicted, confidence, probabilities } = layout.plan;
  writeStructures(buffer, layout);
  writeImages(buffer, layout.train, dataset.train);
  writeImages(buffer, layout.test, dataset.test);
  new Float32Array(buffer, scaledPixels, 256).forEach((_, value, scaled) => (scaled[value] = value / 255));
  new Uint32Array(buffer, rowNumbers, layout.plan.rows).forEach((_, row, rows) => (rows[row] = row));
  (state?.layers ?? firstWeights({ dataset, settings })).forEach((layer, index) =>
    writeLayer(buffer, layout.layers[index]!, layer),
  );
  state?.moments.forEach((layers, moment) =>
    layers.forEach((layer, index) => writeLayer(buffer, layout.layers[index]!, layer, FIRST_MOMENT + moment)),
  );
  return {
    indices: new Uint32Array(buffer, indices, CHUNK),
    targetProbability: new Float32Array(buffer, targetProbability, CHUNK),
    predicted: new Uint16Array(buffer, predicted, CHUNK),
    confidence: new Float32Array(buffer, confidence, CHUNK),
    probabilities: new Float32Array(buffer, probabilities, CHUNK * dataset.info.classNames.length),
  };
}

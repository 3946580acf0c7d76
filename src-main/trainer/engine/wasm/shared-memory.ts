// The memory that the fast engine's threads share: planned, taken and filled for one dataset and one network.
import { StudioError } from '../../../../src-shared/errors';
import type { Activation, OptimizerName, Settings } from '../../../../src-shared/settings/settings';
import { augments } from '../../data/augment/augment';
import { batchSteps, type BatchStep } from '../batch-steps';
import { layerSizes, type EngineData, type EngineOptions } from '../engine';
import { startKernels } from './kernels';
import { chooseSparse, layOut, writeStructures, type Layout } from './memory-layout';
import { firstWeights } from '../reference/reference-engine';
import { writeImages } from './shared-images';
import { FIRST_MOMENT, writeLayer } from './shared-weights';
import { prepareSparse } from './sparse-images';

/** From this share of zeros on, looking only at the other pixels is faster. */
const LEAST_ZERO_SHARE = 0.4;
/** Images of the test set that are predicted together. */
const PREDICTED_ROWS = 64;
/** The same, in a network that is so large that even they take long. */
const FEWEST_ROWS = 8;
/**
 * Images in the largest piece of work, at least the largest batch. Some milliseconds: then the number of threads may
 * change.
 */
export const PIECE = 4096;
/** While the page is drawn: short, since a piece that has begun with fewer threads ends with as few. */
export const SHORT_PIECE = 1024;

const ACTIVATION_NUMBERS: Record<Activation, number> = { relu: 0, sigmoid: 1, tanh: 2, 'leaky-relu': 3, gelu: 4 };

/** What goes to the kernels and comes back with every piece of work, one number an image. */
export interface SharedArrays {
  order: Uint32Array;
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
  /** The steps of a batch, where a whole one would take too long. */
  steps: BatchStep[] | undefined;
  /** Whether gradients are summed before they change the weights. */
  summed: boolean;
  /** Numbers that the optimizer remembers of each weight. */
  moments: number;
  /** Images that are predicted together. */
  predictedRows: number;
}

export interface MemoryOptions extends EngineOptions {
  threads: number;
  /** Tenths of a second after which a thread that does not come is taken for dead. */
  patience?: number;
  /** Multiply-adds after which orders are looked for. */
  mostWork?: number;
}

/** How many numbers each optimizer remembers of each weight. */
const MOMENTS: Record<OptimizerName, number> = { sgd: 0, momentum: 1, nesterov: 1, rmsprop: 1, adam: 2, adamw: 2 };

/** Throws a StudioError of code engine-failed where the machine does not give as much memory as it takes. */
export function shareMemory(options: MemoryOptions, module: WebAssembly.Module): SharedMemory {
  const { dataset, settings, threads, patience = 300, mostWork } = options;
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
    made: distorted || inputDropout > 0,
    distorted,
    orderLength: PIECE,
    pixelListsBytes: sparse ? kernels.pixelListsBytes(sizes[0]!, batchSize) : 0,
    tiles: { block: Number(kernels.BLOCK.value), columns: Number(kernels.COLUMNS.value) },
    threads,
    patience,
  });
  const memory = takeMemory(layout.bytes);
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

/** Whether an update is no more than the gradient times the learning rate: then it needs no sums. */
function isPlain({ optimizer, weightDecay, clipNorm }: Settings): boolean {
  return optimizer === 'sgd' && weightDecay === 0 && clipNorm === 0;
}

/** A network without hidden layers has so few weights that all pixels cost little. */
export function isSparse({ dataset, settings }: EngineOptions): boolean {
  return settings.hidden.length > 0 && suitsSparse(dataset);
}

/** Finds what most networks on this dataset will need, so that the first one need not wait for it. */
export function prepareImages(dataset: EngineData): void {
  if (!suitsSparse(dataset)) return;
  prepareSparse(dataset.train);
  prepareSparse(dataset.test);
}

const suitsSparse = ({ info }: EngineData) => chooseSparse(info, LEAST_ZERO_SHARE);

function takeMemory(bytes: number): WebAssembly.Memory {
  const pages = bytes / 65536;
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

/** Writes the plan, the images and the first weights. @returns the arrays that change with every piece of work */
function fillMemory(
  buffer: ArrayBufferLike,
  layout: Layout,
  { dataset, settings, state }: EngineOptions,
): SharedArrays {
  const { scaledPixels, counting, order, targetProbability, predicted, confidence, probabilities } = layout.plan;
  writeStructures(buffer, layout);
  writeImages(buffer, layout.train, dataset.train);
  writeImages(buffer, layout.test, dataset.test);
  new Float32Array(buffer, scaledPixels, 256).forEach((_, value, scaled) => (scaled[value] = value / 255));
  new Uint32Array(buffer, counting, layout.plan.rows).forEach((_, row, rows) => (rows[row] = row));
  (state?.layers ?? firstWeights({ dataset, settings })).forEach((layer, index) =>
    writeLayer(buffer, layout.layers[index]!, layer),
  );
  state?.moments.forEach((layers, average) =>
    layers.forEach((layer, index) => writeLayer(buffer, layout.layers[index]!, layer, FIRST_MOMENT + average)),
  );
  return {
    order: new Uint32Array(buffer, order, PIECE),
    targetProbability: new Float32Array(buffer, targetProbability, PIECE),
    predicted: new Uint16Array(buffer, predicted, PIECE),
    confidence: new Float32Array(buffer, confidence, PIECE),
    probabilities: new Float32Array(buffer, probabilities, PIECE * dataset.info.classNames.length),
  };
}

// The memory that the fast engine's threads share: planned, taken and filled for one dataset and one network.
import { StudioError } from '../../../src-shared/errors';
import type { Activation } from '../../../src-shared/settings';
import { batchSteps, type BatchStep } from './batch-steps';
import { layerSizes, type EngineOptions } from './engine';
import { startKernels } from './kernels';
import { chooseSparse, layOut, writeStructures, type Layout } from './memory-layout';
import { firstWeights } from './reference-engine';
import { writeImages } from './shared-images';
import { writeLayer } from './shared-weights';

/** From this share of zeros on, looking only at the other pixels is faster. */
const LEAST_ZERO_SHARE = 0.4;
/** Images of the test set that are predicted together. */
const PREDICTED_ROWS = 64;
/** The same, in a network that is so large that even they take long. */
const FEWEST_ROWS = 8;
/** Images in the largest piece of work, at least the largest batch. Some milliseconds: then the number of threads may change. */
export const PIECE = 4096;

const ACTIVATION_NUMBERS: Record<Activation, number> = { relu: 0, sigmoid: 1, tanh: 2 };

/** What goes to the kernels and comes back with every piece of work, one number an image. */
export interface SharedArrays {
  order: Uint32Array;
  targetProbability: Float32Array;
  predicted: Uint16Array;
  confidence: Float32Array;
}

export interface SharedMemory {
  memory: WebAssembly.Memory;
  layout: Layout;
  arrays: SharedArrays;
  /** The steps of a batch, where a whole one would take too long. */
  steps: BatchStep[] | undefined;
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

/** Throws a StudioError of code engine-failed where the machine does not give as much memory as it takes. */
export function shareMemory(options: MemoryOptions, module: WebAssembly.Module): SharedMemory {
  const { dataset, settings, threads, patience = 300, mostWork } = options;
  const kernels = startKernels(module, new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }));
  const sizes = layerSizes(dataset, settings);
  const sparse = isSparse(options);
  const ink = sparse ? 1 - dataset.info.zeroShare : 1;
  const steps = batchSteps({ sizes, ink, batchSize: settings.batchSize, tile: Number(kernels.TILE.value), mostWork });
  const layout = layOut({
    dataset,
    sizes,
    activation: ACTIVATION_NUMBERS[settings.activation],
    sparse,
    rows: Math.max(settings.batchSize, PREDICTED_ROWS),
    inSteps: steps !== undefined,
    orderLength: PIECE,
    pixelListsBytes: sparse ? kernels.pixelListsBytes(sizes[0]!, settings.batchSize) : 0,
    tiles: { block: Number(kernels.BLOCK.value), columns: Number(kernels.COLUMNS.value) },
    threads,
    patience,
  });
  const memory = takeMemory(layout.bytes);
  return { memory, layout, arrays: fillMemory(memory.buffer, layout, options), steps, predictedRows: steps ? FEWEST_ROWS : PREDICTED_ROWS };
}

export function isSparse({ dataset }: EngineOptions): boolean {
  return chooseSparse(dataset.info, LEAST_ZERO_SHARE);
}

function takeMemory(bytes: number): WebAssembly.Memory {
  const pages = bytes / 65536;
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch {
    throw new StudioError(
      'engine-failed',
      `The fast engine needs ${Math.ceil(bytes / 2 ** 20)} MB of memory for this dataset and network, and did not get them. ` +
        'Please close other programs, choose a smaller network, or choose the reference engine.',
    );
  }
}

/** Writes the plan, the images and the first weights. @returns the arrays that change with every piece of work */
function fillMemory(buffer: ArrayBufferLike, layout: Layout, { dataset, settings, weights }: EngineOptions): SharedArrays {
  const { scaledPixels, order, targetProbability, predicted, confidence } = layout.plan;
  writeStructures(buffer, layout);
  writeImages(buffer, layout.train, dataset.train);
  writeImages(buffer, layout.test, dataset.test);
  new Float32Array(buffer, scaledPixels, 256).forEach((_, value, scaled) => (scaled[value] = value / 255));
  (weights ?? firstWeights({ dataset, settings })).forEach((layer, index) => writeLayer(buffer, layout.layers[index]!, layer));
  return {
    order: new Uint32Array(buffer, order, PIECE),
    targetProbability: new Float32Array(buffer, targetProbability, PIECE),
    predicted: new Uint16Array(buffer, predicted, PIECE),
    confidence: new Float32Array(buffer, confidence, PIECE),
  };
}

// Where everything lies in the memory that the threads share.
import { FIELD_SIDE, TRANSFORMS } from '../../data/augment/augment-numbers';
import type { ImageSet } from '../../data/dataset';
import type { EngineData } from '../engine';
import {
  CACHE_LINE,
  CONTROL_LINES,
  LANES,
  MARGIN,
  ROW_GROUP,
  SCRATCH_BYTES,
  SQUARES_CHUNK,
  Task,
} from './kernels/numbers';
import { countInked } from './sparse-images';
import { bytesOf, writeStructure } from './structures';

export const PAGE = 65536;
/** AssemblyScript puts the kernels' few constants at the beginning of the memory. */
const FIRST_FREE_BYTE = 65536;

/** The fields of the kernels' Layer. */
export type LayerPlan = Omit<ReturnType<typeof layOutLayer>, 'block'>;
/** The fields of the kernels' Images. */
export type ImagesPlan = ReturnType<typeof layOutImages>;
/** The fields of the kernels' Plan. */
export type Plan = ReturnType<typeof layOutPlan>;

export type LayerLayout = LayerPlan & {
  /** Units in a block of a sparse layer's weights. */
  block: number;
};

export interface LayoutOptions {
  dataset: EngineData;
  /** Units from the pixels to the classes. */
  sizes: readonly number[];
  activation: number;
  leakySlope: number;
  sparse: boolean;
  /** The most images that go through the network together. */
  rows: number;
  /** How many states the optimizer keeps for each weight: 0 to 2. */
  moments: number;
  /** True if the slopes of hidden layers are kept. */
  slopes: boolean;
  /** True if the training images are written again for each batch: with augmentation or input dropout. */
  prepared: boolean;
  distorted: boolean;
  /** Images in the largest chunk. */
  chunk: number;
  pixelListsBytes: number;
  /** Units in a block of a sparse layer; the units of a dense hidden layer are rounded up to a multiple of columns. */
  tiles: { block: number; columns: number };
  threads: number;
  /** In tenths of a second, see the kernels' Plan. */
  timeout: number;
}

export interface Layout {
  bytes: number;
  /** Addresses of the structures themselves. */
  planAt: number;
  trainAt: number;
  testAt: number;
  plan: Plan;
  layers: LayerLayout[];
  train: ImagesPlan;
  test: ImagesPlan;
  /** The sparse images of the current batch. Undefined if they are not written for each batch, or not sparse. */
  augmented: ImagesPlan | undefined;
}

/** Hands out addresses one after the other, each at the start of a cache line. */
class Allocator {
  /** The first free address. */
  next = FIRST_FREE_BYTE;

  take(bytes: number): number {
    const address = this.next;
    this.next = roundUp(address + bytes, CACHE_LINE);
    return address;
  }

  get pages(): number {
    return Math.ceil(this.next / PAGE);
  }
}

export function layOut(options: LayoutOptions): Layout {
  const { dataset, sizes, sparse, prepared } = options;
  const pixels = dataset.info.rows * dataset.info.columns;
  const rows = roundUp(options.rows, ROW_GROUP);
  const memory = new Allocator();
  const planAt = memory.take(bytesOf('Plan'));
  const trainAt = memory.take(bytesOf('Images'));
  const testAt = memory.take(bytesOf('Images'));
  const layersAt = memory.take(bytesOf('Layer') * (sizes.length - 1));
  const layers = layOutLayers(memory, rows, options);
  const plan = { ...layOutPlan(memory, rows, options, layers), layers: layersAt, images: trainAt };
  const train = layOutImages(memory, dataset.train, sparse && !prepared);
  const test = layOutImages(memory, dataset.test, sparse);
  const augmented = plan.augmented === 0 ? undefined : layOutAugmented(memory, rows, pixels);
  return { bytes: memory.pages * PAGE, planAt, trainAt, testAt, plan, layers, train, test, augmented };
}

function layOutPlan(memory: Allocator, rows: number, options: LayoutOptions, layers: readonly LayerPlan[]) {
  const { dataset, sizes, activation, leakySlope, sparse, chunk, pixelListsBytes, threads, timeout } = options;
  const { prepared, distorted } = options;
  const { rows: imageRows, columns: imageColumns } = dataset.info;
  // A line more, because the kernels read whole vectors.
  const fieldBytes = 2 * (FIELD_SIDE + imageRows) * (FIELD_SIDE + imageColumns) + CACHE_LINE;
  const marginBytes =
    roundUp((imageRows + 2 * MARGIN) * (imageColumns + 2 * MARGIN), CACHE_LINE) +
    roundUp(imageRows * imageColumns + LANES, CACHE_LINE);
  const inputStride = sparse ? 0 : strideOf(layers[0]!.paddedInputs);
  const squareSums = layers.reduce((chunks, { sums }) => chunks + Math.ceil(sums / SQUARES_CHUNK), 0);
  return {
    control: memory.take((CONTROL_LINES + threads) * CACHE_LINE),
    layers: 0,
    layerCount: layers.length,
    activation,
    leakySlope,
    scaledPixels: memory.take(4 * 256 * 2), // a table as it is, and one times the kept scale of input dropout
    imageRows,
    imageColumns,
    augmented: prepared && sparse ? memory.take(bytesOf('Images')) : 0,
    rowNumbers: memory.take(4 * rows),
    transforms: distorted ? memory.take(4 * 6 * TRANSFORMS) : 0,
    alongX: distorted ? memory.take(fieldBytes) : 0,
    alongY: distorted ? memory.take(fieldBytes) : 0,
    margins: memory.take(threads * marginBytes),
    marginBytes,
    squareSums: memory.take(8 * squareSums),
    input: memory.take(rows * inputStride),
    inputStride,
    pixelLists: memory.take(2 * pixelListsBytes),
    pixelListsBytes,
    timeout,
    scratch: memory.take(threads * SCRATCH_BYTES),
    threads,
    task: Task.predict as number,
    layer: 0,
    fromRow: 0,
    toRow: 0,
    images: 0,
    indices: memory.take(4 * chunk),
    batches: 0,
    rows: options.rows,
    targetProbability: memory.take(4 * chunk),
    predicted: memory.take(2 * chunk),
    confidence: memory.take(4 * chunk),
    probabilities: memory.take(4 * chunk * sizes.at(-1)!),
    summed: 0,
    records: memory.take(bytesOf('Batch') * chunk),
    optimizer: 0,
    momentum: 0,
    gradientShare: 0,
    squareDecay: 0,
    squareShare: 0,
    weightDecay: 0,
    clipNorm: 0,
    maxNorm: 0,
    labelSmoothing: 0,
    dropBelow: 0,
    dropPixelBelow: 0,
    keptScale: 1,
    gradientScale: 0,
  };
}

/** Room for the images of a batch, even if no pixel of them is zero. */
function layOutAugmented(memory: Allocator, rows: number, pixels: number): ImagesPlan {
  return {
    pixels: 0,
    starts: memory.take(8 * rows),
    positions: memory.take(2 * rows * pixels),
    values: memory.take(rows * pixels),
    labels: 0,
  };
}

function layOutLayers(memory: Allocator, rows: number, options: LayoutOptions): LayerLayout[] {
  const { sizes, tiles } = options;
  let paddedInputs = roundUp(sizes[0]!, tiles.columns);
  return sizes.slice(1).map((_, index) => {
    const layer = layOutLayer(memory, rows, options, index, paddedInputs);
    paddedInputs = layer.paddedUnits;
    return layer;
  });
}

function layOutLayer(
  memory: Allocator,
  rows: number,
  { sizes, sparse, moments, slopes, tiles }: LayoutOptions,
  index: number,
  paddedInputs: number,
) {
  const inputs = sizes[index]!;
  const units = sizes[index + 1]!;
  const isLast = index === sizes.length - 2;
  const isSparse = sparse && index === 0;
  const paddedUnits = roundUp(units, isSparse ? tiles.block : isLast ? LANES : tiles.columns);
  const weightStride = isSparse ? 0 : strideOf(paddedInputs);
  const stride = strideOf(paddedUnits);
  const weight = memory.take(isSparse ? 4 * paddedUnits * inputs : paddedUnits * weightStride);
  const bias = memory.take(4 * paddedUnits);
  const sums = memory.next - weight;
  memory.take((1 + moments) * sums);
  return {
    inputs,
    paddedInputs,
    units,
    paddedUnits,
    weight,
    weightStride,
    bias,
    sums,
    output: memory.take(rows * stride),
    gradient: memory.take(rows * stride),
    slope: slopes && !isLast ? memory.take(rows * stride) : 0,
    stride,
    block: tiles.block,
  };
}

function layOutImages(memory: Allocator, set: ImageSet, sparse: boolean) {
  const { count, pixels } = set;
  const inked = sparse ? countInked(set) : 0;
  return {
    pixels: sparse ? 0 : memory.take(pixels.length),
    starts: sparse ? memory.take(8 * count) : 0,
    positions: memory.take(2 * inked),
    values: memory.take(inked),
    labels: memory.take(2 * count),
  };
}

/**
 * Bytes of a row of float32 numbers: an odd number of cache lines. If rows began a power of two apart, the columns of a
 * matrix would compete for the same few places of the cache.
 */
function strideOf(columns: number): number {
  const lines = Math.ceil((4 * columns) / CACHE_LINE);
  return CACHE_LINE * (lines % 2 === 0 ? lines + 1 : lines);
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/** Writes the plan, the layers and the addresses of the images. */
export function writeStructures(buffer: ArrayBufferLike, layout: Layout): void {
  const { trainAt, testAt, plan, layers, train, test, augmented } = layout;
  writeStructure(buffer, trainAt, 'Images', train);
  writeStructure(buffer, testAt, 'Images', test);
  if (augmented) writeStructure(buffer, plan.augmented, 'Images', augmented);
  layers.forEach(({ block: _block, ...layer }, index) =>
    writeStructure(buffer, plan.layers + index * bytesOf('Layer'), 'Layer', layer),
  );
  writePlan(buffer, layout, plan);
}

export function writePlan(buffer: ArrayBufferLike, { planAt }: Layout, plan: Plan): void {
  writeStructure(buffer, planAt, 'Plan', plan);
}

// Where everything lies in the memory that the threads share. The kernels' plan.ts names the same fields in the same
// order.
import { FIELD_SIDE, TRANSFORMS } from '../../data/augment/augment';
import type { ImageSet } from '../../data/dataset';
import type { EngineData } from '../engine';
import { countInked } from './sparse-images';

/** Positions of pixels are kept in 16 bits where only those that are not zero are kept. */
const MOST_SPARSE_PIXELS = 65536;
/** The kernels compile with their own few constants at the beginning. */
const FIRST_FREE_BYTE = 65536;
const PAGE = 65536;
const LINE = 64;

const LAYER_FIELDS = [
  'inputs',
  'paddedInputs',
  'units',
  'paddedUnits',
  'weight',
  'weightStride',
  'bias',
  'sums',
  'output',
  'gradient',
  'slope',
  'stride',
] as const;
const IMAGES_FIELDS = ['pixels', 'starts', 'positions', 'values', 'labels'] as const;
const PLAN_FIELDS = [
  'control',
  'layers',
  'layerCount',
  'activation',
  'leakySlope',
  'scaledPixels',
  'imageRows',
  'imageColumns',
  'made',
  'counting',
  'transforms',
  'alongX',
  'alongY',
  'margins',
  'marginBytes',
  'partials',
  'input',
  'inputStride',
  'pixelLists',
  'pixelListsBytes',
  'patience',
  'scratch',
  'task',
  'layer',
  'fromRow',
  'toRow',
  'threads',
  'images',
  'order',
  'batches',
  'rows',
  'targetProbability',
  'predicted',
  'confidence',
  'probabilities',
  'summed',
  'records',
  'optimizer',
  'momentum',
  'gradientShare',
  'squareDecay',
  'squareShare',
  'weightDecay',
  'clipNorm',
  'maxNorm',
  'labelSmoothing',
  'dropBelow',
  'dropPixelBelow',
  'keptScale',
  'gradientScale',
] as const;

/** What a piece of work does, as in the kernels' plan.ts. */
export const TASKS = { predict: 0, train: 1, forward: 2, backward: 3, gradient: 4, update: 5, prepare: 6 } as const;

export type LayerPlan = Record<(typeof LAYER_FIELDS)[number], number> & {
  /** Units of a block of a sparse layer's weights. */
  block: number;
};
export type ImagesPlan = Record<(typeof IMAGES_FIELDS)[number], number>;
export type Plan = Record<(typeof PLAN_FIELDS)[number], number>;
const FLOAT_FIELDS: readonly string[] = [
  'leakySlope',
  'momentum',
  'gradientShare',
  'squareDecay',
  'squareShare',
  'weightDecay',
  'clipNorm',
  'maxNorm',
  'labelSmoothing',
  'keptScale',
  'gradientScale',
];
/** Bytes of what belongs to one batch. */
export const RECORD_BYTES = 64;
/** Bytes of gradients whose squares are summed together, as in the kernels' optimizers.ts. */
const SQUARES_PIECE = 4096;
/** Rows and columns of background around an image that is distorted, both sides together. */
const MARGINS = 4;

export interface LayoutOptions {
  dataset: EngineData;
  /** Units from the pixels to the classes. */
  sizes: readonly number[];
  activation: number;
  leakySlope: number;
  sparse: boolean;
  /** Images that go through the network together, at most. */
  rows: number;
  /** How many numbers the optimizer remembers of each weight. */
  moments: number;
  /** Whether the slopes of hidden layers are kept. */
  slopes: boolean;
  /** Whether the training images are made anew for each batch, and whether they are distorted. */
  made: boolean;
  distorted: boolean;
  /** Images in the largest piece of work. */
  orderLength: number;
  pixelListsBytes: number;
  /** Units of a block of a sparse layer, and what the units of a dense hidden layer are rounded up to. */
  tiles: { block: number; columns: number };
  threads: number;
  patience: number;
}

export interface Layout {
  bytes: number;
  /** Addresses of the structures themselves. */
  planAt: number;
  trainAt: number;
  testAt: number;
  plan: Plan;
  layers: LayerPlan[];
  train: ImagesPlan;
  test: ImagesPlan;
  /** The images of the batch in hand, where they are made for it. */
  made: ImagesPlan | undefined;
}

/** Hands out addresses one after the other, each at the start of a cache line. */
class Allocator {
  /** The address after what was handed out. */
  next = FIRST_FREE_BYTE;

  take(bytes: number): number {
    const address = this.next;
    this.next = roundUp(address + bytes, LINE);
    return address;
  }

  get pages(): number {
    return Math.ceil(this.next / PAGE);
  }
}

/** Whether to look only at pixels that are not zero; each of those costs more than one of a dense image. */
export function chooseSparse({ zeroShare, rows, columns }: EngineData['info'], leastZeroShare: number): boolean {
  return zeroShare >= leastZeroShare && rows * columns <= MOST_SPARSE_PIXELS;
}

export function layOut(options: LayoutOptions): Layout {
  const {
    dataset,
    sizes,
    activation,
    leakySlope,
    sparse,
    orderLength,
    pixelListsBytes,
    threads,
    patience,
    made,
    distorted,
  } = options;
  const { rows: imageRows, columns: imageColumns } = dataset.info;
  const pixels = imageRows * imageColumns;
  const rows = roundUp(options.rows, 4); // the dense kernels take four at a time
  const memory = new Allocator();
  const planAt = memory.take(4 * PLAN_FIELDS.length);
  const trainAt = memory.take(4 * IMAGES_FIELDS.length);
  const testAt = memory.take(4 * IMAGES_FIELDS.length);
  const layersAt = memory.take(4 * LAYER_FIELDS.length * (sizes.length - 1));
  const layers = layOutLayers(memory, rows, options);
  // four numbers are read at a time
  const fieldBytes = 2 * (FIELD_SIDE + imageRows) * (FIELD_SIDE + imageColumns) + LINE;
  const marginBytes = roundUp((imageRows + MARGINS) * (imageColumns + MARGINS), LINE) + roundUp(pixels + 4, LINE);
  const inputStride = sparse ? 0 : strideOf(layers[0]!.paddedInputs);
  const plan: Plan = {
    control: memory.take((4 + threads) * LINE),
    layers: layersAt,
    layerCount: layers.length,
    activation,
    leakySlope,
    scaledPixels: memory.take(4 * 256 * 2), // as they are, and as they are where some are dropped
    imageRows,
    imageColumns,
    made: made && sparse ? memory.take(4 * IMAGES_FIELDS.length) : 0,
    counting: memory.take(4 * rows),
    transforms: distorted ? memory.take(4 * 6 * TRANSFORMS) : 0,
    alongX: distorted ? memory.take(fieldBytes) : 0,
    alongY: distorted ? memory.take(fieldBytes) : 0,
    margins: memory.take(threads * marginBytes),
    marginBytes,
    partials: memory.take(8 * layers.reduce((pieces, { sums }) => pieces + Math.ceil(sums / SQUARES_PIECE), 0)),
    input: memory.take(rows * inputStride),
    inputStride,
    pixelLists: memory.take(2 * pixelListsBytes),
    pixelListsBytes,
    patience,
    scratch: memory.take(threads * 512),
    threads,
    task: TASKS.predict,
    layer: 0,
    fromRow: 0,
    toRow: 0,
    images: trainAt,
    order: memory.take(4 * orderLength),
    batches: 0,
    rows: options.rows,
    targetProbability: memory.take(4 * orderLength),
    predicted: memory.take(2 * orderLength),
    confidence: memory.take(4 * orderLength),
    probabilities: memory.take(4 * orderLength * sizes.at(-1)!),
    summed: 0,
    records: memory.take(RECORD_BYTES * orderLength),
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
  const train = layOutImages(memory, dataset.train, sparse && !made);
  const test = layOutImages(memory, dataset.test, sparse);
  const madeImages = plan.made === 0 ? undefined : layOutMade(memory, rows, pixels);
  return { bytes: memory.pages * PAGE, planAt, trainAt, testAt, plan, layers, train, test, made: madeImages };
}

/** Room for the images of a batch, whatever is not zero in them. */
function layOutMade(memory: Allocator, rows: number, pixels: number): ImagesPlan {
  return {
    pixels: 0,
    starts: memory.take(8 * rows),
    positions: memory.take(2 * rows * pixels),
    values: memory.take(rows * pixels),
    labels: 0,
  };
}

function layOutLayers(
  memory: Allocator,
  rows: number,
  { sizes, sparse, moments, slopes, tiles }: LayoutOptions,
): LayerPlan[] {
  const { block, columns } = tiles;
  let paddedInputs = roundUp(sizes[0]!, columns);
  const layers: LayerPlan[] = [];
  sizes.slice(1).forEach((units, index) => {
    const inputs = sizes[index]!;
    const last = index === sizes.length - 2;
    const sparseLayer = sparse && index === 0;
    const paddedUnits = roundUp(units, sparseLayer ? block : last ? 4 : columns);
    const weightStride = sparseLayer ? 0 : strideOf(paddedInputs);
    const stride = strideOf(paddedUnits);
    const weight = memory.take(sparseLayer ? 4 * paddedUnits * inputs : paddedUnits * weightStride);
    const bias = memory.take(4 * paddedUnits);
    const sums = memory.next - weight;
    memory.take((1 + moments) * sums);
    const output = memory.take(rows * stride);
    const gradient = memory.take(rows * stride);
    const slope = slopes && !last ? memory.take(rows * stride) : 0;
    layers.push({
      inputs,
      paddedInputs,
      units,
      paddedUnits,
      weight,
      weightStride,
      bias,
      sums,
      output,
      gradient,
      slope,
      stride,
      block,
    });
    paddedInputs = paddedUnits;
  });
  return layers;
}

function layOutImages(memory: Allocator, set: ImageSet, sparse: boolean): ImagesPlan {
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
 * Bytes of a row of float32 numbers: an odd number of cache lines, since columns of a matrix whose rows begin a power
 * of two apart would fight for the same few places of the cache.
 */
function strideOf(columns: number): number {
  const lines = Math.ceil((4 * columns) / LINE);
  return LINE * (lines % 2 === 0 ? lines + 1 : lines);
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/** Writes the plan, the layers and the images' addresses where the kernels read them. */
export function writeStructures(
  buffer: ArrayBufferLike,
  { planAt, trainAt, testAt, plan, layers, train, test, made }: Layout,
): void {
  writeFields(buffer, trainAt, IMAGES_FIELDS, train);
  writeFields(buffer, testAt, IMAGES_FIELDS, test);
  if (made) writeFields(buffer, plan.made, IMAGES_FIELDS, made);
  layers.forEach((layer, index) =>
    writeFields(buffer, plan.layers + 4 * LAYER_FIELDS.length * index, LAYER_FIELDS, layer),
  );
  writeFields(buffer, planAt, PLAN_FIELDS, plan);
}

export function writePlan(buffer: ArrayBufferLike, { planAt }: Layout, plan: Plan): void {
  writeFields(buffer, planAt, PLAN_FIELDS, plan);
}

function writeFields<Name extends string>(
  buffer: ArrayBufferLike,
  at: number,
  names: readonly Name[],
  values: Record<Name, number>,
): void {
  const view = new DataView(buffer);
  names.forEach((name, k) => {
    if (FLOAT_FIELDS.includes(name)) view.setFloat32(at + 4 * k, values[name], true);
    else view.setUint32(at + 4 * k, values[name], true);
  });
}

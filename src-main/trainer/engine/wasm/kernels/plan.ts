// The structures that the threads share. This file is their only definition: build/kernels.mjs reads the fields and
// their order from it, and wasm/structures.ts writes them. So each line of a class is a comment or one field,
// `name: type;`, of four bytes. Fields that begin with "padding" are not written. Every address is a multiple of 64,
// every row of a matrix starts at a multiple of 16.

/** A linear layer z = x Wᵀ + b with its activation, or with the softmax if it is the last. */
@unmanaged
export class Layer {
  inputs: i32;
  /** Rounded up to whole vectors; the surplus inputs are zero. */
  paddedInputs: i32;
  units: i32;
  /** Rounded up to whole tiles, in a sparse first layer to whole blocks. */
  paddedUnits: i32;
  /** Dense: [paddedUnits, paddedInputs]. Sparse: [blocks, inputs, BLOCK], see sparse.ts. */
  weight: usize;
  /** Bytes from one row of a dense weight to the next. */
  weightStride: i32;
  /** [paddedUnits] */
  bias: usize;
  /**
   * Bytes from weight to the sum of its gradient, and from bias to the sum of its gradient. The optimizer's first state
   * is twice as far away, its second three times. The order in memory is weight, bias, both sums, both first states …
   */
  sums: i32;
  /** a, after the activation: [rows, paddedUnits] */
  output: usize;
  /** dz, the gradient of the loss with respect to z: [rows, paddedUnits] */
  gradient: usize;
  /** da/dz, [rows, paddedUnits], if it does not follow from a alone: with dropout or GELU. Otherwise 0. */
  slope: usize;
  /** Bytes from one row of output, gradient and slope to the next. */
  stride: i32;
}

/** A set of images, u8 pixels: dense, or sparse with only the pixels that are not zero. */
@unmanaged
export class Images {
  /** u8 [count, pixels]; 0 if the images are sparse */
  pixels: usize;
  /** u32 [count, 2]: where each image begins and ends in the two lists below; 0 if the images are dense */
  starts: usize;
  /** u16: positions of the pixels that are not zero, ascending in each image */
  positions: usize;
  /** u8: their values */
  values: usize;
  /** u16 [count] */
  labels: usize;
}

/** What differs from batch to batch: 64 bytes each, in the order of the batches. See batch-records.ts. */
@unmanaged
export class Batch {
  learningRate: f32;
  /** Adam's corrections of its averages, which begin at zero: 1 / (1 − β1^t) and 1 / √(1 − β2^t) */
  meanCorrection: f32;
  rootCorrection: f32;
  /** AdamW's learning rate × weight decay */
  weightStep: f32;
  /** Keys of random numbers, see counter-random.ts */
  inputKey: u32;
  augmentKey: u32;
  /** One for each hidden layer, up to six */
  hiddenKey0: u32;
  hiddenKey1: u32;
  hiddenKey2: u32;
  hiddenKey3: u32;
  hiddenKey4: u32;
  hiddenKey5: u32;
  padding0: i32;
  padding1: i32;
  padding2: i32;
  padding3: i32;
}

@unmanaged
export class Plan {
  control: usize;
  layers: usize;
  layerCount: i32;
  /** Activation */
  activation: i32;
  /** Leaky ReLU multiplies negative numbers by it: above 0, below 1 */
  leakySlope: f32;
  /** f32 [256]: a pixel's byte as the network's input, 0 to 1 */
  scaledPixels: usize;
  /** Pixels of an image */
  imageRows: i32;
  imageColumns: i32;
  /** Images: the sparse augmented images of the current batch; 0 if augmentation is off or the first layer is dense */
  augmented: usize;
  /** u32 [rows]: 0, 1, 2, … */
  rowNumbers: usize;
  /** The tables of data/augment/augment.ts; 0 if images are not distorted */
  transforms: usize;
  alongX: usize;
  alongY: usize;
  /** For each thread, marginBytes apart: room for one image with its margin, and for its distorted copy */
  margins: usize;
  marginBytes: i32;
  /** f64, one for each SQUARES_CHUNK bytes of gradients: sums of their squares, for the gradient's norm */
  squareSums: usize;
  /** The input of a dense first layer: [rows, paddedInputs], with rows of inputStride bytes */
  input: usize;
  /** 0 if the first layer is sparse */
  inputStride: i32;
  /** Lists of the batch's pixels, see sparse.ts: twice, for even and odd batches */
  pixelLists: usize;
  pixelListsBytes: i32;
  /** Tenths of a second; a thread that is missing longer is taken for dead */
  timeout: i32;
  /** SCRATCH_BYTES for each thread */
  scratch: usize;

  // The current work. The engine writes these fields before it starts the threads.
  /** Task */
  task: i32;
  /** The layer of the tasks forward, backward and gradient */
  layer: i32;
  /** Rows of the tasks from forward on; fromRow is a multiple of TILE of sparse.ts */
  fromRow: i32;
  toRow: i32;
  /** Threads that take part */
  threads: i32;
  /** Images: the set that is trained on or predicted */
  images: usize;
  /** u32 [batches × rows]: indices into the set, batch by batch */
  indices: usize;
  batches: i32;
  /** Images in a batch */
  rows: i32;
  /** Output, f32 [batches × rows]: probability of the right class, before the batch's own update */
  targetProbability: usize;
  /** Output, u16 [batches × rows]: the class with the largest probability */
  predicted: usize;
  /** Output, f32 [batches × rows]: its probability */
  confidence: usize;
  /** Output of the task predict, f32 [batches × rows, classes] */
  probabilities: usize;
  /** True if gradients are summed before they change the weights: in steps, and unless the update is plain SGD */
  summed: i32;
  /** Batch [batches] */
  records: usize;
  /** Optimizer */
  optimizer: i32;
  momentum: f32;
  /** 1 − momentum, Adam's factor for a gradient. The engine rounds it: a float32 difference would be less exact */
  gradientShare: f32;
  squareDecay: f32;
  /** 1 − squareDecay, rounded in the same way */
  squareShare: f32;
  weightDecay: f32;
  /** 0: no limit */
  clipNorm: f32;
  /** 0: no limit */
  maxNorm: f32;
  labelSmoothing: f32;
  /** A hidden unit, or a pixel, is dropped if its random bits are below this; 0: none is */
  dropBelow: u32;
  dropPixelBelow: u32;
  /** 1 / (1 − dropout) */
  keptScale: f32;
  /** The gradient of the loss is (p − y) × this: 1 / rows, or 1 / rows² */
  gradientScale: f32;
}

// @ts-ignore: decorator
@inline
export function layerAt(plan: Plan, index: i32): Layer {
  return changetype<Layer>(plan.layers + index * offsetof<Layer>());
}

/** Where a thread's share of a total begins, in whole groups; it ends where the next thread's begins. */
// @ts-ignore: decorator
@inline
export function shareStart(total: i32, group: i32, threads: i32, thread: i32): i32 {
  return (((total / group) * thread) / threads) * group;
}

// @ts-ignore: decorator
@inline
export function batchAt(plan: Plan, batch: i32): Batch {
  return changetype<Batch>(plan.records + batch * offsetof<Batch>());
}

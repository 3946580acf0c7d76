// What the threads share, as it lies in memory. The engine's memory-layout.ts writes these fields in the same order,
// four bytes each; the kernels only read them. Every address is a multiple of 64, every row of a matrix of 16.

/** A linear layer z = x Wᵀ + b, and what follows it: the activation, or the softmax after the last one. */
@unmanaged
export class Layer {
  inputs: i32;
  /** Rounded up to a whole number of vectors (blocks, in a sparse first layer); what is added stays zero. */
  paddedInputs: i32;
  units: i32;
  paddedUnits: i32;
  /** Dense: [paddedUnits, paddedInputs]. Sparse: [blocks, inputs, BLOCK], see sparse.ts. */
  weight: usize;
  /** Bytes from one row of a dense weight to the next. */
  weightStride: i32;
  /** [paddedUnits] */
  bias: usize;
  /**
   * Bytes from weight to the sum of its gradient, and from bias to that of its own; twice and three times as many to
   * what the optimizer remembers of them. The order in memory is weight, bias, the two sums, and so on.
   */
  sums: i32;
  /** a, after the activation: [rows, paddedUnits] */
  output: usize;
  /** dz, the gradient of the loss with respect to z: [rows, paddedUnits] */
  gradient: usize;
  /**
   * da/dz, [rows, paddedUnits], where it does not follow from a alone: dropout, or an activation that cannot be
   * inverted; or 0
   */
  slope: usize;
  /** Bytes from one row of output, gradient and slope to the next. */
  stride: i32;
}

/** Forward, batch by batch. */
export const PREDICT = 0;
/** Forward, backward and an update of the weights, batch by batch. */
export const TRAIN = 1;

// One step of one batch, for some of its rows. The rows begin at a multiple of TILE of sparse.ts.
/** Through one layer. */
export const FORWARD = 2;
/** The gradient of the layer below a layer. */
export const BACKWARD = 3;
/** The gradient of a layer's weights and biases, added to the sums. */
export const GRADIENT = 4;
/** The update of all weights by the sums, which are zero afterwards. */
export const UPDATE = 5;
/** The images of a batch as the network is shown them: before FORWARD. */
export const PREPARE = 6;

/** A set of images, u8 pixels, either all of them or only those that are not zero. */
@unmanaged
export class Images {
  /** u8 [count, pixels]; 0 when the images are sparse */
  pixels: usize;
  /** u32 [count, 2]: where each image begins and ends in the two lists below; 0 when the images are dense */
  starts: usize;
  /** u16: positions of the pixels that are not zero, ascending in each image */
  positions: usize;
  /** u8: their values */
  values: usize;
  /** u16 [count] */
  labels: usize;
}

/** What belongs to one batch: 64 bytes, in the order of the batches. The engine's batch-records.ts writes them. */
@unmanaged
export class Batch {
  learningRate: f32;
  /** Of Adam, for its averages that begin at zero: 1 / (1 − β1^t) and 1 / √(1 − β2^t) */
  meanCorrection: f32;
  rootCorrection: f32;
  /** Of AdamW: learning rate × weight decay */
  weightStep: f32;
  /** Keys of random numbers, see counter-random.ts */
  inputKey: u32;
  augmentKey: u32;
  hiddenKey0: u32; // one for each hidden layer, up to six
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
  /** 0 ReLU, 1 sigmoid, 2 tanh, 3 leaky ReLU, 4 GELU */
  activation: i32;
  /** What leaky ReLU multiplies a negative number with: above 0, below 1 */
  leakySlope: f32;
  /** f32 [256]: a pixel's byte as the network's input, 0 to 1 */
  scaledPixels: usize;
  /** Pixels of an image */
  imageRows: i32;
  imageColumns: i32;
  /** Images, sparse, of the batch in hand where its images are made for it; starts is 0 where they never are */
  made: usize;
  /** u32 [rows]: 0, 1, 2, … */
  counting: usize;
  /** Of augment.ts; 0 where images are not distorted */
  transforms: usize;
  alongX: usize;
  alongY: usize;
  /** Room for one image with a margin, for each thread: margined bytes apart */
  margins: usize;
  marginBytes: i32;
  /** f64: sums of squares, for the length of the gradient */
  partials: usize;
  /** The input of a dense first layer: [rows, paddedInputs], with rows of inputStride bytes */
  input: usize;
  inputStride: i32;
  /** Two tables of the batch's pixels in turn, see PixelLists in sparse.ts */
  pixelLists: usize;
  pixelListsBytes: i32;
  /** Tenths of a second after which a thread that does not come is taken for dead */
  patience: i32;
  /** 512 bytes a thread, for what a kernel cannot keep in registers */
  scratch: usize;

  // Of the work in hand; the engine writes these before it starts the threads.
  /** PREDICT, TRAIN, FORWARD, BACKWARD, GRADIENT or UPDATE */
  task: i32;
  /** Of FORWARD, BACKWARD and GRADIENT */
  layer: i32;
  fromRow: i32;
  toRow: i32;
  /** How many threads take part. */
  threads: i32;
  /** The images that are trained on or predicted. */
  images: usize;
  /** u32 [batches × rows]: which of them, in this order */
  order: usize;
  batches: i32;
  /** Images a batch */
  rows: i32;
  /** f32 [batches × rows]: out, the probability of the right class, before the batch's own update */
  targetProbability: usize;
  /** u16 [batches × rows]: out, the class with the largest probability */
  predicted: usize;
  /** f32 [batches × rows]: out, its probability */
  confidence: usize;
  /** f32 [batches × rows, classes]: out, of PREDICT */
  probabilities: usize;
  /** Whether gradients are summed before they change the weights: in steps, and for every optimizer but plain SGD. */
  summed: i32;
  /** Batch [batches] */
  records: usize;
  /** 0 SGD, 1 momentum, 2 Nesterov, 3 RMSprop, 4 Adam, 5 AdamW */
  optimizer: i32;
  momentum: f32;
  /**
   * 1 − momentum, how much of a gradient Adam adds. The engine rounds it to float32, as the next: a difference of
   * rounded numbers would be less exact.
   */
  gradientShare: f32;
  squareDecay: f32;
  /** 1 − squareDecay */
  squareShare: f32;
  weightDecay: f32;
  /** 0: no limit */
  clipNorm: f32;
  maxNorm: f32;
  labelSmoothing: f32;
  /** Random bits below which a hidden unit, or a pixel, is dropped; 0: none */
  dropBelow: u32;
  dropPixelBelow: u32;
  /** 1 / (1 − dropout) */
  keptScale: f32;
  /** The gradient of the loss is p − y times this: 1 / rows, or 1 / rows² */
  gradientScale: f32;
}

// @ts-ignore: decorator
@inline
export function layerAt(plan: Plan, index: i32): Layer {
  return changetype<Layer>(plan.layers + index * offsetof<Layer>());
}

/** Where the share of a thread begins, in whole groups; that of the next thread is its end. */
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

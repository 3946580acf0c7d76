// What the threads share, as it lies in memory. The engine's memory-layout.ts writes these fields in the same order, four
// bytes each; the kernels only read them. Every address is a multiple of 64, every row of a matrix of 16.

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
   * Bytes from weight to the sum of its gradient, and from bias to that of its own; 0 where batches are never worked on step by
   * step. The order in memory is weight, bias, and the two sums.
   */
  sums: i32;
  /** a, after the activation: [rows, paddedUnits] */
  output: usize;
  /** dz, the gradient of the loss with respect to z: [rows, paddedUnits] */
  gradient: usize;
  /** Bytes from one row of output and gradient to the next. */
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

/** A set of images, u8 pixels, either all of them or only those that are not zero. */
@unmanaged
export class Images {
  /** u8 [count, pixels]; 0 when the images are sparse */
  pixels: usize;
  /** u32 [count + 1]: where each image begins in the two lists below; 0 when the images are dense */
  starts: usize;
  /** u16: positions of the pixels that are not zero, ascending in each image */
  positions: usize;
  /** u8: their values */
  values: usize;
  /** u16 [count] */
  labels: usize;
}

@unmanaged
export class Plan {
  control: usize;
  layers: usize;
  layerCount: i32;
  /** 0 ReLU, 1 sigmoid, 2 tanh */
  activation: i32;
  /** f32 [256]: a pixel's byte as the network's input, 0 to 1 */
  scaledPixels: usize;
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
  learningRate: f32;
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

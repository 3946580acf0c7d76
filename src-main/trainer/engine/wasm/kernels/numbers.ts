// The numbers that the engine and its kernels must agree on. TypeScript and AssemblyScript both compile this file, so
// it holds only what is valid in both: enums and whole numbers.

/** What the threads do with a plan. The tasks from forward on are steps of one batch, for some of its rows. */
export enum Task {
  /** Forward, batch by batch. */
  predict,
  /** Forward, backward and an update of the weights, batch by batch. */
  train,
  /** Through one layer. */
  forward,
  /** The gradient of the layer below. */
  backward,
  /** The gradient of one layer's weights and biases, added to the sums. */
  gradient,
  /** Updates all weights by the sums, which are zero afterwards. */
  update,
  /** Augments the images of a batch, and writes them as the first layer needs them: before forward. */
  prepare,
}

export enum Activation {
  relu,
  sigmoid,
  tanh,
  leakyRelu,
  gelu,
}

export enum Optimizer {
  sgd,
  momentum,
  nesterov,
  rmsprop,
  adam,
  adamw,
}

/** Lanes of a vector of 32-bit numbers. */
export const LANES = 4;
/** The dense kernels take this many rows at a time, so a batch has room for a multiple. */
export const ROW_GROUP = 4;
/** Rows and columns of background on each side of an image that is distorted, so that its edges need no checks. */
export const MARGIN = 2;
/** Bytes of gradients whose squares are summed together: the same for any number of threads, so that the sum is. */
export const SQUARES_CHUNK = 4096;
/** Bytes of each thread's own room, for what a kernel cannot keep in registers. */
export const SCRATCH_BYTES = 512;

// The control block, see barrier.ts: words, each on a cache line of its own.
export const CACHE_LINE = 64;
/** Lines before the first thread's line. */
export const CONTROL_LINES = 4;

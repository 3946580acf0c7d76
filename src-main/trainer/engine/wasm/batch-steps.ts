// Splits a batch that takes long into steps, layer by layer and some rows at a time, so that the engine can answer
// orders between them.

export interface BatchStep {
  task: 'forward' | 'backward' | 'gradient';
  layer: number;
  fromRow: number;
  toRow: number;
  /** Share of the batch's work that is done after this step, 0 to 1. */
  done: number;
}

/** Multiply-adds that take some ten to twenty milliseconds. */
const MOST_WORK = 5e8;

export interface BatchShape {
  /** Units from the pixels to the classes. */
  sizes: readonly number[];
  /** Share of the pixels that the first layer reads, 0 to 1. */
  ink: number;
  batchSize: number;
  /** A step has a multiple of this many rows. */
  tile: number;
  mostWork?: number | undefined;
}

/**
 * Forward through all layers. Then, from the last layer to the first, the gradient of the layer below and that of the
 * layer's own weights. The steps depend only on the shape, because they fix the order of sums.
 * @returns undefined if the whole batch is no more work than one step may be
 */
export function batchSteps({ sizes, ink, batchSize, tile, mostWork = MOST_WORK }: BatchShape): BatchStep[] | undefined {
  const layers = sizes.length - 1;
  const workOf = (layer: number) => sizes[layer]! * sizes[layer + 1]! * (layer === 0 ? ink : 1);
  const steps: BatchStep[] = [];
  let done = 0;
  const add = (task: BatchStep['task'], layer: number) => {
    const rows = tile * Math.max(1, Math.floor(mostWork / workOf(layer) / tile));
    for (let fromRow = 0; fromRow < batchSize; fromRow += rows) {
      const toRow = Math.min(batchSize, fromRow + rows);
      done += (toRow - fromRow) * workOf(layer);
      steps.push({ task, layer, fromRow, toRow, done });
    }
  };
  for (let layer = 0; layer < layers; layer++) add('forward', layer);
  for (let layer = layers - 1; layer >= 0; layer--) {
    if (layer > 0) add('backward', layer);
    add('gradient', layer);
  }
  if (done <= mostWork) return undefined;
  return steps.map((step) => ({ ...step, done: step.done / done }));
}

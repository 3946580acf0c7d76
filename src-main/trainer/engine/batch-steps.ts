// The steps of a batch that takes long: layer by layer, some rows at a time, so that orders are looked for in between.

export interface BatchStep {
  task: 'forward' | 'backward' | 'gradient';
  layer: number;
  fromRow: number;
  toRow: number;
  /** Share of the batch's work that is done with this step, 0 to 1. */
  done: number;
}

/** Multiply-adds that take some ten to twenty milliseconds. */
const MOST_WORK = 5e8;

export interface BatchShape {
  /** Units from the pixels to the classes. */
  sizes: readonly number[];
  /** Share of the pixels that the first layer looks at, 0 to 1. */
  ink: number;
  batchSize: number;
  /** Rows of a step are a multiple. */
  tile: number;
  mostWork?: number | undefined;
}

/**
 * Forward through all layers, then for each layer from the last the gradient of the one below and that of its own
 * weights. The steps depend on nothing but the shape, since they fix the order of sums.
 * @returns undefined where the whole batch is no more work than a step should be
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

// One thread's part of training and predicting: the same steps as nn/, whole batch by whole batch.
//
// Every thread owns some units of each hidden layer, and some images of the batch at the last layer. What it owns it computes
// alone, in a fixed order: no sum depends on how many threads there are, so neither does any weight. Barriers stand where a
// thread reads what others have written.
import { activate, applySlope } from './activations';
import { awaitOrder, barrier } from './barrier';
import { backwardDense, COLUMNS, forwardDense, updateBias, updateDense } from './dense';
import { Images, layerAt, Plan, shareStart } from './plan';
import { BLOCK, buildPixelLists, forwardSparse, lookAhead, updateSparse } from './sparse';
import { softmaxCrossEntropy } from './softmax';

/** Rows that the dense kernels take at a time. */
const ROW_GROUP = 4;

/** What a thread other than the first does all its life: waits for an order, does its part. */
export function serve(plan: Plan, thread: i32): void {
  for (let last = 0; ; ) {
    last = awaitOrder(plan.control, thread, last);
    if (last < 0) return;
    work(plan, thread);
  }
}

/** This thread's part of the work that the plan tells: all batches, trained on where the learning rate is not zero. */
export function work(plan: Plan, thread: i32): void {
  for (let batch = 0; batch < plan.batches; batch++) {
    predictBatch(plan, batch, thread);
    meet(plan);
    if (plan.learningRate !== 0) updateBatch(plan, batch, thread);
  }
  meet(plan);
}

/** Forward through all layers, to the probabilities and the gradient of the logits. */
function predictBatch(plan: Plan, batch: i32, thread: i32): void {
  const order = plan.order + ((batch * plan.rows) << 2);
  const last = plan.layerCount - 1;
  const roundedRows = (plan.rows + ROW_GROUP - 1) & ~(ROW_GROUP - 1);

  const first = layerAt(plan, 0);
  if (isSparse(plan)) {
    if (batch + 1 < plan.batches) lookAhead(plan, order + (plan.rows << 2), thread);
    for (let block = firstUnit(plan, 0, thread) / BLOCK; block < firstUnit(plan, 0, thread + 1) / BLOCK; block++) {
      forwardSparse(plan, first, order, block);
      activate(plan.activation, first, plan.rows, block * BLOCK, (block + 1) * BLOCK);
    }
    if (plan.learningRate !== 0) buildPixelLists(plan, first.inputs, pixelLists(plan, batch), order, thread);
  } else {
    scalePixels(plan, first.inputs, order, thread);
    meet(plan);
    forwardHidden(plan, 0, plan.input, plan.inputStride, roundedRows, thread);
  }

  for (let l = 1; l < last; l++) {
    const below = layerAt(plan, l - 1);
    meet(plan);
    forwardHidden(plan, l, below.output, below.stride, roundedRows, thread);
  }

  meet(plan);
  const top = layerAt(plan, last);
  const below = layerAt(plan, last - 1);
  const fromRow = shareStart(roundedRows, ROW_GROUP, plan.threads, thread);
  const toRow = shareStart(roundedRows, ROW_GROUP, plan.threads, thread + 1);
  forwardDense(top, below.output, below.stride, scratch(plan, thread), fromRow, toRow, 0, top.paddedUnits);
  softmaxCrossEntropy(plan, top, batch * plan.rows, fromRow, min<i32>(toRow, plan.rows));
}

/** Backward through all layers, each updated as soon as the gradient of the layer below is known. */
function updateBatch(plan: Plan, batch: i32, thread: i32): void {
  const rate = plan.learningRate;
  const roundedRows = (plan.rows + ROW_GROUP - 1) & ~(ROW_GROUP - 1);
  for (let l = plan.layerCount - 1; l > 0; l--) {
    const layer = layerAt(plan, l);
    const below = layerAt(plan, l - 1);
    const from = firstUnit(plan, l - 1, thread);
    const to = firstUnit(plan, l - 1, thread + 1);
    backwardDense(layer, below, roundedRows, from, to);
    applySlope(plan.activation, below, plan.rows, from, to);
    updateDense(layer, below.output, below.stride, plan.rows, rate, 0, layer.paddedUnits, from, to);
    updateOwnBias(plan, l, thread);
    if (l > 1) meet(plan);
  }

  const first = layerAt(plan, 0);
  const from = firstUnit(plan, 0, thread);
  const to = firstUnit(plan, 0, thread + 1);
  if (isSparse(plan)) {
    for (let block = from / BLOCK; block < to / BLOCK; block++) updateSparse(plan, first, pixelLists(plan, batch), block);
  } else {
    updateDense(first, plan.input, plan.inputStride, plan.rows, rate, from, to, 0, first.paddedInputs);
  }
  updateOwnBias(plan, 0, thread);
  if (!isSparse(plan)) meet(plan); // before another thread writes the next input
}

// @ts-ignore: decorator
@inline
function meet(plan: Plan): void {
  barrier(plan.control, plan.threads, plan.patience);
}

function forwardHidden(plan: Plan, index: i32, x: usize, xStride: i32, roundedRows: i32, thread: i32): void {
  const layer = layerAt(plan, index);
  const from = firstUnit(plan, index, thread);
  const to = firstUnit(plan, index, thread + 1);
  forwardDense(layer, x, xStride, scratch(plan, thread), 0, roundedRows, from, to);
  activate(plan.activation, layer, plan.rows, from, to);
}

/** The biases of the units that a thread owns; those of the classes are few, and the first thread's. */
function updateOwnBias(plan: Plan, index: i32, thread: i32): void {
  const layer = layerAt(plan, index);
  if (index < plan.layerCount - 1) {
    updateBias(layer, plan.rows, plan.learningRate, firstUnit(plan, index, thread), firstUnit(plan, index, thread + 1));
  } else if (thread === 0) {
    updateBias(layer, plan.rows, plan.learningRate, 0, layer.paddedUnits);
  }
}

/** The input of a dense first layer: this thread's share of the batch's images. */
function scalePixels(plan: Plan, inputs: i32, order: usize, thread: i32): void {
  const pixels = changetype<Images>(plan.images).pixels;
  for (let n = shareStart(plan.rows, 1, plan.threads, thread); n < shareStart(plan.rows, 1, plan.threads, thread + 1); n++) {
    const image = pixels + load<u32>(order + (n << 2)) * inputs;
    const row = plan.input + n * plan.inputStride;
    for (let i = 0; i < inputs; i++) {
      store<f32>(row + (i << 2), load<f32>(plan.scaledPixels + ((<usize>load<u8>(image + i)) << 2)));
    }
  }
}

/** The first of the units of a hidden layer that a thread owns. */
// @ts-ignore: decorator
@inline
function firstUnit(plan: Plan, index: i32, thread: i32): i32 {
  const group = index === 0 && isSparse(plan) ? BLOCK : COLUMNS;
  return shareStart(layerAt(plan, index).paddedUnits, group, plan.threads, thread);
}

// @ts-ignore: decorator
@inline
function isSparse(plan: Plan): bool {
  return changetype<Images>(plan.images).starts !== 0;
}

// @ts-ignore: decorator
@inline
function pixelLists(plan: Plan, batch: i32): usize {
  return plan.pixelLists + (batch & 1) * plan.pixelListsBytes;
}

/** 512 bytes that are the thread's own. */
// @ts-ignore: decorator
@inline
function scratch(plan: Plan, thread: i32): usize {
  return plan.scratch + (thread << 9);
}

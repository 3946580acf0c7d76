// One thread's part of training and predicting: the same steps as nn/, whole batch by whole batch, or where a batch takes long
// one step of it for some of its rows.
//
// Every thread owns some units of each hidden layer, and some images of the batch at the last layer. What it owns it computes
// alone, in a fixed order: no sum depends on how many threads there are, so neither does any weight. Barriers stand where a
// thread reads what others have written.
import { activate, applySlope } from './activations';
import { awaitOrder, barrier } from './barrier';
import { backwardDense, COLUMNS, forwardDense, updateBias, updateDense } from './dense';
import { BACKWARD, FORWARD, GRADIENT, Images, Layer, layerAt, Plan, PREDICT, shareStart, TRAIN, UPDATE } from './plan';
import { madd } from './simd';
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

/** This thread's part of the work that the plan tells. */
export function work(plan: Plan, thread: i32): void {
  const task = plan.task;
  if (task === PREDICT || task === TRAIN) workOnBatches(plan, thread);
  else if (task === FORWARD) forward(plan, plan.layer, 0, plan.fromRow, plan.toRow, thread);
  else if (task === BACKWARD) backward(plan, plan.layer, plan.fromRow, plan.toRow, thread);
  else if (task === GRADIENT) addGradient(plan, plan.layer, 0, plan.fromRow, plan.toRow, thread);
  else if (task === UPDATE) updateBySums(plan, thread);
  meet(plan);
}

function workOnBatches(plan: Plan, thread: i32): void {
  for (let batch = 0; batch < plan.batches; batch++) {
    if (isSparse(plan) && batch + 1 < plan.batches) lookAhead(plan, orderOf(plan, batch + 1), thread);
    for (let l = 0; l < plan.layerCount; l++) {
      forward(plan, l, batch, 0, plan.rows, thread);
      meet(plan);
    }
    if (plan.task === TRAIN) {
      for (let l = plan.layerCount - 1; l > 0; l--) {
        backward(plan, l, 0, plan.rows, thread);
        addGradient(plan, l, batch, 0, plan.rows, thread);
        if (l > 1) meet(plan);
      }
      addGradient(plan, 0, batch, 0, plan.rows, thread);
      if (!isSparse(plan)) meet(plan); // before another thread writes the next input
    }
  }
}

/** Through one layer; through the last, to the probabilities and the gradient of the logits. */
function forward(plan: Plan, index: i32, batch: i32, fromRow: i32, toRow: i32, thread: i32): void {
  const layer = layerAt(plan, index);
  if (index === 0 && isSparse(plan)) return forwardFirstSparse(plan, batch, fromRow, toRow, thread);
  if (index === 0) {
    scalePixels(plan, layer.inputs, orderOf(plan, batch), fromRow, toRow, thread);
    meet(plan);
  }
  const x = inputOf(plan, index);
  const xStride = inputStrideOf(plan, index);
  const rowsEnd = roundedRows(toRow);
  if (index < plan.layerCount - 1) {
    const from = firstUnit(plan, index, thread);
    const to = firstUnit(plan, index, thread + 1);
    forwardDense(layer, x, xStride, scratch(plan, thread), fromRow, rowsEnd, from, to);
    activate(plan.activation, layer, fromRow, toRow, from, to);
  } else {
    const from = fromRow + shareStart(rowsEnd - fromRow, ROW_GROUP, plan.threads, thread);
    const to = fromRow + shareStart(rowsEnd - fromRow, ROW_GROUP, plan.threads, thread + 1);
    forwardDense(layer, x, xStride, scratch(plan, thread), from, to, 0, layer.paddedUnits);
    softmaxCrossEntropy(plan, layer, batch * plan.rows, from, min<i32>(to, toRow));
  }
}

function forwardFirstSparse(plan: Plan, batch: i32, fromRow: i32, toRow: i32, thread: i32): void {
  const layer = layerAt(plan, 0);
  const order = orderOf(plan, batch);
  for (let block = firstUnit(plan, 0, thread) / BLOCK; block < firstUnit(plan, 0, thread + 1) / BLOCK; block++) {
    forwardSparse(plan, layer, order, fromRow, toRow, block);
    activate(plan.activation, layer, fromRow, toRow, block * BLOCK, (block + 1) * BLOCK);
  }
  if (plan.task !== PREDICT) buildPixelLists(plan, layer.inputs, pixelLists(plan, batch), order, fromRow, toRow, thread);
}

/** The gradient of the layer below, from that of this one. */
function backward(plan: Plan, index: i32, fromRow: i32, toRow: i32, thread: i32): void {
  const below = layerAt(plan, index - 1);
  const from = firstUnit(plan, index - 1, thread);
  const to = firstUnit(plan, index - 1, thread + 1);
  backwardDense(layerAt(plan, index), below, fromRow, roundedRows(toRow), from, to);
  applySlope(plan.activation, below, fromRow, toRow, from, to);
}

/** The update of one layer's weights and biases; where batches are worked on step by step, the gradient goes to the sums. */
function addGradient(plan: Plan, index: i32, batch: i32, fromRow: i32, toRow: i32, thread: i32): void {
  const layer = layerAt(plan, index);
  const step: f32 = plan.task === TRAIN ? -plan.learningRate : 1;
  const offset = plan.task === TRAIN ? 0 : layer.sums;
  const weight = layer.weight + offset;
  if (index > 0) {
    const below = layerAt(plan, index - 1);
    const from = firstUnit(plan, index - 1, thread);
    const to = firstUnit(plan, index - 1, thread + 1);
    updateDense(layer, weight, step, below.output, below.stride, fromRow, toRow, 0, layer.paddedUnits, from, to);
  } else if (isSparse(plan)) {
    const lists = pixelLists(plan, batch);
    for (let block = firstUnit(plan, 0, thread) / BLOCK; block < firstUnit(plan, 0, thread + 1) / BLOCK; block++) {
      updateSparse(plan, layer, weight, step, lists, fromRow, toRow, block);
    }
  } else {
    const from = firstUnit(plan, 0, thread);
    const to = firstUnit(plan, 0, thread + 1);
    updateDense(layer, weight, step, plan.input, plan.inputStride, fromRow, toRow, from, to, 0, layer.paddedInputs);
  }
  // The biases of the units that a thread owns; those of the classes are few, and the first thread's.
  const last = index === plan.layerCount - 1;
  const from = last ? 0 : firstUnit(plan, index, thread);
  const to = !last ? firstUnit(plan, index, thread + 1) : thread === 0 ? layer.paddedUnits : 0;
  updateBias(layer, layer.bias + offset, step, fromRow, toRow, from, to);
}

/** W −= learningRate × dW, and b alike, from the sums, which are zero afterwards: this thread's share of every layer. */
function updateBySums(plan: Plan, thread: i32): void {
  const step = f32x4.splat(-plan.learningRate);
  for (let l = 0; l < plan.layerCount; l++) {
    const layer = layerAt(plan, l);
    const end = layer.weight + shareStart(layer.sums, 64, plan.threads, thread + 1);
    for (let w = layer.weight + shareStart(layer.sums, 64, plan.threads, thread); w < end; w += 16) {
      v128.store(w, madd(step, v128.load(w + layer.sums), v128.load(w)));
      v128.store(w + layer.sums, f32x4.splat(0));
    }
  }
}

/** The input of a dense first layer: this thread's share of the images. */
function scalePixels(plan: Plan, inputs: i32, order: usize, fromRow: i32, toRow: i32, thread: i32): void {
  const pixels = changetype<Images>(plan.images).pixels;
  const end = fromRow + shareStart(toRow - fromRow, 1, plan.threads, thread + 1);
  for (let n = fromRow + shareStart(toRow - fromRow, 1, plan.threads, thread); n < end; n++) {
    const image = pixels + load<u32>(order + (n << 2)) * inputs;
    const row = plan.input + n * plan.inputStride;
    for (let i = 0; i < inputs; i++) {
      store<f32>(row + (i << 2), load<f32>(plan.scaledPixels + ((<usize>load<u8>(image + i)) << 2)));
    }
  }
}

// @ts-ignore: decorator
@inline
function meet(plan: Plan): void {
  barrier(plan.control, plan.threads, plan.patience);
}

// @ts-ignore: decorator
@inline
function roundedRows(rows: i32): i32 {
  return (rows + ROW_GROUP - 1) & ~(ROW_GROUP - 1);
}

/** Which images a batch has: u32 [rows] */
// @ts-ignore: decorator
@inline
function orderOf(plan: Plan, batch: i32): usize {
  return plan.order + ((batch * plan.rows) << 2);
}

/** The input of a dense layer: [rows, paddedInputs] */
// @ts-ignore: decorator
@inline
function inputOf(plan: Plan, index: i32): usize {
  return index === 0 ? plan.input : layerAt(plan, index - 1).output;
}

// @ts-ignore: decorator
@inline
function inputStrideOf(plan: Plan, index: i32): i32 {
  return index === 0 ? plan.inputStride : layerAt(plan, index - 1).stride;
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

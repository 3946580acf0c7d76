// One thread's part of training and predicting: the same steps as nn/, whole batch by whole batch, or where a batch
// takes long one step of it for some of its rows.
//
// Every thread owns some units of each hidden layer, and some images of the batch at the last layer. What it owns it
// computes alone, in a fixed order: no sum depends on how many threads there are, so neither does any weight. Barriers
// stand where a thread reads what others have written.
import { activate, activateAndKeepSlopes, applySlope } from './activations';
import { awaitOrder, barrier } from './barrier';
import { backwardDense, COLUMNS, forwardDense, updateBias, updateDense } from './dense';
import { limitBlock, limitDense } from './max-norm';
import { shrinkToClip, step, sumSquares } from './optimizers';
import {
  BACKWARD, Batch, batchAt, FORWARD, GRADIENT, Images, Layer, layerAt, Plan, PREDICT, PREPARE, shareStart, TRAIN, UPDATE,
} from './plan';
import { prepare } from './prepare';
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
  else if (task === PREPARE) prepare(plan, batchAt(plan, 0), plan.order, plan.fromRow, plan.toRow, thread);
  else if (task === FORWARD) forward(plan, plan.layer, 0, plan.fromRow, plan.toRow, thread);
  else if (task === BACKWARD) backward(plan, plan.layer, plan.fromRow, plan.toRow, thread);
  else if (task === GRADIENT) addGradient(plan, plan.layer, 0, plan.fromRow, plan.toRow, thread);
  else if (task === UPDATE) update(plan, batchAt(plan, 0), thread);
  meet(plan);
}

function workOnBatches(plan: Plan, thread: i32): void {
  for (let batch = 0; batch < plan.batches; batch++) {
    if (isPrepared(plan)) {
      prepare(plan, batchAt(plan, batch), orderOf(plan, batch), 0, plan.rows, thread);
      meet(plan);
    } else if (batch + 1 < plan.batches) lookAhead(plan, orderOf(plan, batch + 1), thread);
    for (let l = 0; l < plan.layerCount; l++) {
      forward(plan, l, batch, 0, plan.rows, thread);
      meet(plan);
    }
    if (plan.task === TRAIN) {
      for (let l = plan.layerCount - 1; l >= 0; l--) {
        if (l > 0) backward(plan, l, 0, plan.rows, thread);
        addGradient(plan, l, batch, 0, plan.rows, thread);
        if (l > 1) meet(plan);
      }
      if (plan.summed) {
        if (plan.clipNorm > 0) meet(plan);
        update(plan, batchAt(plan, batch), thread);
      } else limitNorms(plan, thread);
      if (!isSparse(plan)) meet(plan); // before another thread writes the next input
    }
  }
}

/** Through one layer; through the last, to the probabilities and the gradient of the logits. */
function forward(plan: Plan, index: i32, batch: i32, fromRow: i32, toRow: i32, thread: i32): void {
  const layer = layerAt(plan, index);
  if (index === 0 && isSparse(plan)) return forwardFirstSparse(plan, batch, fromRow, toRow, thread);
  const x = inputOf(plan, index);
  const xStride = inputStrideOf(plan, index);
  const rowsEnd = roundedRows(toRow);
  if (index < plan.layerCount - 1) {
    const from = firstUnit(plan, index, thread);
    const to = firstUnit(plan, index, thread + 1);
    forwardDense(layer, x, xStride, scratch(plan, thread), fromRow, rowsEnd, from, to);
    bend(plan, index, batch, fromRow, toRow, from, to);
  } else {
    const from = fromRow + shareStart(rowsEnd - fromRow, ROW_GROUP, plan.threads, thread);
    const to = fromRow + shareStart(rowsEnd - fromRow, ROW_GROUP, plan.threads, thread + 1);
    forwardDense(layer, x, xStride, scratch(plan, thread), from, to, 0, layer.paddedUnits);
    softmaxCrossEntropy(plan, layer, batch * plan.rows, from, min<i32>(to, toRow));
  }
}

function forwardFirstSparse(plan: Plan, batch: i32, fromRow: i32, toRow: i32, thread: i32): void {
  const layer = layerAt(plan, 0);
  const made = isPrepared(plan);
  const images = changetype<Images>(made ? plan.made : plan.images);
  const order = made ? plan.counting : orderOf(plan, batch);
  for (let block = firstUnit(plan, 0, thread) / BLOCK; block < firstUnit(plan, 0, thread + 1) / BLOCK; block++) {
    forwardSparse(plan, layer, images, order, fromRow, toRow, block);
    bend(plan, 0, batch, fromRow, toRow, block * BLOCK, (block + 1) * BLOCK);
  }
  if (plan.task !== PREDICT) buildPixelLists(plan, images, layer.inputs, pixelLists(plan, batch), order, fromRow, toRow, thread);
}

/** The activation of a hidden layer, and dropout in training, for the columns from–to. */
function bend(plan: Plan, index: i32, batch: i32, fromRow: i32, toRow: i32, from: i32, to: i32): void {
  const layer = layerAt(plan, index);
  if (plan.task === PREDICT || layer.slope === 0) return activate(plan, layer, fromRow, toRow, from, to);
  const key = load<u32>(changetype<usize>(batchAt(plan, batch)) + offsetof<Batch>('hiddenKey0') + (index << 2));
  activateAndKeepSlopes(plan, layer, fromRow, toRow, from, to, key);
}

/** The gradient of the layer below, from that of this one. */
function backward(plan: Plan, index: i32, fromRow: i32, toRow: i32, thread: i32): void {
  const below = layerAt(plan, index - 1);
  const from = firstUnit(plan, index - 1, thread);
  const to = firstUnit(plan, index - 1, thread + 1);
  backwardDense(layerAt(plan, index), below, fromRow, roundedRows(toRow), from, to);
  applySlope(plan, below, fromRow, toRow, from, to);
}

/**
 * The gradient of one layer's weights and biases: added to the sums, or with plain SGD, times its step, to the weights
 * at once.
 */
function addGradient(plan: Plan, index: i32, batch: i32, fromRow: i32, toRow: i32, thread: i32): void {
  const layer = layerAt(plan, index);
  const step: f32 = plan.summed ? 1 : -batchAt(plan, batch).learningRate;
  const sums = plan.summed ? layer.sums : 0;
  const weight = layer.weight + sums;
  const from = firstInput(plan, index, thread);
  const to = firstInput(plan, index, thread + 1);
  if (index === 0 && isSparse(plan)) {
    const lists = pixelLists(plan, batch);
    for (let block = from / BLOCK; block < to / BLOCK; block++) updateSparse(plan, layer, weight, step, lists, fromRow, toRow, block);
  } else if (ownsInputs(plan, index)) {
    updateDense(layer, weight, step, inputOf(plan, index), inputStrideOf(plan, index), fromRow, toRow, 0, layer.paddedUnits, from, to);
  } else {
    updateDense(layer, weight, step, plan.input, plan.inputStride, fromRow, toRow, from, to, 0, layer.paddedInputs);
  }
  updateBias(layer, layer.bias + sums, step, fromRow, toRow, firstBias(plan, index, thread), firstBias(plan, index, thread + 1));
}

/** The optimizer's step, from the sums: each thread for the weights whose gradient it has summed. */
function update(plan: Plan, batch: Batch, thread: i32): void {
  let shrink: f32 = 1;
  if (plan.clipNorm > 0) {
    sumSquares(plan, thread);
    meet(plan);
    shrink = shrinkToClip(plan);
  }
  for (let l = 0; l < plan.layerCount; l++) {
    const layer = layerAt(plan, l);
    const from = firstInput(plan, l, thread);
    const to = firstInput(plan, l, thread + 1);
    if (l === 0 && isSparse(plan)) {
      step(plan, batch, layer.weight + ((from * layer.inputs) << 2), layer.weight + ((to * layer.inputs) << 2), layer.sums, shrink, true);
    } else if (ownsInputs(plan, l)) {
      for (let w = layer.weight, j = 0; j < layer.paddedUnits; j++, w += layer.weightStride) {
        step(plan, batch, w + (from << 2), w + (to << 2), layer.sums, shrink, true);
      }
    } else {
      step(plan, batch, layer.weight + from * layer.weightStride, layer.weight + to * layer.weightStride, layer.sums, shrink, true);
    }
    step(plan, batch, layer.bias + (firstBias(plan, l, thread) << 2), layer.bias + (firstBias(plan, l, thread + 1) << 2), layer.sums, shrink, false);
  }
  limitNorms(plan, thread);
}

/** Max-norm, each thread for the hidden units that it owns. */
function limitNorms(plan: Plan, thread: i32): void {
  if (plan.maxNorm === 0) return;
  meet(plan);
  for (let l = 0; l < plan.layerCount - 1; l++) {
    const layer = layerAt(plan, l);
    const from = firstUnit(plan, l, thread);
    const to = firstUnit(plan, l, thread + 1);
    if (l === 0 && isSparse(plan)) for (let block = from / BLOCK; block < to / BLOCK; block++) limitBlock(layer, plan.maxNorm, block);
    else limitDense(layer, plan.maxNorm, from, to);
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

/**
 * Whether a thread sums a layer's gradient for some inputs of all units, and not for some units: where those are the
 * units below that it owns, or there are no hidden units.
 */
// @ts-ignore: decorator
@inline
function ownsInputs(plan: Plan, index: i32): bool {
  return index > 0 || plan.layerCount === 1;
}

/** The first of the inputs, or the units, of a layer whose weights' gradient a thread sums. */
// @ts-ignore: decorator
@inline
function firstInput(plan: Plan, index: i32, thread: i32): i32 {
  if (index > 0) return firstUnit(plan, index - 1, thread);
  if (ownsInputs(plan, index)) return shareStart(layerAt(plan, index).paddedInputs, COLUMNS, plan.threads, thread);
  return firstUnit(plan, index, thread);
}

/**
 * The first of the units whose bias is a thread's: those that it owns; those of the classes are few, and the first
 * thread's.
 */
// @ts-ignore: decorator
@inline
function firstBias(plan: Plan, index: i32, thread: i32): i32 {
  if (index < plan.layerCount - 1) return firstUnit(plan, index, thread);
  return thread === 0 ? 0 : layerAt(plan, index).paddedUnits;
}

/** Whether the first layer looks only at pixels that are not zero. */
// @ts-ignore: decorator
@inline
function isSparse(plan: Plan): bool {
  return plan.inputStride === 0;
}

/** Whether the images in hand must be made for each batch: the first layer cannot take them as they lie. */
// @ts-ignore: decorator
@inline
function isPrepared(plan: Plan): bool {
  return changetype<Images>(plan.images).starts === 0;
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

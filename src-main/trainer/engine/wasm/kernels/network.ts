// One thread's part of training and predicting: nn/mlp.ts and an update, whole batch by whole batch. If a batch takes
// long, one step of it for some of its rows.
//
// Every thread owns some units of each hidden layer, and some images of the batch at the last layer. It computes alone
// what it owns, in a fixed order: no sum depends on the number of threads, so no weight does. A barrier precedes every
// read of what another thread has written. ../README.md has the table of phases, owners and barriers.
import { activate, activateAndKeepSlopes, applySlope } from './activations';
import { awaitOrder, barrier } from './barrier';
import { backwardDense, COLUMNS, forwardDense, updateBias, updateDense } from './dense';
import { limitBlock, limitDense } from './max-norm';
import { shrinkToClip, step, sumSquares } from './optimizers';
import { ROW_GROUP, SCRATCH_BYTES, Task } from './numbers';
import { Batch, batchAt, Images, layerAt, Plan, shareStart } from './plan';
import { prepare } from './prepare';
import { BLOCK, buildPixelLists, forwardSparse, prefetchImages, updateSparse } from './sparse';
import { softmaxCrossEntropy } from './softmax';

/** The main loop of every thread but the first: waits for an order, does its part of the work. */
export function serve(plan: Plan, thread: i32): void {
  for (let last = 0; ; ) {
    last = awaitOrder(plan.control, thread, last);
    if (last < 0) return;
    work(plan, thread);
  }
}

/** Does this thread's part of the work that the plan describes. */
export function work(plan: Plan, thread: i32): void {
  const task = plan.task;
  if (task === Task.predict || task === Task.train) workOnBatches(plan, thread);
  else if (task === Task.prepare) prepare(plan, batchAt(plan, 0), plan.indices, plan.fromRow, plan.toRow, thread);
  else if (task === Task.forward) forward(plan, plan.layer, 0, plan.fromRow, plan.toRow, thread);
  else if (task === Task.backward) backward(plan, plan.layer, plan.fromRow, plan.toRow, thread);
  else if (task === Task.gradient) addGradient(plan, plan.layer, 0, plan.fromRow, plan.toRow, thread);
  else if (task === Task.update) update(plan, batchAt(plan, 0), thread);
  meet(plan);
}

function workOnBatches(plan: Plan, thread: i32): void {
  for (let batch = 0; batch < plan.batches; batch++) {
    if (isPrepared(plan)) {
      prepare(plan, batchAt(plan, batch), indicesOf(plan, batch), 0, plan.rows, thread);
      meet(plan);
    } else if (batch + 1 < plan.batches) prefetchImages(plan, indicesOf(plan, batch + 1), thread);
    for (let l = 0; l < plan.layerCount; l++) {
      forward(plan, l, batch, 0, plan.rows, thread);
      meet(plan);
    }
    if (plan.task === Task.train) {
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

/** One layer's forward pass. The last layer's includes the probabilities and the gradient of the logits. */
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
    applyActivation(plan, index, batch, fromRow, toRow, from, to);
  } else {
    const from = fromRow + shareStart(rowsEnd - fromRow, ROW_GROUP, plan.threads, thread);
    const to = fromRow + shareStart(rowsEnd - fromRow, ROW_GROUP, plan.threads, thread + 1);
    forwardDense(layer, x, xStride, scratch(plan, thread), from, to, 0, layer.paddedUnits);
    softmaxCrossEntropy(plan, layer, batch * plan.rows, from, min<i32>(to, toRow));
  }
}

function forwardFirstSparse(plan: Plan, batch: i32, fromRow: i32, toRow: i32, thread: i32): void {
  const layer = layerAt(plan, 0);
  const isAugmented = isPrepared(plan);
  const images = changetype<Images>(isAugmented ? plan.augmented : plan.images);
  const indices = isAugmented ? plan.rowNumbers : indicesOf(plan, batch);
  for (let block = firstUnit(plan, 0, thread) / BLOCK; block < firstUnit(plan, 0, thread + 1) / BLOCK; block++) {
    forwardSparse(plan, layer, images, indices, fromRow, toRow, block);
    applyActivation(plan, 0, batch, fromRow, toRow, block * BLOCK, (block + 1) * BLOCK);
  }
  if (plan.task === Task.predict) return;
  buildPixelLists(plan, images, layer.inputs, pixelLists(plan, batch), indices, fromRow, toRow, thread);
}

/** The activation of a hidden layer, in training with dropout, for the columns from–to. */
function applyActivation(plan: Plan, index: i32, batch: i32, fromRow: i32, toRow: i32, from: i32, to: i32): void {
  const layer = layerAt(plan, index);
  if (plan.task === Task.predict || layer.slope === 0) return activate(plan, layer, fromRow, toRow, from, to);
  const key = load<u32>(changetype<usize>(batchAt(plan, batch)) + offsetof<Batch>('hiddenKey0') + (index << 2));
  activateAndKeepSlopes(plan, layer, fromRow, toRow, from, to, key);
}

/** Computes the gradient of the layer below from this layer's gradient. */
function backward(plan: Plan, index: i32, fromRow: i32, toRow: i32, thread: i32): void {
  const below = layerAt(plan, index - 1);
  const from = firstUnit(plan, index - 1, thread);
  const to = firstUnit(plan, index - 1, thread + 1);
  backwardDense(layerAt(plan, index), below, fromRow, roundedRows(toRow), from, to);
  applySlope(plan, below, fromRow, toRow, from, to);
}

/** Adds the gradient of one layer's weights and biases to the sums. With plain SGD, updates the weights directly. */
function addGradient(plan: Plan, index: i32, batch: i32, fromRow: i32, toRow: i32, thread: i32): void {
  const layer = layerAt(plan, index);
  const step: f32 = plan.summed ? 1 : -batchAt(plan, batch).learningRate;
  const sums = plan.summed ? layer.sums : 0;
  const weight = layer.weight + sums;
  const from = firstInput(plan, index, thread);
  const to = firstInput(plan, index, thread + 1);
  if (index === 0 && isSparse(plan)) {
    const lists = pixelLists(plan, batch);
    for (let block = from / BLOCK; block < to / BLOCK; block++) {
      updateSparse(plan, layer, weight, step, lists, fromRow, toRow, block);
    }
  } else if (ownsInputs(plan, index)) {
    const x = inputOf(plan, index);
    const xStride = inputStrideOf(plan, index);
    updateDense(layer, weight, step, x, xStride, fromRow, toRow, 0, layer.paddedUnits, from, to);
  } else {
    updateDense(layer, weight, step, plan.input, plan.inputStride, fromRow, toRow, from, to, 0, layer.paddedInputs);
  }
  const biasEnd = firstBias(plan, index, thread + 1);
  updateBias(layer, layer.bias + sums, step, fromRow, toRow, firstBias(plan, index, thread), biasEnd);
}

/** The optimizer's step, from the sums: each thread updates the weights whose gradients it has summed. */
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
      const bytes = layer.inputs << 2;
      step(plan, batch, layer.weight + from * bytes, layer.weight + to * bytes, layer.sums, shrink, true);
    } else if (ownsInputs(plan, l)) {
      for (let w = layer.weight, j = 0; j < layer.paddedUnits; j++, w += layer.weightStride) {
        step(plan, batch, w + (from << 2), w + (to << 2), layer.sums, shrink, true);
      }
    } else {
      const bytes = layer.weightStride;
      step(plan, batch, layer.weight + from * bytes, layer.weight + to * bytes, layer.sums, shrink, true);
    }
    const biases = layer.bias + (firstBias(plan, l, thread) << 2);
    step(plan, batch, biases, layer.bias + (firstBias(plan, l, thread + 1) << 2), layer.sums, shrink, false);
  }
  limitNorms(plan, thread);
}

/** Max-norm: each thread limits the hidden units that it owns. */
function limitNorms(plan: Plan, thread: i32): void {
  if (plan.maxNorm === 0) return;
  meet(plan);
  for (let l = 0; l < plan.layerCount - 1; l++) {
    const layer = layerAt(plan, l);
    const from = firstUnit(plan, l, thread);
    const to = firstUnit(plan, l, thread + 1);
    if (l === 0 && isSparse(plan)) {
      for (let block = from / BLOCK; block < to / BLOCK; block++) limitBlock(layer, plan.maxNorm, block);
    } else limitDense(layer, plan.maxNorm, from, to);
  }
}

// @ts-ignore: decorator
@inline
function meet(plan: Plan): void {
  barrier(plan.control, plan.threads, plan.timeout);
}

// @ts-ignore: decorator
@inline
function roundedRows(rows: i32): i32 {
  return (rows + ROW_GROUP - 1) & ~(ROW_GROUP - 1);
}

/** Indices of a batch's images: u32 [rows] */
// @ts-ignore: decorator
@inline
function indicesOf(plan: Plan, batch: i32): usize {
  return plan.indices + ((batch * plan.rows) << 2);
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

/** The first unit of a hidden layer that a thread owns. */
// @ts-ignore: decorator
@inline
function firstUnit(plan: Plan, index: i32, thread: i32): i32 {
  const group = index === 0 && isSparse(plan) ? BLOCK : COLUMNS;
  return shareStart(layerAt(plan, index).paddedUnits, group, plan.threads, thread);
}

/**
 * True if threads split this layer's gradient by inputs rather than by units. They do so for every layer but the first,
 * because a thread's inputs are the units that it owns in the layer below. Without hidden layers, so does the only one.
 */
// @ts-ignore: decorator
@inline
function ownsInputs(plan: Plan, index: i32): bool {
  return index > 0 || plan.layerCount === 1;
}

/** The first input of a layer, or the first unit if threads split by units, whose gradient a thread sums. */
// @ts-ignore: decorator
@inline
function firstInput(plan: Plan, index: i32, thread: i32): i32 {
  if (index > 0) return firstUnit(plan, index - 1, thread);
  if (ownsInputs(plan, index)) return shareStart(layerAt(plan, index).paddedInputs, COLUMNS, plan.threads, thread);
  return firstUnit(plan, index, thread);
}

/** The first unit whose bias a thread updates: the units that it owns. The first thread takes the few classes. */
// @ts-ignore: decorator
@inline
function firstBias(plan: Plan, index: i32, thread: i32): i32 {
  if (index < plan.layerCount - 1) return firstUnit(plan, index, thread);
  return thread === 0 ? 0 : layerAt(plan, index).paddedUnits;
}

/** True if the first layer skips pixels that are zero. */
// @ts-ignore: decorator
@inline
function isSparse(plan: Plan): bool {
  return plan.inputStride === 0;
}

/** True if the images must be prepared for each batch, because the first layer cannot use them as they are. */
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

// @ts-ignore: decorator
@inline
function scratch(plan: Plan, thread: i32): usize {
  return plan.scratch + thread * SCRATCH_BYTES;
}

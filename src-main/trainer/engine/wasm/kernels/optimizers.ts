// Update steps from summed gradients, four parameters at a time: nn/sgd.ts, momentum.ts (Nesterov too), rmsprop.ts,
// adam.ts (AdamW too) and clip.ts. Each sum becomes zero when it has been used.
import { Optimizer, SQUARES_CHUNK } from './numbers';
import { Batch, Layer, layerAt, Plan, shareStart } from './plan';
import { coarse, coarseSquare, madd, meanOfSquares, roundedMadd } from './simd';

const EPSILON: f32 = 1e-8;

/**
 * One step for adjacent parameters.
 * @param from address of the first parameter; to: of the end. Both multiples of 16
 * @param sums bytes from a parameter to the sum of its gradient; the optimizer's states are two and three times as far
 * @param shrink multiplies the gradient first: less than 1 if the gradient is clipped
 * @param decays true if weight decay applies: for weights, not for biases
 */
export function step(plan: Plan, batch: Batch, from: usize, to: usize, sums: i32, shrink: f32, decays: bool): void {
  const optimizer = plan.optimizer;
  const decay: f32 = decays ? plan.weightDecay : 0;
  if (optimizer === Optimizer.sgd) stepBySgd(batch, from, to, sums, shrink, decay);
  else if (optimizer === Optimizer.momentum) stepByMomentum(plan, batch, from, to, sums, shrink, decay, false);
  else if (optimizer === Optimizer.nesterov) stepByMomentum(plan, batch, from, to, sums, shrink, decay, true);
  else if (optimizer === Optimizer.rmsprop) stepByRms(plan, batch, from, to, sums, shrink, decay);
  else if (optimizer === Optimizer.adam) stepByAdam(plan, batch, from, to, sums, shrink, decay, 0);
  else if (optimizer === Optimizer.adamw) {
    stepByAdam(plan, batch, from, to, sums, shrink, 0, decays ? -batch.weightStep : 0);
  }
}

/** Returns sum × shrink + decay × w, and sets the sum to zero. */
// @ts-ignore: decorator
@inline
function takeGradient(place: usize, w: v128, shrink: v128, decay: v128): v128 {
  const g = madd(decay, w, f32x4.mul(v128.load(place), shrink));
  v128.store(place, f32x4.splat(0));
  return g;
}

/** w −= rate × g */
function stepBySgd(batch: Batch, from: usize, to: usize, sums: i32, shrink: f32, decay: f32): void {
  const rate = f32x4.splat(-batch.learningRate), by = coarse();
  const shrinks = f32x4.splat(shrink), decays = f32x4.splat(decay);
  for (let p = from; p < to; p += 16) {
    const w = v128.load(p);
    v128.store(p, roundedMadd(rate, takeGradient(p + sums, w, shrinks, decays), w, by));
  }
}

/** v = μ v + g; w −= rate × v, or for Nesterov rate × (g + μ v) */
// @ts-ignore: decorator
@inline
function stepByMomentum(
  plan: Plan, batch: Batch, from: usize, to: usize, sums: i32, shrink: f32, decay: f32, nesterov: bool,
): void {
  const rate = f32x4.splat(-batch.learningRate), momentum = f32x4.splat(plan.momentum);
  const shrinks = f32x4.splat(shrink), decays = f32x4.splat(decay), by = coarse();
  for (let p = from; p < to; p += 16) {
    const w = v128.load(p);
    const g = takeGradient(p + sums, w, shrinks, decays);
    const v = roundedMadd(momentum, v128.load(p + 2 * sums), g, by);
    v128.store(p + 2 * sums, v);
    v128.store(p, roundedMadd(rate, nesterov ? madd(momentum, v, g) : v, w, by));
  }
}

/** s = α s + (1 − α) g²; w −= rate × g / (√s + ε) */
function stepByRms(plan: Plan, batch: Batch, from: usize, to: usize, sums: i32, shrink: f32, decay: f32): void {
  const rate = f32x4.splat(-batch.learningRate), epsilon = f32x4.splat(EPSILON);
  const keep = f32x4.splat(plan.squareDecay), add = f32x4.splat(plan.squareShare);
  const shrinks = f32x4.splat(shrink), decays = f32x4.splat(decay);
  const by = coarse(), bySquare = coarseSquare();
  for (let p = from; p < to; p += 16) {
    const w = v128.load(p);
    const g = takeGradient(p + sums, w, shrinks, decays);
    const s = meanOfSquares(keep, v128.load(p + 2 * sums), add, g, bySquare);
    v128.store(p + 2 * sums, s);
    v128.store(p, roundedMadd(rate, f32x4.div(g, f32x4.add(f32x4.sqrt(s), epsilon)), w, by));
  }
}

/**
 * m = β1 m + (1 − β1) g; s = β2 s + (1 − β2) g²; w −= rate × m̂ / (√ŝ + ε), where m̂ and ŝ are corrected because m and
 * s begin at zero.
 * @param weightStep AdamW's decay: first, weightStep × w is added to w
 */
function stepByAdam(
  plan: Plan, batch: Batch, from: usize, to: usize, sums: i32, shrink: f32, decay: f32, weightStep: f32,
): void {
  const rate = f32x4.splat(-batch.learningRate * batch.meanCorrection), root = f32x4.splat(batch.rootCorrection);
  const keepMean = f32x4.splat(plan.momentum), addMean = f32x4.splat(plan.gradientShare);
  const keepSquare = f32x4.splat(plan.squareDecay), addSquare = f32x4.splat(plan.squareShare);
  const shrinks = f32x4.splat(shrink), decays = f32x4.splat(decay);
  const weightSteps = f32x4.splat(weightStep), epsilon = f32x4.splat(EPSILON);
  const by = coarse(), bySquare = coarseSquare();
  for (let p = from; p < to; p += 16) {
    const before = v128.load(p);
    const w = madd(weightSteps, before, before);
    const g = takeGradient(p + sums, w, shrinks, decays);
    const m = f32x4.sub(madd(keepMean, v128.load(p + 2 * sums), madd(addMean, g, by)), by);
    const s = meanOfSquares(keepSquare, v128.load(p + 3 * sums), addSquare, g, bySquare);
    v128.store(p + 2 * sums, m);
    v128.store(p + 3 * sums, s);
    v128.store(p, roundedMadd(rate, f32x4.div(m, madd(f32x4.sqrt(s), root, epsilon)), w, by));
  }
}

/** Sums the squared gradients of each chunk: this thread's share of the chunks of every layer. */
export function sumSquares(plan: Plan, thread: i32): void {
  let partial = plan.squareSums;
  for (let l = 0; l < plan.layerCount; l++) {
    const layer = layerAt(plan, l);
    const chunks = chunksOf(layer);
    const end = shareStart(chunks, 1, plan.threads, thread + 1);
    for (let k = shareStart(chunks, 1, plan.threads, thread); k < end; k++) {
      const from = layer.weight + layer.sums + k * SQUARES_CHUNK;
      const to = min<usize>(from + SQUARES_CHUNK, layer.weight + 2 * layer.sums);
      let sum = f64x2.splat(0);
      for (let p = from; p < to; p += 16) {
        const g = v128.load(p);
        const lower = f64x2.promote_low_f32x4(g), upper = f64x2.promote_low_f32x4(v128.shuffle<i32>(g, g, 2, 3, 0, 1));
        sum = f64x2.add(sum, f64x2.add(f64x2.mul(lower, lower), f64x2.mul(upper, upper)));
      }
      store<f64>(partial + (k << 3), f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
    }
    partial += chunks << 3;
  }
}

/** The factor that makes the gradient no longer than clipNorm. All threads must have finished sumSquares. */
export function shrinkToClip(plan: Plan): f32 {
  let chunks = 0;
  for (let l = 0; l < plan.layerCount; l++) chunks += chunksOf(layerAt(plan, l));
  let sum: f64 = 0;
  for (let k = 0; k < chunks; k++) sum += load<f64>(plan.squareSums + (k << 3));
  const scale = <f64>plan.clipNorm / (sqrt(sum) + 1e-6);
  return scale < 1 ? <f32>scale : 1; // NaN gives 1: the weights become NaN, so that a run that diverged is noticed
}

// @ts-ignore: decorator
@inline
function chunksOf(layer: Layer): i32 {
  return (layer.sums + SQUARES_CHUNK - 1) / SQUARES_CHUNK;
}

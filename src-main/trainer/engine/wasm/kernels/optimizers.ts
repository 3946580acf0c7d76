// How summed gradients become steps: the rules of ../nn/, four parameters at a time. A sum is zero once it has been
// used.
import { Batch, Layer, layerAt, Plan, shareStart } from './plan';
import { coarse, coarseSquare, madd, meanOfSquares, roundedMadd } from './simd';

const SGD = 0;
const MOMENTUM = 1;
const NESTEROV = 2;
const RMSPROP = 3;
const ADAM = 4;
const ADAMW = 5;

const EPSILON: f32 = 1e-8;

/**
 * One step for parameters side by side.
 * @param from address of the first parameter; to: of the end. Both multiples of 16
 * @param sums bytes from a parameter to the sum of its gradient; twice and three times to what the optimizer remembers
 * @param shrink what the gradient is multiplied with first: less than 1 where it was too long
 * @param decays whether weight decay concerns them: not biases
 */
export function step(plan: Plan, batch: Batch, from: usize, to: usize, sums: i32, shrink: f32, decays: bool): void {
  const optimizer = plan.optimizer;
  const decay: f32 = decays ? plan.weightDecay : 0;
  if (optimizer === SGD) stepPlainly(batch, from, to, sums, shrink, decay);
  else if (optimizer === MOMENTUM) stepWithMomentum(plan, batch, from, to, sums, shrink, decay, false);
  else if (optimizer === NESTEROV) stepWithMomentum(plan, batch, from, to, sums, shrink, decay, true);
  else if (optimizer === RMSPROP) stepByRms(plan, batch, from, to, sums, shrink, decay);
  else if (optimizer === ADAM) stepByAdam(plan, batch, from, to, sums, shrink, decay, 0);
  else if (optimizer === ADAMW) stepByAdam(plan, batch, from, to, sums, shrink, 0, decays ? -batch.weightStep : 0);
}

/** g × shrink + decay × w, and the sum is zero. */
// @ts-ignore: decorator
@inline
function takeGradient(place: usize, w: v128, shrink: v128, decay: v128): v128 {
  const g = madd(decay, w, f32x4.mul(v128.load(place), shrink));
  v128.store(place, f32x4.splat(0));
  return g;
}

/** w −= rate × g */
function stepPlainly(batch: Batch, from: usize, to: usize, sums: i32, shrink: f32, decay: f32): void {
  const rate = f32x4.splat(-batch.learningRate), shrinks = f32x4.splat(shrink), decays = f32x4.splat(decay), by = coarse();
  for (let p = from; p < to; p += 16) {
    const w = v128.load(p);
    v128.store(p, roundedMadd(rate, takeGradient(p + sums, w, shrinks, decays), w, by));
  }
}

/** v = μ v + g; w −= rate × v, or after Nesterov rate × (g + μ v) */
// @ts-ignore: decorator
@inline
function stepWithMomentum(plan: Plan, batch: Batch, from: usize, to: usize, sums: i32, shrink: f32, decay: f32, ahead: bool): void {
  const rate = f32x4.splat(-batch.learningRate), momentum = f32x4.splat(plan.momentum);
  const shrinks = f32x4.splat(shrink), decays = f32x4.splat(decay), by = coarse();
  for (let p = from; p < to; p += 16) {
    const w = v128.load(p);
    const g = takeGradient(p + sums, w, shrinks, decays);
    const v = roundedMadd(momentum, v128.load(p + 2 * sums), g, by);
    v128.store(p + 2 * sums, v);
    v128.store(p, roundedMadd(rate, ahead ? madd(momentum, v, g) : v, w, by));
  }
}

/** s = α s + (1 − α) g²; w −= rate × g / (√s + ε) */
function stepByRms(plan: Plan, batch: Batch, from: usize, to: usize, sums: i32, shrink: f32, decay: f32): void {
  const rate = f32x4.splat(-batch.learningRate), keep = f32x4.splat(plan.squareDecay), add = f32x4.splat(plan.squareShare);
  const shrinks = f32x4.splat(shrink), decays = f32x4.splat(decay), epsilon = f32x4.splat(EPSILON);
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
 * m = β1 m + (1 − β1) g; s = β2 s + (1 − β2) g²; w −= rate × m̂ / (√ŝ + ε), with m̂ and ŝ corrected for their beginning
 * at zero.
 * @param weightStep AdamW's decay: what is added to the weights before, as a multiple of themselves
 */
function stepByAdam(plan: Plan, batch: Batch, from: usize, to: usize, sums: i32, shrink: f32, decay: f32, weightStep: f32): void {
  const rate = f32x4.splat(-batch.learningRate * batch.meanCorrection), root = f32x4.splat(batch.rootCorrection);
  const keepMean = f32x4.splat(plan.momentum), addMean = f32x4.splat(plan.gradientShare);
  const keepSquare = f32x4.splat(plan.squareDecay), addSquare = f32x4.splat(plan.squareShare);
  const shrinks = f32x4.splat(shrink), decays = f32x4.splat(decay), weightSteps = f32x4.splat(weightStep), epsilon = f32x4.splat(EPSILON);
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

/** Bytes whose squares are summed together: the same pieces with any number of threads, so the same sum. */
const PIECE = 4096;

/** Sums of the squared gradients, piece by piece: this thread's share of the pieces of every layer. */
export function sumSquares(plan: Plan, thread: i32): void {
  let partial = plan.partials;
  for (let l = 0; l < plan.layerCount; l++) {
    const layer = layerAt(plan, l);
    const pieces = piecesOf(layer);
    const end = shareStart(pieces, 1, plan.threads, thread + 1);
    for (let k = shareStart(pieces, 1, plan.threads, thread); k < end; k++) {
      const from = layer.weight + layer.sums + k * PIECE;
      const to = min<usize>(from + PIECE, layer.weight + 2 * layer.sums);
      let sum = f64x2.splat(0);
      for (let p = from; p < to; p += 16) {
        const g = v128.load(p);
        const lower = f64x2.promote_low_f32x4(g), upper = f64x2.promote_low_f32x4(v128.shuffle<i32>(g, g, 2, 3, 0, 1));
        sum = f64x2.add(sum, f64x2.add(f64x2.mul(lower, lower), f64x2.mul(upper, upper)));
      }
      store<f64>(partial + (k << 3), f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1));
    }
    partial += pieces << 3;
  }
}

/** What the gradient must be multiplied with to be no longer than clipNorm: after sumSquares of all threads. */
export function shrinkToClip(plan: Plan): f32 {
  let pieces = 0;
  for (let l = 0; l < plan.layerCount; l++) pieces += piecesOf(layerAt(plan, l));
  let sum: f64 = 0;
  for (let k = 0; k < pieces; k++) sum += load<f64>(plan.partials + (k << 3));
  const scale = <f64>plan.clipNorm / (sqrt(sum) + 1e-6);
  return scale < 1 ? <f32>scale : 1; // NaN gives 1, and the weights become NaN, so that a run that diverged is noticed
}

// @ts-ignore: decorator
@inline
function piecesOf(layer: Layer): i32 {
  return (layer.sums + PIECE - 1) / PIECE;
}

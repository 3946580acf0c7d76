// Activations and their slopes, in place, over some rows and columns of a batch: nn/activations.ts, and its hidden-unit
// dropout of nn/dropout.ts. NaN stays NaN, so that a run that diverged is noticed.
import { mix, randomFour } from './counter-random';
import { coarse, coarseSlope, constant, exp, madd, rounded, roundedProduct } from './simd';
import { Activation } from './numbers';
import { Layer, Plan } from './plan';

const SIGMOID_CONSTANTS = memory.data<f32>([-30, 30, 1]);
const TANH_CONSTANTS = memory.data<f32>([
  1, 2, 0.625, -5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1,
]);
const GELU_CONSTANTS = memory.data<f32>([
  0.70710678, 0.3275911, 1, 1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592, 0.5, 0.39894228,
]);

/** 1 / (1 + e^−z), with z clipped to ±30 */
// @ts-ignore: decorator
@inline
function sigmoid(z: v128): v128 {
  const clipped = f32x4.pmin(f32x4.pmax(z, constant(SIGMOID_CONSTANTS, 0)), constant(SIGMOID_CONSTANTS, 1));
  const one = constant(SIGMOID_CONSTANTS, 2);
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(clipped))));
}

/** 1 − 2 / (e^2z + 1). Near zero, where that would cancel, z + z³ times a polynomial (Cephes, tanhf.c). */
// @ts-ignore: decorator
@inline
function tanh(z: v128): v128 {
  const one = constant(TANH_CONSTANTS, 0);
  const far = f32x4.sub(one, f32x4.div(constant(TANH_CONSTANTS, 1), f32x4.add(exp(f32x4.add(z, z)), one)));
  const s = f32x4.mul(z, z);
  let p = constant(TANH_CONSTANTS, 3);
  p = madd(p, s, constant(TANH_CONSTANTS, 4));
  p = madd(p, s, constant(TANH_CONSTANTS, 5));
  p = madd(p, s, constant(TANH_CONSTANTS, 6));
  p = madd(p, s, constant(TANH_CONSTANTS, 7));
  const near = madd(f32x4.mul(p, s), z, z);
  return v128.bitselect(near, far, f32x4.lt(f32x4.abs(z), constant(TANH_CONSTANTS, 2)));
}

/** z, or leak × z below zero. The leak is less than 1, so the larger of the two is right on both sides. */
// @ts-ignore: decorator
@inline
function leakyRelu(z: v128, leak: v128): v128 {
  return f32x4.pmax(z, f32x4.mul(z, leak));
}

/**
 * Φ(z), the standard normal distribution function, (1 + erf(z / √2)) / 2, with erf to 1.5e-7 by Abramowitz and Stegun
 * 1964, formula 7.1.26 (nn/erf.ts).
 * @param bell e^(−z²/2)
 */
// @ts-ignore: decorator
@inline
function normalCdf(z: v128, bell: v128): v128 {
  const one = constant(GELU_CONSTANTS, 2);
  const x = f32x4.mul(f32x4.abs(z), constant(GELU_CONSTANTS, 0));
  const t = f32x4.div(one, madd(constant(GELU_CONSTANTS, 1), x, one));
  let p = constant(GELU_CONSTANTS, 3);
  p = madd(p, t, constant(GELU_CONSTANTS, 4));
  p = madd(p, t, constant(GELU_CONSTANTS, 5));
  p = madd(p, t, constant(GELU_CONSTANTS, 6));
  p = madd(p, t, constant(GELU_CONSTANTS, 7));
  const half = constant(GELU_CONSTANTS, 8);
  const beyond = f32x4.mul(half, f32x4.mul(f32x4.mul(p, t), bell)); // Φ(−|z|)
  return v128.bitselect(beyond, f32x4.sub(one, beyond), f32x4.lt(z, f32x4.splat(0)));
}

/** e^(−z²/2), but zero from |z| = 7.8 on: the slopes would be tiny. */
// @ts-ignore: decorator
@inline
function bellCurve(z: v128): v128 {
  return rounded(exp(f32x4.neg(f32x4.mul(constant(GELU_CONSTANTS, 8), f32x4.mul(z, z)))), coarseSlope());
}

/**
 * a = f(z), rounded if it can be tiny.
 * @param leak the slope of leaky ReLU below zero; the other activations ignore it
 */
// @ts-ignore: decorator
@inline
function value(activation: i32, z: v128, by: v128, leak: v128): v128 {
  if (activation === Activation.relu) return rounded(f32x4.pmax(z, f32x4.splat(0)), by);
  if (activation === Activation.sigmoid) return sigmoid(z);
  if (activation === Activation.tanh) return tanh(rounded(z, by));
  if (activation === Activation.leakyRelu) return rounded(leakyRelu(z, leak), by);
  return roundedProduct(z, normalCdf(z, bellCurve(z)), by);
}

/** f′(z), from a = f(z), or for GELU from z. The leak is as above. */
// @ts-ignore: decorator
@inline
function slope(activation: i32, z: v128, a: v128, leak: v128): v128 {
  const one = f32x4.splat(1);
  if (activation === Activation.relu) return v128.and(one, f32x4.gt(a, f32x4.splat(0)));
  if (activation === Activation.sigmoid) return f32x4.mul(a, f32x4.sub(one, a));
  if (activation === Activation.tanh) return f32x4.sub(one, f32x4.mul(a, a));
  if (activation === Activation.leakyRelu) return v128.bitselect(one, leak, f32x4.gt(a, f32x4.splat(0)));
  const bell = bellCurve(z);
  return madd(f32x4.mul(z, bell), constant(GELU_CONSTANTS, 9), normalCdf(z, bell));
}

/**
 * a = f(z) in place in the layer's output, for the columns from–to of some rows. Columns beyond the last unit become 0.
 */
export function activate(plan: Plan, layer: Layer, fromRow: i32, toRow: i32, from: i32, to: i32): void {
  const activation = plan.activation;
  const by = coarse();
  const leak = f32x4.splat(plan.leakySlope);
  for (let n = fromRow; n < toRow; n++) {
    const row = layer.output + n * layer.stride;
    const start = row + (from << 2);
    const end = row + (to << 2);
    // Branches outside the loops, so that the compiler makes one straight loop for each activation.
    if (activation === Activation.relu) {
      for (let a = start; a < end; a += 16) v128.store(a, value(Activation.relu, v128.load(a), by, leak));
    } else if (activation === Activation.sigmoid) activateRow(Activation.sigmoid, start, end, by, leak);
    else if (activation === Activation.tanh) activateRow(Activation.tanh, start, end, by, leak);
    else if (activation === Activation.leakyRelu) activateRow(Activation.leakyRelu, start, end, by, leak);
    else activateRow(Activation.gelu, start, end, by, leak);
    for (let j = layer.units; j < to; j++) store<f32>(row + (j << 2), 0);
  }
}

// @ts-ignore: decorator
@inline
function activateRow(activation: i32, start: usize, end: usize, by: v128, leak: v128): void {
  for (let a = start; a < end; a += 32) {
    const lower = value(activation, v128.load(a), by, leak), upper = value(activation, v128.load(a, 16), by, leak);
    v128.store(a, lower); v128.store(a, upper, 16);
  }
}

/**
 * The same for training, if slopes are kept: a and its slope, both zero if the unit is dropped, else times keptScale.
 * @param key of the layer's random numbers in this batch
 */
export function activateAndKeepSlopes(
  plan: Plan, layer: Layer, fromRow: i32, toRow: i32, from: i32, to: i32, key: u32,
): void {
  const activation = plan.activation;
  const dropBelow = plan.dropBelow;
  const slopeOffset = layer.slope - layer.output;
  const threshold = i32x4.splat(<i32>dropBelow);
  const scale = f32x4.splat(plan.keptScale);
  const by = coarse();
  const leak = f32x4.splat(plan.leakySlope);
  for (let n = fromRow; n < toRow; n++) {
    const row = layer.output + n * layer.stride;
    const rowKey = mix(key + n);
    for (let j = from; j < to; j += 4) {
      const place = row + (j << 2);
      const z = v128.load(place);
      let a: v128, s: v128;
      if (activation === Activation.relu) {
        a = value(Activation.relu, z, by, leak);
        s = slope(Activation.relu, z, a, leak);
      } else if (activation === Activation.sigmoid) {
        a = value(Activation.sigmoid, z, by, leak);
        s = slope(Activation.sigmoid, z, a, leak);
      } else if (activation === Activation.tanh) {
        a = value(Activation.tanh, z, by, leak);
        s = slope(Activation.tanh, z, a, leak);
      } else if (activation === Activation.leakyRelu) {
        a = value(Activation.leakyRelu, z, by, leak);
        s = slope(Activation.leakyRelu, z, a, leak);
      } else {
        a = value(Activation.gelu, z, by, leak);
        s = slope(Activation.gelu, z, a, leak);
      }
      if (dropBelow > 0) {
        const kept = i32x4.ge_u(randomFour(rowKey, j), threshold);
        a = v128.and(f32x4.mul(a, scale), kept);
        s = v128.and(f32x4.mul(s, scale), kept);
      }
      v128.store(place, a);
      v128.store(place + slopeOffset, s);
    }
    for (let j = layer.units; j < to; j++) store<f32>(row + (j << 2), 0);
  }
}

/** dz = da × f′(z), rounded, in place in the layer's gradient. f′ is the kept slope, if any, or follows from a. */
export function applySlope(plan: Plan, layer: Layer, fromRow: i32, toRow: i32, from: i32, to: i32): void {
  const activation = plan.activation;
  const leak = f32x4.splat(plan.leakySlope);
  for (let n = fromRow; n < toRow; n++) {
    const offset = n * layer.stride;
    const start = layer.gradient + offset + (from << 2);
    const end = layer.gradient + offset + (to << 2);
    const a = layer.output - layer.gradient;
    const by = coarse();
    if (layer.slope !== 0) {
      const kept = layer.slope - layer.gradient;
      for (let p = start; p < end; p += 16) v128.store(p, roundedProduct(v128.load(p), v128.load(p + kept), by));
    } else if (activation === Activation.relu) {
      for (let p = start; p < end; p += 16) {
        v128.store(p, rounded(v128.and(v128.load(p), f32x4.gt(v128.load(p + a), f32x4.splat(0))), by));
      }
    } else if (activation === Activation.sigmoid) {
      for (let p = start; p < end; p += 16) {
        v128.store(
          p, roundedProduct(v128.load(p), slope(Activation.sigmoid, v128.load(p + a), v128.load(p + a), leak), by),
        );
      }
    } else if (activation === Activation.tanh) {
      for (let p = start; p < end; p += 16) {
        v128.store(
          p, roundedProduct(v128.load(p), slope(Activation.tanh, v128.load(p + a), v128.load(p + a), leak), by),
        );
      }
    } else {
      for (let p = start; p < end; p += 16) {
        v128.store(
          p, roundedProduct(v128.load(p), slope(Activation.leakyRelu, v128.load(p + a), v128.load(p + a), leak), by),
        );
      }
    }
  }
}

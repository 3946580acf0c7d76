// Activations and their slopes, in place, over some columns of a batch. NaN stays NaN, so that a run that diverged is noticed.
import { exp, madd } from './simd';
import { Layer } from './plan';

const RELU = 0;
const SIGMOID = 1;

/** 1 / (1 + e^−z), with z clipped to ±30 */
// @ts-ignore: decorator
@inline
function sigmoid(z: v128): v128 {
  const clipped = f32x4.pmin(f32x4.pmax(z, f32x4.splat(-30)), f32x4.splat(30));
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp(f32x4.neg(clipped))));
}

/** 1 − 2 / (e^2z + 1), and near zero, where that would cancel, z + z³ times a polynomial (Cephes, tanhf.c). */
// @ts-ignore: decorator
@inline
function tanh(z: v128): v128 {
  const far = f32x4.sub(f32x4.splat(1), f32x4.div(f32x4.splat(2), f32x4.add(exp(f32x4.add(z, z)), f32x4.splat(1))));
  const s = f32x4.mul(z, z);
  let p = f32x4.splat(-5.70498872745e-3);
  p = madd(p, s, f32x4.splat(2.06390887954e-2));
  p = madd(p, s, f32x4.splat(-5.37397155531e-2));
  p = madd(p, s, f32x4.splat(1.33314422036e-1));
  p = madd(p, s, f32x4.splat(-3.33332819422e-1));
  const near = madd(f32x4.mul(p, s), z, z);
  return v128.bitselect(near, far, f32x4.lt(f32x4.abs(z), f32x4.splat(0.625)));
}

/** a = f(z) for the columns from–to of all rows; a and z are the layer's output. Columns beyond the last unit become 0. */
export function activate(activation: i32, layer: Layer, rows: i32, from: i32, to: i32): void {
  for (let n = 0; n < rows; n++) {
    const row = layer.output + n * layer.stride;
    const end = row + (to << 2);
    if (activation === RELU) {
      for (let a = row + (from << 2); a < end; a += 16) v128.store(a, f32x4.pmax(v128.load(a), f32x4.splat(0)));
    } else if (activation === SIGMOID) {
      for (let a = row + (from << 2); a < end; a += 16) v128.store(a, sigmoid(v128.load(a)));
    } else {
      for (let a = row + (from << 2); a < end; a += 16) v128.store(a, tanh(v128.load(a)));
    }
    for (let j = layer.units; j < to; j++) store<f32>(row + (j << 2), 0);
  }
}

/** dz = da × f′(z), with f′ from a = f(z); da and dz are the layer's gradient. */
export function applySlope(activation: i32, layer: Layer, rows: i32, from: i32, to: i32): void {
  const one = f32x4.splat(1);
  const gradientOffset = layer.gradient - layer.output;
  for (let n = 0; n < rows; n++) {
    const row = layer.output + n * layer.stride;
    const end = row + (to << 2);
    for (let p = row + (from << 2); p < end; p += 16) {
      const a = v128.load(p);
      const da = v128.load(p + gradientOffset);
      if (activation === RELU) v128.store(p + gradientOffset, v128.and(da, f32x4.gt(a, f32x4.splat(0))));
      else if (activation === SIGMOID) v128.store(p + gradientOffset, f32x4.mul(da, f32x4.mul(a, f32x4.sub(one, a))));
      else v128.store(p + gradientOffset, f32x4.mul(da, f32x4.sub(one, f32x4.mul(a, a))));
    }
  }
}

// Activations and their slopes, in place, over some rows and columns of a batch. NaN stays NaN, so that a run that diverged is noticed.
import { constant, exp, madd } from './simd';
import { Layer } from './plan';

const RELU = 0;
const SIGMOID = 1;

const SIGMOID_CONSTANTS = memory.data<f32>([-30, 30, 1]);
const TANH_CONSTANTS = memory.data<f32>([
  1, 2, 0.625, -5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1,
]);

/** 1 / (1 + e^−z), with z clipped to ±30 */
// @ts-ignore: decorator
@inline
function sigmoid(z: v128): v128 {
  const clipped = f32x4.pmin(f32x4.pmax(z, constant(SIGMOID_CONSTANTS, 0)), constant(SIGMOID_CONSTANTS, 1));
  const one = constant(SIGMOID_CONSTANTS, 2);
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(clipped))));
}

/** 1 − 2 / (e^2z + 1), and near zero, where that would cancel, z + z³ times a polynomial (Cephes, tanhf.c). */
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

/** a = f(z) for the columns from–to of some rows; a and z are the layer's output. Columns beyond the last unit become 0. */
export function activate(activation: i32, layer: Layer, fromRow: i32, toRow: i32, from: i32, to: i32): void {
  for (let n = fromRow; n < toRow; n++) {
    const row = layer.output + n * layer.stride;
    const end = row + (to << 2);
    if (activation === RELU) {
      for (let a = row + (from << 2); a < end; a += 16) v128.store(a, f32x4.pmax(v128.load(a), f32x4.splat(0)));
    } else if (activation === SIGMOID) {
      for (let a = row + (from << 2); a < end; a += 32) {
        const lower = sigmoid(v128.load(a)), upper = sigmoid(v128.load(a, 16));
        v128.store(a, lower); v128.store(a, upper, 16);
      }
    } else {
      for (let a = row + (from << 2); a < end; a += 32) {
        const lower = tanh(v128.load(a)), upper = tanh(v128.load(a, 16));
        v128.store(a, lower); v128.store(a, upper, 16);
      }
    }
    for (let j = layer.units; j < to; j++) store<f32>(row + (j << 2), 0);
  }
}

/** dz = da × f′(z), with f′ from a = f(z); da and dz are the layer's gradient. */
export function applySlope(activation: i32, layer: Layer, fromRow: i32, toRow: i32, from: i32, to: i32): void {
  const one = f32x4.splat(1);
  const gradientOffset = layer.gradient - layer.output;
  for (let n = fromRow; n < toRow; n++) {
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

// Max-norm, as in nn/max-norm.ts: the incoming weights of a hidden unit, as a vector, are never longer than a limit
// (Srivastava et al. 2014, "Dropout").
import { Layer } from './plan';
import { coarse, laneSum, madd, roundedProduct } from './simd';
import { BLOCK } from './sparse';

/** For the units from–to of a dense layer, one row of weights after the other. */
export function limitDense(layer: Layer, limit: f32, from: i32, to: i32): void {
  const bytes = layer.paddedInputs << 2;
  const by = coarse();
  for (let j = from; j < to; j++) {
    const row = layer.weight + j * layer.weightStride;
    let squares = f32x4.splat(0);
    for (let p = row; p < row + bytes; p += 16) squares = madd(v128.load(p), v128.load(p), squares);
    const norm = sqrt<f32>(laneSum(squares));
    if (!(norm > limit)) continue;
    const scale = f32x4.splat(limit / norm);
    for (let p = row; p < row + bytes; p += 16) v128.store(p, roundedProduct(v128.load(p), scale, by));
  }
}

/** For one block of a sparse first layer: the weights of 16 units at a time lie side by side, once for every input. */
export function limitBlock(layer: Layer, limit: f32, block: i32): void {
  const stride = BLOCK << 2;
  const start = layer.weight + block * layer.inputs * stride;
  const bytes = layer.inputs * stride;
  const limits = f32x4.splat(limit),
    one = f32x4.splat(1),
    by = coarse();
  for (let group = start; group < start + stride; group += 64) {
    let q0 = f32x4.splat(0),
      q1 = f32x4.splat(0),
      q2 = f32x4.splat(0),
      q3 = f32x4.splat(0);
    for (let p = group; p < group + bytes; p += stride) {
      const w0 = v128.load(p),
        w1 = v128.load(p, 16),
        w2 = v128.load(p, 32),
        w3 = v128.load(p, 48);
      q0 = madd(w0, w0, q0);
      q1 = madd(w1, w1, q1);
      q2 = madd(w2, w2, q2);
      q3 = madd(w3, w3, q3);
    }
    const n0 = f32x4.sqrt(q0),
      n1 = f32x4.sqrt(q1),
      n2 = f32x4.sqrt(q2),
      n3 = f32x4.sqrt(q3);
    const long0 = f32x4.gt(n0, limits),
      long1 = f32x4.gt(n1, limits),
      long2 = f32x4.gt(n2, limits),
      long3 = f32x4.gt(n3, limits);
    if (!v128.any_true(v128.or(v128.or(long0, long1), v128.or(long2, long3)))) continue;
    const s0 = v128.bitselect(f32x4.div(limits, n0), one, long0),
      s1 = v128.bitselect(f32x4.div(limits, n1), one, long1);
    const s2 = v128.bitselect(f32x4.div(limits, n2), one, long2),
      s3 = v128.bitselect(f32x4.div(limits, n3), one, long3);
    for (let p = group; p < group + bytes; p += stride) {
      const w0 = roundedProduct(v128.load(p), s0, by),
        w1 = roundedProduct(v128.load(p, 16), s1, by);
      const w2 = roundedProduct(v128.load(p, 32), s2, by),
        w3 = roundedProduct(v128.load(p, 48), s3, by);
      v128.store(p, w0);
      v128.store(p, w1, 16);
      v128.store(p, w2, 32);
      v128.store(p, w3, 48);
    }
  }
}

// Dense linear layers, W as [units, inputs]: the forward and backward of nn/linear.ts. Each kernel keeps a tile of
// results in eight registers, so that every loaded number is used two or four times. In the wide build the tiles are
// twice as large, for 256-bit vectors.
import { Layer } from './plan';
import { isNull, laneSum, madd, WIDE } from './simd';

/** Units are rounded up to a multiple. */
export const COLUMNS: i32 = WIDE ? 16 : 8;

/** Rows of a tile of results. The tiles of the other kernels have four. */
const FORWARD_TILE = WIDE ? 4 : 2;
/** Rows of x that stay in the first-level cache while the weights stream through. */
const FORWARD_ROWS = 8;
/** Units whose weights for eight inputs stay there while the batch streams through. */
const BACKWARD_UNITS = 128;
/** Rows whose gradients are summed in registers before they are added to the weights. */
const UPDATE_ROWS = 128;

/**
 * z = x Wᵀ + b, [rows, units], for some of the rows and units.
 * @param x [rows, paddedInputs], rows of xStride bytes
 * @param scratch this thread's, of SCRATCH_BYTES
 * @param fromRow a multiple of ROW_GROUP, as toRow is
 * @param fromUnit a multiple of 2, as toUnit is
 */
export function forwardDense(
  layer: Layer, x: usize, xStride: i32, scratch: usize, fromRow: i32, toRow: i32, fromUnit: i32, toUnit: i32,
): void {
  for (let tile = fromRow; tile < toRow; tile += FORWARD_ROWS) {
    const tileEnd = min<i32>(tile + FORWARD_ROWS, toRow);
    for (let j = fromUnit; j < toUnit; j += 2) {
      for (let n = tile; n < tileEnd; n += FORWARD_TILE) forwardTile(layer, x + n * xStride, xStride, scratch, n, j);
    }
  }
}

/**
 * z[n…n+1, j…j+1], in the wide build to n+3: dot products over all inputs, eight at a time. z sums the first four, y
 * the others.
 */
// @ts-ignore: decorator
@inline
function forwardTile(layer: Layer, x: usize, xStride: i32, scratch: usize, n: i32, j: i32): void {
  let z00 = f32x4.splat(0), y00 = f32x4.splat(0), z01 = f32x4.splat(0), y01 = f32x4.splat(0);
  let z10 = f32x4.splat(0), y10 = f32x4.splat(0), z11 = f32x4.splat(0), y11 = f32x4.splat(0);
  let z20 = f32x4.splat(0), y20 = f32x4.splat(0), z21 = f32x4.splat(0), y21 = f32x4.splat(0);
  let z30 = f32x4.splat(0), y30 = f32x4.splat(0), z31 = f32x4.splat(0), y31 = f32x4.splat(0);
  let x0 = x, x1 = x + xStride, x2 = x1 + xStride, x3 = x2 + xStride;
  let w0 = layer.weight + j * layer.weightStride, w1 = w0 + layer.weightStride;
  const end = x + (layer.paddedInputs << 2);
  while (x0 < end) {
    const a0 = v128.load(w0), b0 = v128.load(w0, 16), a1 = v128.load(w1), b1 = v128.load(w1, 16);
    const r0 = v128.load(x0), q0 = v128.load(x0, 16);
    z00 = madd(r0, a0, z00); y00 = madd(q0, b0, y00);
    z01 = madd(r0, a1, z01); y01 = madd(q0, b1, y01);
    if (isNull(w0)) break;
    const r1 = v128.load(x1), q1 = v128.load(x1, 16);
    z10 = madd(r1, a0, z10); y10 = madd(q1, b0, y10);
    z11 = madd(r1, a1, z11); y11 = madd(q1, b1, y11);
    if (WIDE) {
      const r2 = v128.load(x2), q2 = v128.load(x2, 16);
      z20 = madd(r2, a0, z20); y20 = madd(q2, b0, y20);
      z21 = madd(r2, a1, z21); y21 = madd(q2, b1, y21);
      const r3 = v128.load(x3), q3 = v128.load(x3, 16);
      z30 = madd(r3, a0, z30); y30 = madd(q3, b0, y30);
      z31 = madd(r3, a1, z31); y31 = madd(q3, b1, y31);
    }
    x0 += 32; x1 += 32; x2 += 32; x3 += 32;
    w0 += 32; w1 += 32;
  }
  // Through memory, because V8 makes 256-bit vectors only of vectors that are stored side by side. The gaps keep the
  // pairs apart.
  v128.store(scratch, z00, 0); v128.store(scratch, y00, 16);
  v128.store(scratch, z01, 64); v128.store(scratch, y01, 80);
  v128.store(scratch, z10, 128); v128.store(scratch, y10, 144);
  v128.store(scratch, z11, 192); v128.store(scratch, y11, 208);
  if (WIDE) {
    v128.store(scratch, z20, 256); v128.store(scratch, y20, 272);
    v128.store(scratch, z21, 320); v128.store(scratch, y21, 336);
    v128.store(scratch, z30, 384); v128.store(scratch, y30, 400);
    v128.store(scratch, z31, 448); v128.store(scratch, y31, 464);
  }
  const bias0 = load<f32>(layer.bias + (j << 2)), bias1 = load<f32>(layer.bias + (j << 2), 4);
  let z = layer.output + n * layer.stride + (j << 2);
  for (let row = 0; row < FORWARD_TILE; row++, z += layer.stride, scratch += 128) {
    store<f32>(z, bias0 + laneSum(f32x4.add(v128.load(scratch), v128.load(scratch, 16))));
    store<f32>(z, bias1 + laneSum(f32x4.add(v128.load(scratch, 64), v128.load(scratch, 80))), 4);
  }
}

/**
 * dx = dz W, [rows, inputs], into the gradient of the layer below, for some of its units (the inputs of this layer).
 * @param fromRow a multiple of ROW_GROUP, as toRow is
 * @param fromInput a multiple of COLUMNS, as toInput is
 */
export function backwardDense(
  layer: Layer, below: Layer, fromRow: i32, toRow: i32, fromInput: i32, toInput: i32,
): void {
  for (let n = fromRow; n < toRow; n++) {
    memory.fill(below.gradient + n * below.stride + (fromInput << 2), 0, (toInput - fromInput) << 2);
  }
  for (let tile = 0; tile < layer.units; tile += BACKWARD_UNITS) {
    const tileEnd = min<i32>(tile + BACKWARD_UNITS, layer.units);
    for (let i = fromInput; i < toInput; i += COLUMNS) {
      for (let n = fromRow; n < toRow; n += 4) backwardTile(layer, below, n, i, tile, tileEnd);
    }
  }
}

/** dx[n…n+3, i…i+7] (in the wide build to i+15) += the sum over the units from–to of dz[n, j] W[j, i]. */
// @ts-ignore: decorator
@inline
function backwardTile(layer: Layer, below: Layer, n: i32, i: i32, from: i32, to: i32): void {
  const stride = layer.stride;
  const o0 = below.gradient + n * below.stride + (i << 2);
  const o1 = o0 + below.stride, o2 = o1 + below.stride, o3 = o2 + below.stride;
  let d00 = v128.load(o0), d01 = v128.load(o0, 16);
  let d10 = v128.load(o1), d11 = v128.load(o1, 16);
  let d20 = v128.load(o2), d21 = v128.load(o2, 16);
  let d30 = v128.load(o3), d31 = v128.load(o3, 16);
  let d02 = f32x4.splat(0), d03 = f32x4.splat(0);
  let d12 = f32x4.splat(0), d13 = f32x4.splat(0);
  let d22 = f32x4.splat(0), d23 = f32x4.splat(0);
  let d32 = f32x4.splat(0), d33 = f32x4.splat(0);
  if (WIDE) {
    d02 = v128.load(o0, 32); d03 = v128.load(o0, 48);
    d12 = v128.load(o1, 32); d13 = v128.load(o1, 48);
    d22 = v128.load(o2, 32); d23 = v128.load(o2, 48);
    d32 = v128.load(o3, 32); d33 = v128.load(o3, 48);
  }
  let g0 = layer.gradient + n * stride + (from << 2), g1 = g0 + stride, g2 = g1 + stride, g3 = g2 + stride;
  let w = layer.weight + from * layer.weightStride + (i << 2);
  const end = g0 + ((to - from) << 2);
  while (g0 < end) {
    const a = v128.load(w), b = v128.load(w, 16);
    const r0 = v128.load32_splat(g0);
    d00 = madd(r0, a, d00);
    d01 = madd(r0, b, d01);
    const r1 = v128.load32_splat(g1);
    d10 = madd(r1, a, d10);
    d11 = madd(r1, b, d11);
    const r2 = v128.load32_splat(g2);
    d20 = madd(r2, a, d20);
    d21 = madd(r2, b, d21);
    const r3 = v128.load32_splat(g3);
    d30 = madd(r3, a, d30);
    d31 = madd(r3, b, d31);
    if (WIDE) {
      const c = v128.load(w, 32), d = v128.load(w, 48);
      d02 = madd(r0, c, d02);
      d03 = madd(r0, d, d03);
      d12 = madd(r1, c, d12);
      d13 = madd(r1, d, d13);
      d22 = madd(r2, c, d22);
      d23 = madd(r2, d, d23);
      d32 = madd(r3, c, d32);
      d33 = madd(r3, d, d33);
    }
    g0 += 4; g1 += 4; g2 += 4; g3 += 4;
    w += layer.weightStride;
  }
  v128.store(o0, d00); v128.store(o0, d01, 16);
  v128.store(o1, d10); v128.store(o1, d11, 16);
  v128.store(o2, d20); v128.store(o2, d21, 16);
  v128.store(o3, d30); v128.store(o3, d31, 16);
  if (WIDE) {
    v128.store(o0, d02, 32); v128.store(o0, d03, 48);
    v128.store(o1, d12, 32); v128.store(o1, d13, 48);
    v128.store(o2, d22, 32); v128.store(o2, d23, 48);
    v128.store(o3, d32, 32); v128.store(o3, d33, 48);
  }
}

/**
 * W += step × dzᵀ x, for some units and inputs.
 * @param weight the layer's weights, or the sums of their gradients, which have the same layout
 * @param fromUnit a multiple of 4, as toUnit is
 * @param fromInput a multiple of COLUMNS, as toInput is
 */
export function updateDense(
  layer: Layer, weight: usize, step: f32, x: usize, xStride: i32, fromRow: i32, toRow: i32,
  fromUnit: i32, toUnit: i32, fromInput: i32, toInput: i32,
): void {
  for (let tile = fromRow; tile < toRow; tile += UPDATE_ROWS) {
    const tileEnd = min<i32>(tile + UPDATE_ROWS, toRow);
    for (let i = fromInput; i < toInput; i += COLUMNS) {
      for (let j = fromUnit; j < toUnit; j += 4) updateTile(layer, weight, step, x, xStride, tile, tileEnd, i, j);
    }
  }
}

/** W[j…j+3, i…i+7] (in the wide build to i+15) += step × the sum over the rows from–to of dz[n, j] x[n, i]. */
// @ts-ignore: decorator
@inline
function updateTile(
  layer: Layer, weight: usize, step: f32, x: usize, xStride: i32, from: i32, to: i32, i: i32, j: i32,
): void {
  const stride = layer.stride;
  let w00 = f32x4.splat(0), w10 = f32x4.splat(0), w20 = f32x4.splat(0), w30 = f32x4.splat(0);
  let w01 = f32x4.splat(0), w11 = f32x4.splat(0), w21 = f32x4.splat(0), w31 = f32x4.splat(0);
  let w02 = f32x4.splat(0), w12 = f32x4.splat(0), w22 = f32x4.splat(0), w32 = f32x4.splat(0);
  let w03 = f32x4.splat(0), w13 = f32x4.splat(0), w23 = f32x4.splat(0), w33 = f32x4.splat(0);
  let g = layer.gradient + from * stride + (j << 2);
  const end = layer.gradient + to * stride + (j << 2);
  let a = x + from * xStride + (i << 2);
  while (g < end) {
    const a0 = v128.load(a), a1 = v128.load(a, 16);
    const r0 = v128.load32_splat(g);
    w00 = madd(r0, a0, w00);
    w01 = madd(r0, a1, w01);
    const r1 = v128.load32_splat(g, 4);
    w10 = madd(r1, a0, w10);
    w11 = madd(r1, a1, w11);
    const r2 = v128.load32_splat(g, 8);
    w20 = madd(r2, a0, w20);
    w21 = madd(r2, a1, w21);
    const r3 = v128.load32_splat(g, 12);
    w30 = madd(r3, a0, w30);
    w31 = madd(r3, a1, w31);
    if (WIDE) {
      const a2 = v128.load(a, 32), a3 = v128.load(a, 48);
      w02 = madd(r0, a2, w02);
      w03 = madd(r0, a3, w03);
      w12 = madd(r1, a2, w12);
      w13 = madd(r1, a3, w13);
      w22 = madd(r2, a2, w22);
      w23 = madd(r2, a3, w23);
      w32 = madd(r3, a2, w32);
      w33 = madd(r3, a3, w33);
    }
    g += stride;
    a += xStride;
  }
  const steps = f32x4.splat(step);
  const o0 = weight + j * layer.weightStride + (i << 2);
  const o1 = o0 + layer.weightStride, o2 = o1 + layer.weightStride, o3 = o2 + layer.weightStride;
  addTwo(o0, steps, w00, w01);
  addTwo(o1, steps, w10, w11);
  addTwo(o2, steps, w20, w21);
  addTwo(o3, steps, w30, w31);
  if (WIDE) {
    addTwo(o0 + 32, steps, w02, w03);
    addTwo(o1 + 32, steps, w12, w13);
    addTwo(o2 + 32, steps, w22, w23);
    addTwo(o3 + 32, steps, w32, w33);
  }
}

/** w += step × d, for two vectors. Both are loaded before either is stored, or V8 would not pair them. */
// @ts-ignore: decorator
@inline
function addTwo(w: usize, step: v128, d0: v128, d1: v128): void {
  const w0 = madd(step, d0, v128.load(w)), w1 = madd(step, d1, v128.load(w, 16));
  v128.store(w, w0); v128.store(w, w1, 16);
}

/** b += step × the sum of dz over some rows, for units from–to, multiples of 4. */
export function updateBias(
  layer: Layer, bias: usize, step: f32, fromRow: i32, toRow: i32, fromUnit: i32, toUnit: i32,
): void {
  const stride = layer.stride;
  const steps = f32x4.splat(step);
  for (let j = fromUnit; j < toUnit; j += 4) {
    let sum = f32x4.splat(0);
    let g = layer.gradient + fromRow * stride + (j << 2);
    for (let n = fromRow; n < toRow; n++, g += stride) sum = f32x4.add(sum, v128.load(g));
    const b = bias + (j << 2);
    v128.store(b, madd(steps, sum, v128.load(b)));
  }
}

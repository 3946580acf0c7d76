// Linear layers without gaps, W as [units, inputs]. Each kernel keeps a tile of 4 × 2 results in eight registers, so that
// every number that is loaded is used two or four times: six loads for eight multiply-adds.
import { Layer } from './plan';
import { laneSum, madd } from './simd';

/** Rows of x that stay in the first-level cache while the weights pass by. */
const FORWARD_ROWS = 8;
/** Units whose weights for eight inputs stay there while the batch passes by. */
const BACKWARD_UNITS = 128;
/** Rows of the batch that are summed before they are added to the weights. */
const UPDATE_ROWS = 128;

/**
 * z = x Wᵀ + b, [rows, units], for some of the rows and units.
 * @param x [rows, paddedInputs], rows of xStride bytes
 * @param fromRow a multiple of 4, as toRow is
 * @param fromUnit a multiple of 2, as toUnit is
 */
export function forwardDense(layer: Layer, x: usize, xStride: i32, fromRow: i32, toRow: i32, fromUnit: i32, toUnit: i32): void {
  for (let tile = fromRow; tile < toRow; tile += FORWARD_ROWS) {
    const tileEnd = min<i32>(tile + FORWARD_ROWS, toRow);
    for (let j = fromUnit; j < toUnit; j += 2) {
      for (let n = tile; n < tileEnd; n += 4) forwardTile(layer, x + n * xStride, xStride, n, j);
    }
  }
}

/** z[n…n+3, j…j+1]: eight dot products over all inputs, four inputs at a time. */
// @ts-ignore: decorator
@inline
function forwardTile(layer: Layer, x: usize, xStride: i32, n: i32, j: i32): void {
  let z00 = f32x4.splat(0), z10 = f32x4.splat(0), z20 = f32x4.splat(0), z30 = f32x4.splat(0);
  let z01 = f32x4.splat(0), z11 = f32x4.splat(0), z21 = f32x4.splat(0), z31 = f32x4.splat(0);
  let x0 = x, x1 = x + xStride, x2 = x1 + xStride, x3 = x2 + xStride;
  let w0 = layer.weight + j * layer.weightStride, w1 = w0 + layer.weightStride;
  const end = x + (layer.paddedInputs << 2);
  while (x0 < end) {
    const a = v128.load(w0), b = v128.load(w1);
    const r0 = v128.load(x0);
    z00 = madd(r0, a, z00);
    z01 = madd(r0, b, z01);
    const r1 = v128.load(x1);
    z10 = madd(r1, a, z10);
    z11 = madd(r1, b, z11);
    const r2 = v128.load(x2);
    z20 = madd(r2, a, z20);
    z21 = madd(r2, b, z21);
    const r3 = v128.load(x3);
    z30 = madd(r3, a, z30);
    z31 = madd(r3, b, z31);
    x0 += 16; x1 += 16; x2 += 16; x3 += 16;
    w0 += 16; w1 += 16;
  }
  const b0 = load<f32>(layer.bias + (j << 2)), b1 = load<f32>(layer.bias + (j << 2), 4);
  let z = layer.output + n * layer.stride + (j << 2);
  store<f32>(z, b0 + laneSum(z00)); store<f32>(z, b1 + laneSum(z01), 4); z += layer.stride;
  store<f32>(z, b0 + laneSum(z10)); store<f32>(z, b1 + laneSum(z11), 4); z += layer.stride;
  store<f32>(z, b0 + laneSum(z20)); store<f32>(z, b1 + laneSum(z21), 4); z += layer.stride;
  store<f32>(z, b0 + laneSum(z30)); store<f32>(z, b1 + laneSum(z31), 4);
}

/**
 * dx = dz W, [rows, inputs], into the gradient of the layer below, for some of its units (our inputs).
 * @param rows a multiple of 4
 * @param fromInput a multiple of 8, as toInput is
 */
export function backwardDense(layer: Layer, below: Layer, rows: i32, fromInput: i32, toInput: i32): void {
  for (let tile = 0; tile < layer.units; tile += BACKWARD_UNITS) {
    const tileEnd = min<i32>(tile + BACKWARD_UNITS, layer.units);
    for (let i = fromInput; i < toInput; i += 8) {
      for (let n = 0; n < rows; n += 4) backwardTile(layer, below, n, i, tile, tileEnd);
    }
  }
}

/** dx[n…n+3, i…i+7] += the sum over the units from–to of dz[n, j] W[j, i]; begins at zero where from is 0. */
// @ts-ignore: decorator
@inline
function backwardTile(layer: Layer, below: Layer, n: i32, i: i32, from: i32, to: i32): void {
  const stride = layer.stride;
  const o0 = below.gradient + n * below.stride + (i << 2);
  const o1 = o0 + below.stride, o2 = o1 + below.stride, o3 = o2 + below.stride;
  let d00 = f32x4.splat(0), d10 = f32x4.splat(0), d20 = f32x4.splat(0), d30 = f32x4.splat(0);
  let d01 = f32x4.splat(0), d11 = f32x4.splat(0), d21 = f32x4.splat(0), d31 = f32x4.splat(0);
  if (from > 0) {
    d00 = v128.load(o0); d01 = v128.load(o0, 16);
    d10 = v128.load(o1); d11 = v128.load(o1, 16);
    d20 = v128.load(o2); d21 = v128.load(o2, 16);
    d30 = v128.load(o3); d31 = v128.load(o3, 16);
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
    g0 += 4; g1 += 4; g2 += 4; g3 += 4;
    w += layer.weightStride;
  }
  v128.store(o0, d00); v128.store(o0, d01, 16);
  v128.store(o1, d10); v128.store(o1, d11, 16);
  v128.store(o2, d20); v128.store(o2, d21, 16);
  v128.store(o3, d30); v128.store(o3, d31, 16);
}

/**
 * W −= learningRate × dzᵀ x, for some units and inputs.
 * @param rows images in the batch; sums take no others
 * @param fromUnit a multiple of 4, as toUnit is
 * @param fromInput a multiple of 8, as toInput is
 */
export function updateDense(
  layer: Layer, x: usize, xStride: i32, rows: i32, learningRate: f32,
  fromUnit: i32, toUnit: i32, fromInput: i32, toInput: i32,
): void {
  for (let tile = 0; tile < rows; tile += UPDATE_ROWS) {
    const tileEnd = min<i32>(tile + UPDATE_ROWS, rows);
    for (let i = fromInput; i < toInput; i += 8) {
      for (let j = fromUnit; j < toUnit; j += 4) updateTile(layer, x, xStride, learningRate, tile, tileEnd, i, j);
    }
  }
}

/** W[j…j+3, i…i+7] −= learningRate × the sum over the rows from–to of dz[n, j] x[n, i]. */
// @ts-ignore: decorator
@inline
function updateTile(layer: Layer, x: usize, xStride: i32, learningRate: f32, from: i32, to: i32, i: i32, j: i32): void {
  const stride = layer.stride;
  let w00 = f32x4.splat(0), w10 = f32x4.splat(0), w20 = f32x4.splat(0), w30 = f32x4.splat(0);
  let w01 = f32x4.splat(0), w11 = f32x4.splat(0), w21 = f32x4.splat(0), w31 = f32x4.splat(0);
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
    g += stride;
    a += xStride;
  }
  const step = f32x4.splat(-learningRate);
  const o0 = layer.weight + j * layer.weightStride + (i << 2);
  const o1 = o0 + layer.weightStride, o2 = o1 + layer.weightStride, o3 = o2 + layer.weightStride;
  v128.store(o0, madd(step, w00, v128.load(o0))); v128.store(o0, madd(step, w01, v128.load(o0, 16)), 16);
  v128.store(o1, madd(step, w10, v128.load(o1))); v128.store(o1, madd(step, w11, v128.load(o1, 16)), 16);
  v128.store(o2, madd(step, w20, v128.load(o2))); v128.store(o2, madd(step, w21, v128.load(o2, 16)), 16);
  v128.store(o3, madd(step, w30, v128.load(o3))); v128.store(o3, madd(step, w31, v128.load(o3, 16)), 16);
}

/** b −= learningRate × the sum of dz over the batch, for units from–to, multiples of 4. */
export function updateBias(layer: Layer, rows: i32, learningRate: f32, fromUnit: i32, toUnit: i32): void {
  const stride = layer.stride;
  const step = f32x4.splat(-learningRate);
  for (let j = fromUnit; j < toUnit; j += 4) {
    let sum = f32x4.splat(0);
    let g = layer.gradient + (j << 2);
    for (let n = 0; n < rows; n++, g += stride) sum = f32x4.add(sum, v128.load(g));
    const bias = layer.bias + (j << 2);
    v128.store(bias, madd(step, sum, v128.load(bias)));
  }
}

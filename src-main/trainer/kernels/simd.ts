// Four float32 numbers at a time: what all kernels share.

/**
 * a × b + c. The relaxed build rounds once where the processor has a fused multiply-add, and does the work of two
 * instructions in one; the plain build rounds twice, and runs everywhere.
 */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** The sum of the four lanes, always in the same order. */
// @ts-ignore: decorator
@inline
export function laneSum(v: v128): f32 {
  const pairs = f32x4.add(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/**
 * e^x, to about 2 units in the last place, for x from −87 to 88; beyond that, the value at the end of the range. NaN stays NaN.
 * e^x = 2^n e^r with n the nearest whole number to x / ln 2, and |r| ≤ ln 2 / 2 where a short polynomial is exact enough
 * (Cephes, expf.c). Adding and subtracting 1.5 × 2^23 rounds to whole numbers, and leaves n in the low bits.
 */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const clipped = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-87)), f32x4.splat(88));
  const shifted = madd(clipped, f32x4.splat(1.44269504), f32x4.splat(12582912));
  const n = f32x4.sub(shifted, f32x4.splat(12582912));
  // ln 2 in two parts, so that the product with n is exact in the first.
  const r = madd(n, f32x4.splat(2.12194440e-4), madd(n, f32x4.splat(-0.693359375), clipped));
  let p = f32x4.splat(1.9875691500e-4);
  p = madd(p, r, f32x4.splat(1.3981999507e-3));
  p = madd(p, r, f32x4.splat(8.3334519073e-3));
  p = madd(p, r, f32x4.splat(4.1665795894e-2));
  p = madd(p, r, f32x4.splat(1.6666665459e-1));
  p = madd(p, r, f32x4.splat(0.5));
  p = f32x4.add(madd(f32x4.mul(r, r), p, r), f32x4.splat(1));
  // 2^n: n moves into the exponent's bits.
  const scale = i32x4.shl(i32x4.add(shifted, i32x4.splat(127)), 23);
  return f32x4.mul(p, scale);
}

// What all kernels share: arithmetic on vectors of four float32 numbers.

/** True in the wide build, whose tiles are twice as wide, for a V8 that makes 256-bit vectors of adjacent pairs. */
export const WIDE: bool = isDefined(WIDE_TILES);

/**
 * a × b + c. The relaxed build uses the processor's fused multiply-add, if it has one: one instruction, rounded once.
 * The plain build rounds twice, and runs everywhere.
 */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/**
 * Always false, because no address is 0, which the compilers do not know. `if (isNull(w)) break;` splits a loop's body
 * into two blocks, so that the sums of the first half are computed before the numbers of the second half are loaded. V8
 * up to 13.0 would move all loads to the front and all sums to the end. That needs more than the sixteen registers, and
 * an epoch takes a third longer. The wide build is for newer V8, which keeps the order.
 */
// @ts-ignore: decorator
@inline
export function isNull(address: usize): bool {
  return !WIDE && address === 0;
}

/** The sum of the four lanes, always in the same order. */
// @ts-ignore: decorator
@inline
export function laneSum(v: v128): f32 {
  const pairs = f32x4.add(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/**
 * A number of a table in all four lanes. The constants of long formulas lie in memory, because V8 builds a v128.const
 * at each use, in five to seven instructions. This is one.
 */
// @ts-ignore: decorator
@inline
export function constant(table: usize, index: i32): v128 {
  return v128.load32_splat(table + (index << 2));
}

// Subnormal numbers, below 1.2e-38, make a processor calculate several times slower. They arise when tiny numbers are
// multiplied by each other, or shrink a little at each update. So the kernels round what they store to multiples of
// 2⁻⁶³ (1.1e-19): no product of two such numbers is subnormal. Rounding is an addition and a subtraction, as in exp
// below. A number above 1e-5 does not change; one above 1e-12 changes by its last bit at most. The loss is far too
// small to matter beside the 1e-8 that RMSprop and Adam add to their roots. nn/ does not round.

/** 1.5 × 2⁻⁴⁰, 2⁻²¹, 2⁻⁸⁷, 2⁻³²: adding and then subtracting one of them leaves multiples of its last bit. */
const COARSE = memory.data<f32>([
  1.3642420526593924e-12, 7.152557373046875e-7, 9.693522803355794e-27, 3.4924596548080444e-10,
]);

/**
 * Rounds to multiples of 2⁻⁶³: weights, activations, gradients with respect to z, means of gradients, probabilities.
 */
// @ts-ignore: decorator
@inline
export function coarse(): v128 {
  return constant(COARSE, 0);
}

/**
 * Rounds to multiples of 2⁻⁴⁴: GELU's bell curve. The slope of a sigmoid is never less either, because its z is clipped
 * to ±30.
 */
// @ts-ignore: decorator
@inline
export function coarseSlope(): v128 {
  return constant(COARSE, 1);
}

/** Rounds to multiples of 2⁻¹¹⁰: means of squares. */
// @ts-ignore: decorator
@inline
export function coarseSquare(): v128 {
  return constant(COARSE, 2);
}

/** x, rounded with one of these constants. NaN stays NaN, so that a run that diverged is noticed. */
// @ts-ignore: decorator
@inline
export function rounded(x: v128, by: v128): v128 {
  return f32x4.sub(f32x4.add(x, by), by);
}

/** a × b + c, rounded with one of these constants. */
// @ts-ignore: decorator
@inline
export function roundedMadd(a: v128, b: v128, c: v128, by: v128): v128 {
  return f32x4.sub(madd(a, b, f32x4.add(c, by)), by);
}

/** a × b, rounded with one of these constants: costs one subtraction. */
// @ts-ignore: decorator
@inline
export function roundedProduct(a: v128, b: v128, by: v128): v128 {
  return f32x4.sub(madd(a, b, by), by);
}

/**
 * keep × s + share × g², rounded. In the relaxed build the product is fused with the sum, so no subnormal g² arises.
 * The plain build rounds g first.
 */
// @ts-ignore: decorator
@inline
export function meanOfSquares(keep: v128, s: v128, share: v128, g: v128, by: v128): v128 {
  const root = ASC_FEATURE_RELAXED_SIMD ? g : rounded(g, constant(COARSE, 3));
  return f32x4.sub(madd(f32x4.mul(share, root), root, madd(keep, s, by)), by);
}

const EXP = memory.data<f32>([
  -87, 88, 1.44269504, 12582912, -0.693359375, 2.12194440e-4,
  1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 0.5, 1,
]);

/**
 * e^x, to about 2 units in the last place, for x clipped to −87 … 88. NaN stays NaN. e^x = 2^n e^r, where n is the
 * integer nearest to x / ln 2, and a short polynomial is accurate enough for |r| ≤ ln 2 / 2 (Cephes, expf.c). Adding
 * and subtracting 1.5 × 2^23 rounds to integers, and leaves n in the low bits.
 */
// @ts-ignore: decorator
@inline
export function exp(x: v128): v128 {
  const clipped = f32x4.pmin(f32x4.pmax(x, constant(EXP, 0)), constant(EXP, 1));
  const shifter = constant(EXP, 3);
  const shifted = madd(clipped, constant(EXP, 2), shifter);
  const n = f32x4.sub(shifted, shifter);
  // ln 2 in two parts: n times the first part is exact.
  const r = madd(n, constant(EXP, 5), madd(n, constant(EXP, 4), clipped));
  let p = constant(EXP, 6);
  p = madd(p, r, constant(EXP, 7));
  p = madd(p, r, constant(EXP, 8));
  p = madd(p, r, constant(EXP, 9));
  p = madd(p, r, constant(EXP, 10));
  p = madd(p, r, constant(EXP, 11));
  const one = constant(EXP, 12);
  p = f32x4.add(madd(f32x4.mul(r, r), p, r), one);
  // 2^n: n is shifted into the exponent's bits, whose bias of 127 comes from the bits of 1.
  const scale = i32x4.add(i32x4.shl(shifted, 23), one);
  return f32x4.mul(p, scale);
}

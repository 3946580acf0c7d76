// Random numbers without state: the same bits as nn/counter-random.ts, which explains them.

/** A hash of 32 bits to 32 bits. */
// @ts-ignore: decorator
@inline
export function mix(bits: u32): u32 {
  let x = bits;
  x = (x ^ (x >> 16)) * 0x7feb352d;
  x = (x ^ (x >> 15)) * 0x846ca68b;
  return x ^ (x >> 16);
}

/** The same for four lanes. */
// @ts-ignore: decorator
@inline
export function mixFour(bits: v128): v128 {
  let x = bits;
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(<i32>0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/** Random bits for four adjacent units or pixels of a row. */
// @ts-ignore: decorator
@inline
export function randomFour(rowKey: u32, index: i32): v128 {
  return mixFour(i32x4.add(i32x4.splat(<i32>rowKey + index), i32x4(0, 1, 2, 3)));
}

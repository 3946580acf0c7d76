// Random numbers that need no state: the same counters give the same number, whichever thread asks, and in whatever
// order. The kernels' counter-random.ts computes the same bits.

/** Any different odd numbers. Tell apart what random numbers are for. */
export const PURPOSES = { inputDropout: 0x68e31da5, hiddenDropout: 0x1b56c4e9, augmentation: 0x7feb352d } as const;

/** 32 well-mixed bits of 32 (the finaliser lowbias32 by Chris Wellons, 2018). */
export function mix(bits: number): number {
  let x = bits | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** The key of all random numbers of one purpose in one update. */
export function updateKey(seed: number, purpose: keyof typeof PURPOSES, update: number): number {
  return mix(mix(seed ^ PURPOSES[purpose]) + update);
}

/** The random number of the index-th thing of a row (an image of the batch): a unit, a pixel. */
export function randomBits(key: number, row: number, index: number): number {
  return mix(mix(key + row) + index);
}

/** What random bits must not be below for a thing to be kept that is dropped with this probability. */
export function dropThreshold(probability: number): number {
  return Math.floor(probability * 2 ** 32);
}

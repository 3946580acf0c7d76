// Random numbers without state: the same counters give the same number, in whatever order and on whatever thread.

/** Any different odd numbers would do: they separate the random numbers of each purpose. */
const PURPOSES = { inputDropout: 0x68e31da5, hiddenDropout: 0x1b56c4e9, augmentation: 0x7feb352d } as const;

/** Mixes 32 bits (the finalizer lowbias32 by Chris Wellons, 2018). */
export function mix(bits: number): number {
  let x = bits | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** The key of all random numbers for one purpose in one update. */
export function updateKey(seed: number, purpose: keyof typeof PURPOSES, update: number): number {
  return mix(mix(seed ^ PURPOSES[purpose]) + update);
}

/** @param row an image of the batch; @param index a unit or a pixel of it. @returns 32 random bits */
export function randomBits(key: number, row: number, index: number): number {
  return mix(mix(key + row) + index);
}

/** Drop what has random bits below this number, to drop with this probability. */
export function dropThreshold(probability: number): number {
  return Math.floor(probability * 2 ** 32);
}

// V8's revectorizer makes 256-bit vectors of pairs of 128-bit ones, on x64 processors with AVX2. It is behind a flag.
import { setFlagsFromString } from 'node:v8';

const V8_MAJOR = Number.parseInt(process.versions.v8);
/** The flag exists in V8 11 and 12, but does nothing there. */
const FIRST_REVECTORIZING_V8 = 13;
/** V8 14.6 still has the prefix, 15.6 no longer. */
const FIRST_V8_WITHOUT_PREFIX = 15;

/** Whether the wide build of the kernels can be worth a trial: where it cannot, nothing needs to be found out. */
export const CAN_BE_WIDE = V8_MAJOR >= FIRST_REVECTORIZING_V8;

/**
 * Lets V8 make 256-bit vectors from now on. Only the optimising compiler reads this flag, so it may change while V8
 * runs; flags of Liftoff, tiering and inlining may not: V8 14 and 15 die of it, since code that was compiled before has
 * not gathered what code compiled after expects. It concerns the whole process, which should therefore do nothing but
 * train.
 */
export function allowWideVectors(): void {
  if (process.arch !== 'x64' || !CAN_BE_WIDE) return;
  setFlagsFromString(V8_MAJOR < FIRST_V8_WITHOUT_PREFIX ? '--experimental-wasm-revectorize' : '--wasm-revectorize');
}

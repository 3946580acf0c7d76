// V8's revectorizer joins pairs of 128-bit vectors to 256-bit vectors, on x64 processors with AVX2. A flag enables it.
import { setFlagsFromString } from 'node:v8';

const V8_MAJOR = Number.parseInt(process.versions.v8);
/** The flag exists in V8 11 and 12, but does nothing there. */
const FIRST_REVECTORIZING_V8 = 13;
/** V8 14.6 still has the prefix, 15.6 does not. */
const FIRST_V8_WITHOUT_PREFIX = 15;

/** False if the wide build of the kernels cannot be faster, so that no trial is needed. */
export const CAN_BE_WIDE = V8_MAJOR >= FIRST_REVECTORIZING_V8;

/**
 * Lets V8 make 256-bit vectors from now on. Only the optimising compiler reads this flag, so it may change while V8
 * runs. Flags of Liftoff, tiering and inlining may not: V8 14 and 15 crash, because code compiled before lacks the
 * feedback that code compiled afterwards expects. The flag affects the whole process, which should only train.
 */
export function allowWideVectors(): void {
  if (process.arch !== 'x64' || !CAN_BE_WIDE) return;
  setFlagsFromString(V8_MAJOR < FIRST_V8_WITHOUT_PREFIX ? '--experimental-wasm-revectorize' : '--wasm-revectorize');
}

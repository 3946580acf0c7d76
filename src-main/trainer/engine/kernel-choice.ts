// Which build of the kernels is the fastest that computes right in this process: asked once, answered by a trial of some
// milliseconds. May set flags of V8, and so must only run in a process that does nothing but train.
import v8 from 'node:v8';
import { PLAIN_SETTINGS } from '../../../src-shared/presets';
import type { Settings } from '../../../src-shared/settings';
import type { ImageSet } from '../data/dataset';
import { Random } from '../rng';
import { trainAll, type EngineData } from './engine';
import { supports, type Simd } from './kernels';
import { createFastEngine } from './wasm-engine';

/** The first V8 here that was seen to make 256-bit vectors of pairs of 128-bit ones; in V8 11 the flag does nothing. */
const FIRST_REVECTORIZING_V8 = 13;
/** All that the kernels run is optimised at once, so that the trial measures, and checks, what training will run. */
const OPTIMISE_AT_ONCE = '--no-liftoff';
const REVECTORIZE = '--experimental-wasm-revectorize';
/** The wide build must be faster by this factor, so that noise does not decide. */
const GAIN = 0.9;
const ROUNDS = 5;

let chosen: Simd | undefined;

export function fastestSimd(): Simd {
  return (chosen ??= choose());
}

function choose(): Simd {
  if (!supports('relaxed')) return 'plain';
  if (Number.parseInt(process.versions.v8) < FIRST_REVECTORIZING_V8) return 'relaxed';
  v8.setFlagsFromString(OPTIMISE_AT_ONCE);
  const relaxed = runTrial('relaxed');
  if (process.arch === 'x64') v8.setFlagsFromString(REVECTORIZE);
  const winner = better(relaxed, runTrial('wide'));
  if (winner === 'relaxed') v8.setFlagsFromString(REVECTORIZE.replace('--', '--no-'));
  return winner;
}

/** Wide only where it is clearly faster, and not one bit differs: else the compiler has made a mistake. */
export function better(relaxed: Trial, wide: Trial): 'relaxed' | 'wide' {
  return wide.weights.equals(relaxed.weights) && wide.milliseconds < GAIN * relaxed.milliseconds ? 'wide' : 'relaxed';
}

export interface Trial {
  /** Of the networks that were trained, to the last bit. */
  weights: Buffer;
  /** The shortest round. */
  milliseconds: number;
}

const PLAIN: Settings = { ...PLAIN_SETTINGS, hidden: [128, 64], batchSize: 64 };
const TIMED: readonly Partial<Settings>[] = [{ activation: 'relu' }, { activation: 'sigmoid' }, { activation: 'tanh' }];
const ALL_ON = { dropout: 0.3, inputDropout: 0.1, labelSmoothing: 0.1, weightDecay: 0.01, clipNorm: 1, maxNorm: 2, rotation: 10 };
/** With those above, these take every kernel. */
const CHECKED: readonly Partial<Settings>[] = [
  { ...ALL_ON, optimizer: 'adam', activation: 'gelu' },
  { ...ALL_ON, optimizer: 'nesterov', activation: 'leaky-relu' },
  { ...ALL_ON, optimizer: 'rmsprop', activation: 'tanh' },
  { weightDecay: 0.01 },
];

/** Trains small networks on sparse and on dense images. */
function runTrial(simd: Simd): Trial {
  const order = Uint32Array.from({ length: 128 }, (_, k) => k);
  const create = (changes: Partial<Settings>) =>
    [sparseImages, denseImages].map((dataset) => {
      const settings = { ...PLAIN, ...changes };
      const engine = createFastEngine({ dataset: dataset(), settings, threads: 1, simd });
      return { engine, train: () => void trainAll(engine, order, settings) };
    });
  const timed = TIMED.flatMap(create);
  const checked = CHECKED.flatMap(create);
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    timed.forEach(({ train }) => train());
    return performance.now() - start;
  });
  checked.forEach(({ train }) => train());
  const engines = [...timed, ...checked].map(({ engine }) => engine);
  const weights = engines.flatMap((engine) => engine.readWeights()).map(({ weight }) => Buffer.from(weight.buffer));
  engines.forEach((engine) => engine.dispose());
  return { weights: Buffer.concat(weights), milliseconds: Math.min(...rounds) };
}

const sparseImages = () => randomImages(0.8);
const denseImages = () => randomImages(0);

function randomImages(zeroShare: number): EngineData {
  const random = new Random(1, 'order');
  const images: ImageSet = {
    count: 128,
    pixels: Uint8Array.from({ length: 128 * 256 }, () => (random.uniform() < zeroShare ? 0 : 1 + Math.floor(255 * random.uniform()))),
    labels: Uint16Array.from({ length: 128 }, (_, n) => n % 10),
  };
  return { train: images, test: images, info: { rows: 16, columns: 16, zeroShare, classNames: [...'0123456789'] } };
}

// A trial of the relaxed and the wide build of the kernels: how fast each of them trains small networks here, and which
// weights it gives.
import { createHash } from 'node:crypto';
import { PLAIN_SETTINGS } from '../../../../src-shared/settings/presets';
import type { Settings } from '../../../../src-shared/settings/settings';
import type { ImageSet } from '../../data/dataset';
import { Random } from '../../../../src-shared/nn/rng';
import { trainAll, type EngineData } from '../engine';
import { supports, type Simd } from './kernels';
import { allowWideVectors } from './revectorizer';
import { createFastEngine } from './wasm-engine';

export interface Trial {
  /** SHA-256 of all weights of the networks that were trained. */
  weights: string;
  /** The shortest round. */
  milliseconds: number;
}

/** Without relaxed SIMD there is nothing to try. */
export type TrialResult = { kind: 'no-relaxed-simd' } | { kind: 'tried'; relaxed: Trial; wide: Trial };

/** Enough rounds for V8 to optimise all kernels: it does so on a thread of its own, when code has run for a while. */
const TIMED_ROUNDS = 15;
const CHECKED_ROUNDS = 5;

/** Takes about a second. Run it in a separate process: it sets a V8 flag, and a faulty compiler may crash it. */
export function tryBuilds(): TrialResult {
  if (!supports('relaxed')) return { kind: 'no-relaxed-simd' };
  const relaxed = runTrial('relaxed');
  allowWideVectors();
  return { kind: 'tried', relaxed, wide: runTrial('wide') };
}

const PLAIN: Settings = { ...PLAIN_SETTINGS, hidden: [128, 64], batchSize: 64 };
const TIMED: readonly Partial<Settings>[] = [{ activation: 'relu' }, { activation: 'sigmoid' }, { activation: 'tanh' }];
const ALL_ON = {
  dropout: 0.3,
  inputDropout: 0.1,
  labelSmoothing: 0.1,
  weightDecay: 0.01,
  clipNorm: 1,
  maxNorm: 2,
  rotation: 10,
};
/** Together with TIMED, these run every kernel. */
const CHECKED: readonly Partial<Settings>[] = [
  { ...ALL_ON, optimizer: 'adam', activation: 'gelu' },
  { ...ALL_ON, optimizer: 'nesterov', activation: 'leaky-relu', leakySlope: 0.2 },
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
  const rounds = Array.from({ length: TIMED_ROUNDS }, () => {
    const start = performance.now();
    timed.forEach(({ train }) => train());
    return performance.now() - start;
  });
  for (let round = 0; round < CHECKED_ROUNDS; round++) checked.forEach(({ train }) => train());
  const engines = [...timed, ...checked].map(({ engine }) => engine);
  const hash = createHash('sha256');
  for (const { weight } of engines.flatMap((engine) => engine.readWeights()))
    hash.update(new Uint8Array(weight.buffer));
  engines.forEach((engine) => engine.dispose());
  return { weights: hash.digest('hex'), milliseconds: Math.min(...rounds) };
}

const sparseImages = () => randomImages(0.8);
const denseImages = () => randomImages(0);

function randomImages(zeroShare: number): EngineData {
  const random = new Random(1, 'order');
  const images: ImageSet = {
    count: 128,
    pixels: Uint8Array.from({ length: 128 * 256 }, () =>
      random.uniform() < zeroShare ? 0 : 1 + Math.floor(255 * random.uniform()),
    ),
    labels: Uint16Array.from({ length: 128 }, (_, n) => n % 10),
  };
  return { train: images, test: images, info: { rows: 16, columns: 16, zeroShare, classNames: [...'0123456789'] } };
}

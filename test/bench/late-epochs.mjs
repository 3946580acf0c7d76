// Whether training is as fast after a hundred epochs as at its start: networks that are sure of themselves, and weights
// that have decayed, must not bring subnormal numbers into the kernels.
import { CONTENDERS, startContender } from './contenders.mjs';
import { median } from './median.mjs';

const LATE = 99;
const PAIRS = 5;
const ENGINE = CONTENDERS.find(({ name }) => name === 'this engine, 1 thread');

const NETWORKS = [
  { hidden: [256], activation: 'relu', optimizer: 'adam', learningRate: 0.01 },
  { hidden: [256], activation: 'relu', optimizer: 'sgd', learningRate: 0.5 },
  { hidden: [256], activation: 'relu', optimizer: 'adam', learningRate: 0.01, weightDecay: 0.01 },
  { hidden: [256, 128], activation: 'tanh', optimizer: 'momentum', learningRate: 0.1 },
  { hidden: [128, 128, 128], activation: 'sigmoid', optimizer: 'adam', learningRate: 0.01 },
  { hidden: [128, 64], activation: 'gelu', optimizer: 'adamw', learningRate: 0.01 },
];

/**
 * @returns for each network seconds of an epoch from the 2nd on and from the 101st on, measured in turn since machines
 * drift
 */
export async function lateEpochs() {
  const results = [];
  for (const { hidden, ...settings } of NETWORKS) {
    const start = () =>
      startContender({ ...ENGINE, options: { ...ENGINE.options, settings } }, { hidden, batchSize: 64, dense: false });
    const late = await start();
    for (let epoch = 1; epoch <= LATE; epoch++) await late.epoch();
    const early = await start();
    const seconds = { early: [], late: [] };
    for (const running of [early, late]) await running.epoch();
    for (let pair = 0; pair < PAIRS; pair++) {
      seconds.early.push((await early.epoch()).seconds);
      seconds.late.push((await late.epoch()).seconds);
    }
    for (const running of [early, late]) running.end();
    const [earlyMedian, lateMedian] = [median(seconds.early), median(seconds.late)];
    results.push({
      name: `${hidden.join('-')} ${Object.values(settings).join(' ')}`,
      early: earlyMedian,
      late: lateMedian,
      ratio: lateMedian / earlyMedian,
    });
  }
  return results;
}

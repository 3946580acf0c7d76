// One of this project's engines as a contender: trains an epoch for each line on stdin and answers with its seconds.
import { createInterface } from 'node:readline';
import { PLAIN_SETTINGS } from '../../src-shared/settings/presets';
import type { Settings } from '../../src-shared/settings/settings';
import { epochPermutation } from '../../src-main/trainer/data/batches';
import type { Dataset } from '../../src-main/trainer/data/dataset';
import { loadDataset } from '../../src-main/trainer/data/load-dataset';
import { chooseKernels } from '../../src-main/kernel-choice/command-line-kernels';
import { createEngine } from '../../src-main/trainer/engine/create-engine';
import { trainAll } from '../../src-main/trainer/engine/engine';
import { Random } from '../../src-shared/nn/rng';

interface Job {
  hidden: number[];
  batchSize: number;
  dense: boolean;
  engine: Settings['engine'];
  threads: number;
  folder: string;
  /** The bundle that tries the builds of the kernels. */
  probe: string;
  settings?: Partial<Settings>;
}

const {
  hidden,
  batchSize,
  dense,
  engine: name,
  threads,
  folder,
  probe,
  settings: changes,
} = JSON.parse(process.argv[2]!) as Job;

const file = (fileName: string) => `${folder}/${fileName}`;
const mnist = await loadDataset(
  {
    id: '',
    prefix: '',
    trainImages: file('train-images-idx3-ubyte'),
    trainLabels: file('train-labels-idx1-ubyte'),
    testImages: file('t10k-images-idx3-ubyte'),
    testLabels: file('t10k-labels-idx1-ubyte'),
  },
  { kind: 'builtin' },
  () => undefined,
);
const dataset = dense ? withoutZeros(mnist) : mnist;
const settings: Settings = {
  ...PLAIN_SETTINGS,
  activation: 'sigmoid',
  hidden,
  batchSize,
  engine: name,
  threads,
  ...changes,
};
const engine = createEngine({ dataset, settings }, await chooseKernels(probe));
const random = new Random(1, 'order');

function withoutZeros({ train, test, info }: Dataset): Dataset {
  const ofSet = (set: Dataset['train']) => ({ ...set, pixels: set.pixels.map((pixel) => pixel || 1) });
  return { train: ofSet(train), test: ofSet(test), info: { ...info, zeroShare: 0 } };
}

let epoch = 0;
/** As the training loop does: in steps of some milliseconds. */
function trainEpoch(): number {
  epoch++;
  const start = performance.now();
  const order = epochPermutation(random, dataset.train.count, batchSize);
  const step = batchSize * Math.max(1, Math.floor(4096 / batchSize));
  for (let from = 0; from < order.length; from += step)
    trainAll(engine, order.subarray(from, from + step), settings, epoch);
  return (performance.now() - start) / 1000;
}

console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'end') break;
  console.log(JSON.stringify({ seconds: trainEpoch(), memory: process.memoryUsage().rss }));
}
engine.dispose();
process.exit(0);

// One of this project's engines as a contender: trains an epoch for each line on stdin and answers with its seconds.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { PRESETS, type Settings } from '../../src-shared/settings';
import { epochOrder } from '../../src-main/trainer/data/batches';
import { parseDataset } from '../../src-main/trainer/data/dataset';
import { createEngine } from '../../src-main/trainer/engine/create-engine';
import { trainAll } from '../../src-main/trainer/engine/engine';
import { Random } from '../../src-main/trainer/rng';

interface Job {
  hidden: number[];
  batchSize: number;
  dense: boolean;
  engine: Settings['engine'];
  threads: number;
  folder: string;
}

const { hidden, batchSize, dense, engine: name, threads, folder } = JSON.parse(process.argv[2]!) as Job;

const file = (fileName: string) => {
  const bytes = new Uint8Array(readFileSync(`${folder}/${fileName}`));
  const images = fileName.includes('images');
  return { name: fileName, bytes: dense && images ? bytes.map((byte, k) => (k >= 16 && byte === 0 ? 1 : byte)) : bytes };
};
const dataset = parseDataset(
  {
    trainImages: file('train-images-idx3-ubyte'),
    trainLabels: file('train-labels-idx1-ubyte'),
    testImages: file('t10k-images-idx3-ubyte'),
    testLabels: file('t10k-labels-idx1-ubyte'),
  },
  { kind: 'builtin' },
);
const settings: Settings = { ...PRESETS.recommended.settings, activation: 'sigmoid', hidden, batchSize, engine: name, threads };
const engine = createEngine({ dataset, settings });
const random = new Random(1, 'order');

/** As the training loop does: in steps of some milliseconds. */
function trainEpoch(): number {
  const start = performance.now();
  const order = epochOrder(random, dataset.train.count, batchSize);
  const step = batchSize * Math.max(1, Math.floor(4096 / batchSize));
  for (let from = 0; from < order.length; from += step) trainAll(engine, order.subarray(from, from + step));
  return (performance.now() - start) / 1000;
}

console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'end') break;
  console.log(JSON.stringify({ seconds: trainEpoch(), memory: process.memoryUsage().rss }));
}
engine.dispose();
process.exit(0);

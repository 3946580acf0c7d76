// The kernels alone in a utility process: trains and evaluates an epoch for each message, with nothing of the app
// around it.
import { PRESETS } from '../../../src-shared/settings/presets';
import { builtinCollection } from '../../../src-main/datasets/dataset-files';
import { epochPermutation } from '../../../src-main/trainer/data/batches';
import { loadDataset } from '../../../src-main/trainer/data/load-dataset';
import { createEngine } from '../../../src-main/trainer/engine/create-engine';
import { trainAll } from '../../../src-main/trainer/engine/engine';
import type { Simd } from '../../../src-main/trainer/engine/wasm/kernels';
import { allowWideVectors } from '../../../src-main/trainer/engine/wasm/revectorizer';
import { Random } from '../../../src-shared/nn/rng';

const [folder, preset, simd] = process.argv.slice(2) as [string, keyof typeof PRESETS, Simd];
/** As many images as training works on at once. */
const CHUNK = 4096;

async function main(): Promise<void> {
  if (simd === 'wide') allowWideVectors();
  const dataset = await loadDataset(builtinCollection(folder), { kind: 'builtin' }, () => undefined);
  const { settings } = PRESETS[preset];
  const { batchSize } = settings;
  const engine = createEngine({ dataset, settings }, simd);
  const random = new Random(1, 'order');
  const test = Uint32Array.from({ length: dataset.test.count }, (_, k) => k);
  const step = batchSize * Math.floor(CHUNK / batchSize);
  process.parentPort.on('message', () => {
    const start = performance.now();
    const order = epochPermutation(random, dataset.train.count, batchSize);
    for (let from = 0; from < order.length; from += step) trainAll(engine, order.subarray(from, from + step), settings);
    engine.predict('test', test);
    process.parentPort.postMessage((performance.now() - start) / 1000);
  });
  process.parentPort.postMessage('ready');
}

void main();

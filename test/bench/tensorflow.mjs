// TensorFlow.js with its WebAssembly backend as a contender, which the benchmark has installed in out/bench.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { inProject } from '../../build/project.mjs';

const require = createRequire(inProject('out/bench/package.json'));
const tf = require('@tensorflow/tfjs');
const { setThreadsCount } = require('@tensorflow/tfjs-backend-wasm');

const { hidden, batchSize, dense, threads, folder } = JSON.parse(process.argv[2]);
setThreadsCount(threads);
await tf.setBackend('wasm');

const read = (name, header) => new Uint8Array(readFileSync(`${folder}/${name}`)).subarray(header);
const pixels = Float32Array.from(read('train-images-idx3-ubyte', 16), (byte) => (dense && byte === 0 ? 1 : byte) / 255);
const labels = tf.oneHot(tf.tensor1d(Int32Array.from(read('train-labels-idx1-ubyte', 8)), 'int32'), 10);
const images = tf.tensor2d(pixels, [60_000, 784]);
const model = tf.sequential();
hidden.forEach((units, index) =>
  model.add(tf.layers.dense({ units, activation: 'sigmoid', ...(index === 0 && { inputShape: [784] }) })),
);
model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
model.compile({ optimizer: tf.train.sgd(0.1), loss: 'categoricalCrossentropy' });

console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'end') break;
  const start = performance.now();
  await model.fit(images, labels, { batchSize, epochs: 1, verbose: 0 });
  console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000 }));
}
process.exit(0);

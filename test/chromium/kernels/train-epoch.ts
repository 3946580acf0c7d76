// One epoch of the real MNIST with one build of the kernels: the same code in a page's worker and in Node. One thread,
// because the engine's threads are Node's; the same weights at any number of them is what the engine's own tests hold.
import { trainAll } from '../../../src-main/trainer/engine/engine';
import type { Simd } from '../../../src-main/trainer/engine/wasm/kernels';
import { createFastEngine } from '../../../src-main/trainer/engine/wasm/wasm-engine';
import type { ImageSet } from '../../../src-main/trainer/data/dataset';
import { epochPermutation } from '../../../src-main/trainer/data/batches';
import { Random } from '../../../src-shared/nn/rng';
import type { Settings } from '../../../src-shared/settings/settings';
import { BUILDS, NETWORKS, type NetworkName, type TrainedEpoch } from './networks';

/** The bytes of two of MNIST's files. */
export interface MnistFiles {
  images: Uint8Array;
  labels: Uint8Array;
}

export async function trainEpoch(
  { images, labels }: MnistFiles,
  simd: Simd,
  network: NetworkName,
): Promise<TrainedEpoch> {
  const train: ImageSet = {
    count: labels.length - 8,
    pixels: images.subarray(16),
    labels: Uint16Array.from(labels.subarray(8)),
  };
  const test: ImageSet = { count: 1, pixels: train.pixels.subarray(0, 784), labels: train.labels.subarray(0, 1) };
  const info = {
    rows: 28,
    columns: 28,
    zeroShare: train.pixels.reduce((zeros, pixel) => zeros + Number(pixel === 0), 0) / train.pixels.length,
    classNames: [...'0123456789'],
  };
  const settings: Settings = { ...NETWORKS[network] };
  const engine = createFastEngine({ dataset: { train, test, info }, settings, threads: 1, simd });
  const order = epochPermutation(new Random(settings.seed, 'order'), train.count, settings.batchSize);
  const start = performance.now();
  const { losses } = trainAll(engine, order, settings);
  const seconds = (performance.now() - start) / 1000;
  const { layers, moments } = engine.readState();
  const parameters = [layers, ...moments].flat().flatMap(({ weight, bias }) => [weight, bias]);
  engine.dispose();
  const last = losses.subarray(-100);
  return {
    simd,
    network,
    weights: await sha256(parameters as Float32Array<ArrayBuffer>[]),
    loss: last.reduce((sum, loss) => sum + loss, 0) / last.length,
    seconds,
  };
}

async function sha256(parts: Float32Array<ArrayBuffer>[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await new Blob(parts).arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Every build and network, one after the other. */
export async function trainEvery(files: MnistFiles): Promise<TrainedEpoch[]> {
  const trained: TrainedEpoch[] = [];
  for (const network of Object.keys(NETWORKS) as NetworkName[]) {
    for (const simd of BUILDS) trained.push(await trainEpoch(files, simd, network));
  }
  return trained;
}

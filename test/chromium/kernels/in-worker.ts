// Trains in a worker of a page, and posts what came out, or what went wrong as a text.
import type { TrainedEpoch } from './networks';
import { trainEvery } from './train-epoch';

// All that the engine uses of them: it goes by Electron's version to know that this V8 has trap handlers.
Object.assign(globalThis, {
  process: { versions: { electron: '45.4.1' }, platform: 'linux', arch: 'x64' },
  Buffer: {
    from: (base64: string) => (Uint8Array as unknown as { fromBase64(text: string): Uint8Array }).fromBase64(base64),
  },
});

async function bytesOf(path: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(path)).arrayBuffer());
}

async function train(): Promise<TrainedEpoch[]> {
  const [images, labels] = await Promise.all(['/images', '/labels'].map(bytesOf));
  return trainEvery({ images: images!, labels: labels! });
}

train().then(postMessage, (error: Error) => postMessage(error.stack));

// A thread that dies ends the run with a sentence, and never leaves the others waiting.
import type { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { toFailure } from '../../../../../src-shared/errors';
import { PLAIN_SETTINGS } from '../../../../../src-shared/presets';
import { collectGarbage } from '../../../../../src-main/trainer/engine/collect-garbage';
import { trainAll } from '../../../../../src-main/trainer/engine/engine';
import { createFastEngine } from '../../../../../src-main/trainer/engine/wasm-engine';
import { randomDataset } from '../../../../fixtures/random-dataset';

const behaviour = vi.hoisted(() => ({ deaf: false, made: [] as { emit(event: string): void }[] }));

vi.mock('node:worker_threads', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:worker_threads')>();
  const { EventEmitter } = await import('node:events');
  class DeafWorker extends EventEmitter {
    unref = () => undefined;
    terminate = () => Promise.resolve(0);
  }
  function TestWorker(...args: ConstructorParameters<typeof original.Worker>) {
    const worker = behaviour.deaf ? new DeafWorker() : new original.Worker(...args);
    behaviour.made.push(worker);
    return worker; // what `new TestWorker` gives, since it is an object
  }
  return { ...original, Worker: TestWorker };
});

vi.mock(import('../../../../../src-main/trainer/engine/collect-garbage'), () => ({ collectGarbage: vi.fn() }));

const dataset = randomDataset({});
const settings = { ...PLAIN_SETTINGS, hidden: [64], batchSize: 10 };
const batch = new Uint32Array(10);

function failureOf(action: () => unknown) {
  try {
    action();
  } catch (error) {
    return toFailure(error);
  }
  return undefined;
}
const lost = { code: 'engine-failed', message: expect.stringContaining('A thread of the fast engine has ended unexpectedly') };

afterEach(() => {
  behaviour.deaf = false;
  behaviour.made.length = 0;
});

describe('a run fails with a sentence', () => {
  it('where a thread does not come', () => {
    behaviour.deaf = true;
    const engine = createFastEngine({ dataset, settings, threads: 2, simd: 'plain', patience: 2 });
    expect(failureOf(() => trainAll(engine, batch, settings))).toEqual(lost);
    engine.dispose();
  });

  it('where a thread has ended between two pieces of work', () => {
    const engine = createFastEngine({ dataset, settings, threads: 2, simd: 'plain' });
    trainAll(engine, batch, settings);
    behaviour.made[0]!.emit('exit');
    expect(failureOf(() => trainAll(engine, batch, settings))).toEqual(lost);
    engine.dispose();
  });

  it('where a thread meets a fault, and in all pieces of work after it', () => {
    const engine = createFastEngine({ dataset, settings, threads: 2, simd: 'plain' });
    const beyondMemory = new Uint32Array(10).fill(0x3fff0000);
    expect(failureOf(() => trainAll(engine, beyondMemory, settings))).toEqual(lost);
    expect(failureOf(() => trainAll(engine, batch, settings))).toEqual(lost);
    engine.dispose();
  });
});

it('a disposed engine works no more, and may be disposed again', () => {
  const engine = createFastEngine({ dataset, settings, threads: 2, simd: 'plain' });
  trainAll(engine, batch, settings);
  engine.dispose();
  engine.dispose();
  expect(failureOf(() => trainAll(engine, batch, settings))).toEqual(lost);
});

it('has its memory collected when its threads have ended, where that is much', async () => {
  const end = (train: number) => createFastEngine({ dataset: randomDataset({ train, pixels: 784, rows: 28 }), settings, threads: 2, simd: 'plain' }).dispose();
  end(10);
  await new Promise<void>((ended) => void (behaviour.made[0] as unknown as EventEmitter).once('exit', () => setImmediate(() => setImmediate(ended))));
  expect(collectGarbage).not.toHaveBeenCalled();
  end(40_000);
  await expect.poll(() => vi.mocked(collectGarbage).mock.calls.length).toBe(1);
});

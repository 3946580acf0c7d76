// If a thread dies, the run ends with a sentence, and the other threads do not wait for it.
import type { EventEmitter } from 'node:events';
import type { WorkerOptions } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { toFailure } from '../../../../../../src-shared/errors';
import { PLAIN_SETTINGS } from '../../../../../../src-shared/settings/presets';
import { collectGarbage } from '../../../../../../src-main/trainer/engine/wasm/collect-garbage';
import { trainAll } from '../../../../../../src-main/trainer/engine/engine';
import { createFastEngine } from '../../../../../../src-main/trainer/engine/wasm/wasm-engine';
import { randomDataset } from '../../../../../fixtures/random-dataset';

const behaviour = vi.hoisted(() => ({
  deaf: false,
  misled: false,
  made: [] as { emit(event: string, value: unknown): void }[],
}));

vi.mock('node:worker_threads', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:worker_threads')>();
  const { EventEmitter } = await import('node:events');
  class DeafWorker extends EventEmitter {
    unref = () => undefined;
    terminate = () => Promise.resolve(0);
  }
  function TestWorker(source: string, options: WorkerOptions) {
    const workerData = { ...options.workerData, ...(behaviour.misled && { plan: -64 }) };
    const worker = behaviour.deaf ? new DeafWorker() : new original.Worker(source, { ...options, workerData });
    behaviour.made.push(worker);
    return worker; // what `new TestWorker` gives, since it is an object
  }
  return { ...original, Worker: TestWorker };
});

vi.mock(import('../../../../../../src-main/trainer/engine/wasm/collect-garbage'), () => ({ collectGarbage: vi.fn() }));

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
const lostBecause = (reason: string) => ({
  code: 'engine-failed',
  message:
    `A thread of the fast engine ended unexpectedly${reason}, so training cannot continue. Please train again, or ` +
    'choose the reference engine.',
});
const BEYOND_MEMORY = new Uint32Array(10).fill(0x3fff0000);

afterEach(() => {
  behaviour.deaf = behaviour.misled = false;
  behaviour.made.length = 0;
});

describe('a run fails with a sentence that names the cause', () => {
  it('if a thread does not respond', () => {
    behaviour.deaf = true;
    const engine = createFastEngine({ dataset, settings, threads: 2, simd: 'plain', threadTimeout: 2 });
    expect(failureOf(() => trainAll(engine, batch, settings))).toEqual(lostBecause(' (RuntimeError: unreachable)'));
    engine.dispose();
  });

  it('if another thread has a fault', () => {
    behaviour.misled = true;
    const engine = createFastEngine({ dataset, settings, threads: 2, simd: 'plain', threadTimeout: 50 });
    expect(failureOf(() => trainAll(engine, batch, settings))).toEqual(
      lostBecause(' (RuntimeError: memory access out of bounds)'),
    );
    engine.dispose();
  });

  it('if a thread cannot start', () => {
    behaviour.deaf = true;
    const engine = createFastEngine({ dataset, settings, threads: 2, simd: 'plain' });
    const cause = new TypeError('no threads here');
    behaviour.made[0]!.emit('error', cause);
    expect(failureOf(() => trainAll(engine, batch, settings))).toEqual(lostBecause(' (TypeError: no threads here)'));
    expect(() => trainAll(engine, batch, settings)).toThrow(expect.objectContaining({ cause }));
    engine.dispose();
  });

  it('if a thread has ended between two chunks', () => {
    const engine = createFastEngine({ dataset, settings, threads: 2, simd: 'plain' });
    trainAll(engine, batch, settings);
    behaviour.made[0]!.emit('exit', 7);
    expect(failureOf(() => trainAll(engine, batch, settings))).toEqual(lostBecause(' (exit code 7)'));
    engine.dispose();
  });

  it('if a thread has a fault, and in all later calls', () => {
    const engine = createFastEngine({ dataset, settings, threads: 2, simd: 'plain' });
    const failure = lostBecause(' (RuntimeError: memory access out of bounds)');
    expect(failureOf(() => trainAll(engine, BEYOND_MEMORY, settings))).toEqual(failure);
    expect(failureOf(() => trainAll(engine, batch, settings))).toEqual(failure);
    engine.dispose();
  });
});

it('a disposed engine does not work, and may be disposed again', () => {
  const engine = createFastEngine({ dataset, settings, threads: 2, simd: 'plain' });
  trainAll(engine, batch, settings);
  engine.dispose();
  engine.dispose();
  expect(failureOf(() => trainAll(engine, batch, settings))).toEqual(lostBecause(''));
});

it('has its memory collected when its threads have ended, if it is large', async () => {
  const end = (train: number) =>
    createFastEngine({
      dataset: randomDataset({ train, pixels: 784, rows: 28 }),
      settings,
      threads: 2,
      simd: 'plain',
    }).dispose();
  end(10);
  await new Promise<void>(
    (ended) =>
      void (behaviour.made[0] as unknown as EventEmitter).once('exit', () => setImmediate(() => setImmediate(ended))),
  );
  expect(collectGarbage).not.toHaveBeenCalled();
  end(40_000);
  await expect.poll(() => vi.mocked(collectGarbage).mock.calls.length).toBe(1);
});

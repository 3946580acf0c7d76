// The threads of the fast engine: this one, and workers that share its memory. They do one piece of work at a time, together.
import { Worker } from 'node:worker_threads';
import { StudioError } from '../../../src-shared/errors';
import { collectGarbage } from './collect-garbage';
import { startKernels, type Kernels } from './kernels';

export interface SharedWork {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  /** Addresses of the plan and of its control block. */
  plan: number;
  control: number;
}

/** A worker starts the kernels as startKernels does, and serves; as text, because then no file needs to be found in a bundle or an archive. */
const WORKER = `
const { module, memory, plan, control, thread } = require('node:worker_threads').workerData;
const words = new Int32Array(memory.buffer);
const sleep = (address, value, milliseconds) => void Atomics.wait(words, address >>> 2, value, milliseconds);
const wake = (address) => void Atomics.notify(words, address >>> 2);
const { serve, fail } = new WebAssembly.Instance(module, { env: { memory, sleep, wake } }).exports;
try {
  serve(plan, thread);
} catch (error) {
  fail(control);
  throw error;
}`;

const END = -1;
/** Bytes of shared memory from which on it is worth a collection of garbage to have them back. */
const LARGE = 2 ** 24;

export class ThreadTeam {
  readonly kernels: Kernels;
  private readonly workers: Worker[];
  private orders = 0;
  private lost = false;
  private ended = false;

  /** @param threads with this one */
  constructor(
    private readonly work: SharedWork,
    threads: number,
  ) {
    this.kernels = startKernels(work.module, work.memory);
    this.workers = Array.from({ length: threads - 1 }, (_, k) => this.startWorker(k + 1));
  }

  private startWorker(thread: number): Worker {
    const worker = new Worker(WORKER, { eval: true, workerData: { ...this.work, thread } });
    const onLoss = () => void (this.lost = true);
    worker.on('error', onLoss).on('exit', onLoss);
    worker.unref();
    return worker;
  }

  /**
   * The first threads work as the plan tells, as many as it says; returns when the last of them has done its part.
   * Throws a StudioError of code engine-failed where a thread has died.
   */
  run(threads: number): void {
    if (this.lost || this.ended) throw threadLost();
    this.orders++;
    for (let thread = 1; thread < threads; thread++) this.kernels.order(this.work.control, thread, this.orders);
    try {
      this.kernels.work(this.work.plan, 0);
    } catch {
      this.lost = true;
      throw threadLost();
    }
  }

  /** Ends the workers; the team cannot work any more. */
  dispose(): void {
    if (this.ended) return;
    this.ended = true;
    const exits = this.workers.map((worker) => new Promise((exited) => worker.once('exit', exited)));
    if (this.work.memory.buffer.byteLength >= LARGE) void Promise.all(exits).then(() => setImmediate(collectGarbage)); // when no one holds it any more
    if (this.lost) this.kernels.fail(this.work.control);
    this.workers.forEach((worker, k) => {
      this.kernels.order(this.work.control, k + 1, END);
      if (this.lost) void worker.terminate();
    });
  }
}

function threadLost(): StudioError {
  return new StudioError(
    'engine-failed',
    'A thread of the fast engine has ended unexpectedly, so training cannot go on. Please train again, or choose the reference engine.',
  );
}

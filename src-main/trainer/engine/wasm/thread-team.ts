// The threads of the fast engine: this one, and workers that share its memory. They do one piece of work at a time,
// together.
import { Worker } from 'node:worker_threads';
import { StudioError } from '../../../../src-shared/errors';
import { collectGarbage } from './collect-garbage';
import { startKernels, type Kernels } from './kernels';

export interface SharedWork {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  /** Addresses of the plan and of its control block. */
  plan: number;
  control: number;
}

/**
 * A worker starts the kernels as startKernels does, and serves; as text, because then no file needs to be found in a
 * bundle or an archive. The first one that fails leaves its error's text in shared memory: this thread cannot receive
 * events while it works.
 */
const WORKER = `
const { module, memory, plan, control, thread, fault } = require('node:worker_threads').workerData;
const words = new Int32Array(memory.buffer);
const sleep = (address, value, milliseconds) => void Atomics.wait(words, address >>> 2, value, milliseconds);
const wake = (address) => void Atomics.notify(words, address >>> 2);
const { serve, fail } = new WebAssembly.Instance(module, { env: { memory, sleep, wake } }).exports;
try {
  serve(plan, thread);
} catch (error) {
  if (Atomics.compareExchange(fault, 0, 0, -1) === 0) {
    const text = String(error).slice(0, fault.length - 1);
    for (let k = 0; k < text.length; k++) fault[k + 1] = text.charCodeAt(k);
    Atomics.store(fault, 0, text.length);
  }
  fail(control);
  throw error;
}`;

const END = -1;
/** Characters of an error's text that are kept. */
const FAULT_LENGTH = 200;
/** Bytes of shared memory from which on it is worth a collection of garbage to have them back. */
const LARGE = 2 ** 24;

export class ThreadTeam {
  readonly kernels: Kernels;
  private readonly workers: Worker[];
  /** Length of the text that a failed worker has left, then its characters. */
  private readonly fault = new Int32Array(new SharedArrayBuffer(4 * (1 + FAULT_LENGTH)));
  private orders = 0;
  /** Why a thread is lost, if one is. */
  private loss: Error | undefined;
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
    const worker = new Worker(WORKER, { eval: true, workerData: { ...this.work, thread, fault: this.fault } });
    worker.on('error', (error) => this.lose(error));
    worker.on('exit', (code) => this.lose(new Error(`exit code ${code}`)));
    worker.unref();
    return worker;
  }

  private lose(cause: Error): void {
    if (!this.ended) this.loss ??= cause;
  }

  /** Why this thread cannot go on: because a worker has failed, or by its own error. */
  private causeOf(error: Error): Error {
    const length = Atomics.load(this.fault, 0);
    return length > 0 ? new Error(String.fromCharCode(...this.fault.subarray(1, 1 + length))) : error;
  }

  /**
   * The first threads work as the plan tells, as many as it says; returns when the last of them has done its part.
   * Throws a StudioError of code engine-failed where a thread has died.
   */
  run(threads: number): void {
    if (this.loss || this.ended) throw threadLost(this.loss);
    this.orders++;
    for (let thread = 1; thread < threads; thread++) this.kernels.order(this.work.control, thread, this.orders);
    try {
      this.kernels.work(this.work.plan, 0);
    } catch (error) {
      this.lose(this.causeOf(error as Error));
      throw threadLost(this.loss);
    }
  }

  /** Ends the workers; the team cannot work any more. */
  dispose(): void {
    if (this.ended) return;
    this.ended = true;
    const exits = this.workers.map((worker) => new Promise((exited) => worker.once('exit', exited)));
    // when no one holds it any more
    if (this.work.memory.buffer.byteLength >= LARGE) void Promise.all(exits).then(() => setImmediate(collectGarbage));
    if (this.loss) this.kernels.fail(this.work.control);
    this.workers.forEach((worker, k) => {
      this.kernels.order(this.work.control, k + 1, END);
      if (this.loss) void worker.terminate();
    });
  }
}

/** @param cause undefined if the team was disposed of */
function threadLost(cause: Error | undefined): StudioError {
  const reason = cause ? ` (${cause.name === 'Error' ? cause.message : String(cause)})` : '';
  const failure = new StudioError(
    'engine-failed',
    `A thread of the fast engine has ended unexpectedly${reason}, so training cannot go on. Please train ` +
      'again, or choose the reference engine.',
  );
  failure.cause = cause;
  return failure;
}

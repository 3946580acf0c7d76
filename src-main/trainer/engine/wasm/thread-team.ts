// The threads of the fast engine: the calling thread, and workers that share its memory. They do one task at a time,
// together.
import { Worker } from 'node:worker_threads';
import { StudioError } from '../../../../src-shared/errors';
import { collectGarbage } from './collect-garbage';
import { startKernels, type Kernels } from './kernels';
import workerProgram from './worker-thread.js?raw';

export interface SharedWork {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  /** Addresses of the plan and of its control block. */
  plan: number;
  control: number;
}

const END = -1;
/** The most characters of an error's text that are kept. */
const FAULT_LENGTH = 200;
/** Bytes of shared memory above which garbage is collected after the team has ended. */
const LARGE = 2 ** 24;

export class ThreadTeam {
  readonly kernels: Kernels;
  private readonly workers: Worker[];
  /** The length of a failed worker's error text, then its characters. See worker-thread.js. */
  private readonly fault = new Int32Array(new SharedArrayBuffer(4 * (1 + FAULT_LENGTH)));
  private orders = 0;
  /** Why a thread is lost, if one is. */
  private loss: Error | undefined;
  private ended = false;

  /** @param threads including the calling thread */
  constructor(
    private readonly work: SharedWork,
    threads: number,
  ) {
    this.kernels = startKernels(work.module, work.memory);
    this.workers = Array.from({ length: threads - 1 }, (_, k) => this.startWorker(k + 1));
  }

  private startWorker(thread: number): Worker {
    const worker = new Worker(workerProgram, { eval: true, workerData: { ...this.work, thread, fault: this.fault } });
    worker.on('error', (error) => this.markLost(error));
    worker.on('exit', (code) => this.markLost(new Error(`exit code ${code}`)));
    worker.unref();
    return worker;
  }

  private markLost(cause: Error): void {
    if (!this.ended) this.loss ??= cause;
  }

  /** The error of the worker that failed first. If none did, the calling thread's own error. */
  private causeOf(error: Error): Error {
    const length = Atomics.load(this.fault, 0);
    return length > 0 ? new Error(String.fromCharCode(...this.fault.subarray(1, 1 + length))) : error;
  }

  /**
   * Lets the first threads do the work that the plan describes; the plan says how many. Returns when all have finished.
   * Throws a StudioError of code engine-failed if a thread has died.
   */
  run(threads: number): void {
    if (this.loss || this.ended) throw threadLost(this.loss);
    this.orders++;
    for (let thread = 1; thread < threads; thread++) this.kernels.order(this.work.control, thread, this.orders);
    try {
      this.kernels.work(this.work.plan, 0);
    } catch (error) {
      this.markLost(this.causeOf(error as Error));
      throw threadLost(this.loss);
    }
  }

  /** Ends the workers. After this the team cannot work. */
  dispose(): void {
    if (this.ended) return;
    this.ended = true;
    const exits = this.workers.map((worker) => new Promise((exited) => worker.once('exit', exited)));
    // Only when no worker refers to the memory can it be freed.
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
    `A thread of the fast engine ended unexpectedly${reason}, so training cannot continue. Please train again, or ` +
      'choose the reference engine.',
  );
  failure.cause = cause;
  return failure;
}

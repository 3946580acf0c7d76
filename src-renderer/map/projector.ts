// The page's end of the worker that makes maps: one job at a time, and of those that come meanwhile the newest.
import { NewestWins } from '../ui/newest-wins';
import type { Projection, ProjectionJob } from './projection';

export type ProjectorAnswer =
  /** Share of a long job that is done, 0 to 1. */
  { kind: 'progress'; done: number } | { kind: 'projection'; projection: Projection };

export interface ProjectorListener {
  /** @param done share of the job, 0 to 1 */
  making(job: ProjectionJob, done: number): void;
  /** @param milliseconds that it took */
  show(job: ProjectionJob, projection: Projection, milliseconds: number): void;
  /**
   * The worker could not be started, or has ended in the middle of the job.
   * @param reason half a sentence; empty if nothing is known
   */
  failed(job: ProjectionJob, reason: string): void;
}

export class Projector {
  readonly #listener: ProjectorListener;
  readonly #jobs = new NewestWins<() => ProjectionJob | undefined>((next) => this.#start(next()));
  #worker: Worker | undefined;
  #current: ProjectionJob | undefined;
  #startTime = 0;

  constructor(listener: ProjectorListener) {
    this.#listener = listener;
  }

  /**
   * A long job that makes another map gives way at once.
   * @param next asked when its turn comes, so that the job begins with the map that is seen then; undefined: there is
   * nothing to do any more
   */
  ask(key: string, next: () => ProjectionJob | undefined): void {
    if (this.#current?.method === 'umap' && this.#current.key !== key) this.close();
    this.#jobs.ask(next);
  }

  /** Ends what is under way. */
  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#current = undefined;
    this.#jobs.forget();
  }

  #start(job: ProjectionJob | undefined): void {
    this.#current = job;
    if (!job) return this.#jobs.answered();
    this.#startTime = performance.now();
    try {
      this.#worker ??= this.#open();
      this.#worker.postMessage(job);
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  #open(): Worker {
    const worker = new Worker(new URL('./projector.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<ProjectorAnswer>) => {
      if (data.kind === 'progress') this.#listener.making(this.#current!, data.done);
      else this.#finish(data.projection);
    };
    // Of a worker whose code could not be read, too.
    worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(event.message ?? '');
    };
    worker.onmessageerror = () => this.#fail('its answer could not be read');
    return worker;
  }

  /** The next job begins with a new worker. */
  #fail(reason: string): void {
    const job = this.#current;
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#current = undefined;
    if (job) this.#listener.failed(job, reason);
    this.#jobs.answered();
  }

  #finish(projection: Projection): void {
    const job = this.#current!;
    this.#current = undefined;
    this.#listener.show(job, projection, performance.now() - this.#startTime);
    this.#jobs.answered();
  }
}

// The page's end of the worker that computes maps. It runs one job at a time, and then the last of those requested
// meanwhile.
import { NewestWins } from '../ui/newest-wins';
import type { Projection, ProjectionJob } from './projection';
import type { ProjectorAnswer } from './projector-messages';

export interface ProjectorListener {
  /** @param done share of the job, 0 to 1 */
  onProgress(job: ProjectionJob, done: number): void;
  /** @param milliseconds the duration of the job */
  onProjection(job: ProjectionJob, projection: Projection, milliseconds: number): void;
  /**
   * The worker could not be started, or it ended during the job.
   * @param reason half a sentence; empty if unknown
   */
  onFailure(job: ProjectionJob, reason: string): void;
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
   * Requests a map. A UMAP in progress for another map is aborted.
   * @param next called when the worker is free, so that the job starts from the map that is shown then. It returns
   * undefined if the map is no longer needed.
   */
  request(key: string, next: () => ProjectionJob | undefined): void {
    if (this.#current?.method === 'umap' && this.#current.key !== key) this.close();
    this.#jobs.ask(next);
  }

  /** Aborts the current job and drops the one that waits. */
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
      if (data.kind === 'progress') this.#listener.onProgress(this.#current!, data.done);
      else this.#finish(data.projection);
    };
    // This also happens if the worker's code could not be loaded.
    worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(event.message ?? '');
    };
    worker.onmessageerror = () => this.#fail('its answer could not be read');
    return worker;
  }

  /** The next job gets a new worker. */
  #fail(reason: string): void {
    const job = this.#current;
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#current = undefined;
    if (job) this.#listener.onFailure(job, reason);
    this.#jobs.answered();
  }

  #finish(projection: Projection): void {
    const job = this.#current!;
    this.#current = undefined;
    this.#listener.onProjection(job, projection, performance.now() - this.#startTime);
    this.#jobs.answered();
  }
}

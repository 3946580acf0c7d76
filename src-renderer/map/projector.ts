// The page's end of the worker that makes maps: one job at a time, and of those that come meanwhile the newest.
import { NewestWins } from '../newest-wins';
import type { Projection, ProjectionJob } from './projection';

export type ProjectorAnswer =
  /** Share of a long job that is done, 0 to 1. */
  { kind: 'progress'; done: number } | { kind: 'projection'; projection: Projection };

export interface ProjectorListener {
  progress(done: number): void;
  projection(job: ProjectionJob, projection: Projection): void;
}

export class Projector {
  readonly #worker = new Worker(new URL('./projector.worker.ts', import.meta.url), { type: 'module' });
  readonly #jobs: NewestWins<() => ProjectionJob>;
  #current: ProjectionJob | undefined;

  constructor(listener: ProjectorListener) {
    this.#jobs = new NewestWins((job) => {
      this.#current = job();
      this.#worker.postMessage(this.#current);
    });
    this.#worker.onmessage = ({ data }: MessageEvent<ProjectorAnswer>) => {
      if (!this.#current) return;
      if (data.kind === 'progress') {
        listener.progress(data.done);
      } else {
        listener.projection(this.#current, data.projection);
        this.#jobs.answered();
      }
    };
  }

  /** @param job made when its turn comes, so that it begins with the map that is seen then */
  ask(job: () => ProjectionJob): void {
    this.#jobs.ask(job);
  }

  close(): void {
    this.#worker.terminate();
  }
}

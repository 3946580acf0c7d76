// What the worker that computes maps sends to the page. The page sends it jobs, see ProjectionJob.
import type { Projection } from './projection';

export type ProjectorAnswer =
  /** Share of a long job that is done, 0 to 1. */
  { kind: 'progress'; done: number } | { kind: 'projection'; projection: Projection };

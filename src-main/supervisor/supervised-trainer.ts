// What the supervisor of the trainer needs from the rest of the main process, and what it reports to it.
import type { Step } from '../../src-shared/runs/progress';
import type { DatasetInfo } from '../../src-shared/data/dataset';
import type { Order, Report } from '../../src-shared/contract';
import type { Failure } from '../../src-shared/errors';
import type { Settings } from '../../src-shared/settings/settings';

/** The supervisor's view of a utility process. P is the type of a port that can be transferred to it. */
export interface TrainerProcess<P> {
  postMessage(order: Order, ports?: P[]): void;
  onReport(listener: (report: Report) => void): void;
  onExit(listener: (code: number) => void): void;
  kill(): void;
}

/** A run and how far it has come. */
export interface RunState {
  run: number;
  settings: Settings;
  /** Share of its epochs that is done, 0 to 1. */
  done: number;
  paused: boolean;
  /** When it pauses on its own, by the last order; undefined for a run that is shown but not trained. */
  until: Step | undefined;
  /** True once the trainer has reported anything about it: only then does the page know of it. */
  begun: boolean;
}

/** A run that was cut off because the trainer died. */
export interface CutOff {
  run: RunState;
  /** The order that began it. It begins the run again if nothing of the run is on disk. */
  order: BeginOrder;
}

export type BeginOrder = Extract<Order, { kind: 'train' | 'open' }>;

export interface SupervisorOptions<P> {
  fork: () => TrainerProcess<P>;
  onLoaded: (dataset: DatasetInfo) => void;
  /** The run began, advanced, paused or ended (undefined). */
  onRunChanged: (run: RunState | undefined) => void;
  /** @param cutOff undefined if no run was active */
  onLost: (failure: Failure, cutOff: CutOff | undefined) => void;
  /** A run failed before it began, so that the page has nothing to show. @param message why, as a sentence */
  onNotBegun: (message: string) => void;
  /** A report to be written to disk. */
  onRunReport: (report: RunReport) => void;
}

export type RunReport = Extract<Report, { kind: 'began' | 'checkpoint' | 'restored' | 'ended' }>;

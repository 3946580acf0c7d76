// What the supervisor of the trainer needs of the world around it, and what it reports.
import type { Order, Report } from '../../src-shared/contract';
import type { DatasetInfo } from '../../src-shared/data/dataset';
import type { Step } from '../../src-shared/runs/progress';
import type { Failure } from '../../src-shared/errors';
import type { Settings } from '../../src-shared/settings/settings';

/** What the supervisor needs of a utility process; P is the kind of port that can be handed over. */
export interface TrainerProcess<P> {
  postMessage(order: Order, ports?: P[]): void;
  onReport(listener: (report: Report) => void): void;
  onExit(listener: (code: number) => void): void;
  kill(): void;
}

/** The run in flight, as far as it has come. */
export interface RunState {
  run: number;
  settings: Settings;
  /** Share that is done, 0 to 1 */
  done: number;
  paused: boolean;
  /** When it pauses by itself, as ordered last. */
  until: Step | undefined;
  /** Whether the trainer has told anything of it: only then does the page know of it. */
  begun: boolean;
}

/** What was cut off when the trainer died. */
export interface CutOff {
  run: RunState;
  /** The order that began it, which begins it again where nothing of it was kept. */
  order: BeginOrder;
}

export type BeginOrder = Extract<Order, { kind: 'train' | 'open' }>;

export interface SupervisorOptions<P> {
  fork: () => TrainerProcess<P>;
  onLoaded: (dataset: DatasetInfo) => void;
  /** The run began, came further, paused or ended (undefined). */
  onRunChanged: (run: RunState | undefined) => void;
  /** @param cutOff undefined if no run was in flight */
  onLost: (failure: Failure, cutOff: CutOff | undefined) => void;
  /** A run failed before it began, so that the page has nothing to show. @param message why, as a sentence */
  onNotBegun: (message: string) => void;
  /** What is to be kept of a run. */
  onRunReport: (report: RunReport) => void;
}

export type RunReport = Extract<Report, { kind: 'began' | 'checkpoint' | 'restored' | 'ended' }>;

// What is kept of a run on disk, and what the page is told of it. src-main/runs/README.md describes the files.
import * as z from 'zod';
import type { DatasetInfo, DatasetSource } from '../data/dataset';
import type { EngineDetails, LayerWeights, SettingsChange } from '../contract';
import type { EpochResult, FinishReason, Score, TestPredictions, TrainPoint } from './shown';
import type { Settings } from '../settings/settings';

/** The name of a run's folder, made of when it began: 20261123-091500-3fa9c2. */
export const runIdSchema = z.string().regex(/^\d{8}-\d{6}-[0-9a-f]{6}$/);
export type RunId = z.infer<typeof runIdSchema>;
/** The name of the folder of a damaged run that was moved out of the way: its id and six random digits. */
export const SET_ASIDE_NAME = /^\d{8}-\d{6}-[0-9a-f]{6}-[0-9a-f]{6}$/;

/** Cut off: the app, the trainer or the computer ended in its middle. */
export type RunStatus = 'running' | FinishReason | 'failed' | 'cut-off';

/** Enough to tell whether a dataset is the one that a run was trained on, and to find it again. */
export type DatasetIdentity = Pick<
  DatasetInfo,
  'name' | 'hash' | 'rows' | 'columns' | 'classNames' | 'trainCount' | 'testCount' | 'testSource'
> & { source: DatasetSource };

/** What a run was computed by. */
export interface RunEnvironment {
  /** Of the app. */
  version: string;
  /** The one that it began with. */
  engine: EngineDetails;
  /**
   * Others that went on with it, in their order: after a resume elsewhere, say. Plain and other kernels lead to
   * different bits.
   */
  laterEngines?: EngineDetails[] | undefined;
  /** Such as "Intel(R) Xeon(R) CPU". */
  cpu: string;
  cores: number;
  /** Such as "linux x64". */
  platform: string;
}

/** A run as the list shows it: run.json, and what its folder tells. */
export interface RunSummary {
  id: RunId;
  /** A person's, or made of the settings. At most 200 characters. */
  name: string;
  star: boolean;
  notes: string;
  /** Milliseconds since 1970. */
  created: number;
  status: RunStatus;
  /** Why it failed or was cut off; undefined otherwise. */
  message: string | undefined;
  /** The run that it went on from, with other settings or from that epoch. */
  parent: { id: RunId; epoch: number } | undefined;
  /** Runs that were started together, one after the other: seeds of the same settings, or values of a sweep. */
  group: { id: string; name: string } | undefined;
  dataset: DatasetIdentity;
  /** As the run began. */
  settings: Settings;
  changes: SettingsChange[];
  /** In all, with those that were added. */
  epochs: number;
  /** That have ended. */
  epochsTrained: number;
  /** Of the epoch whose weights count: the last, or the best where that was put back. */
  result: EpochResult | undefined;
  /** Training and evaluation, without pauses. */
  seconds: number;
  environment: RunEnvironment;
  /** Of its folder on disk. */
  bytes: number;
  /** Whether all is there to go on exactly where it ended. */
  resumable: boolean;
  /**
   * Why this version of the app can list the run, but not open it, train it or export its weights: a sentence. A later
   * version wrote it.
   */
  untrainable?: string | undefined;
}

/** A run with its history, to be drawn beside others. */
export interface RunRecord {
  summary: RunSummary;
  history: EpochResult[];
  points: TrainPoint[];
  /** Of the epoch named, without probabilities; undefined where none has ended. */
  predictions: (TestPredictions & { epoch: number }) | undefined;
}

export interface RunList {
  /** Newest first. */
  runs: RunSummary[];
  /** Deleted ones, which can be brought back until they are cleaned up. */
  deleted: { runs: number; bytes: number };
  setAside: SetAsideRun[];
}

/** A folder that could not be read. */
export interface SetAsideRun {
  /** The id of the run. */
  name: string;
  folder: string;
  /** Half a sentence. */
  reason: string;
  /**
   * True: it was damaged, and was moved out of the way, now or at an earlier start; it can be brought back. False: it
   * is busy, or a newer version of the app wrote it. It is where it was, and is read again with the next list.
   */
  moved: boolean;
}

/** Numbers of the run's own precision. */
export type LayerState = Omit<LayerWeights, 'weight' | 'bias'> & {
  weight: Float32Array | Float64Array;
  bias: Float32Array | Float64Array;
};

/** All that a run goes on from, at the end of an epoch. */
export interface ResumePoint {
  /** That has just ended; 0 before the first. */
  epoch: number;
  updates: number;
  layers: LayerState[];
  /** What the optimizer remembers: none, one or two averages of each parameter, laid out like the layers. */
  moments: LayerState[][];
  /** State of the random numbers that order the training images: four words. */
  order: number[];
  /** As they stand after changes. */
  settings: Settings;
  /** Epochs in all. */
  epochs: number;
  /** Epochs trained before the schedule of the learning rate began. */
  scheduleStart: number;
  /**
   * Product of the momenta of all updates, for Adam's bias correction. Undefined: the optimizer needs none, or an
   * earlier version of the app stored this, which did not keep it.
   */
  momentumProduct?: number | undefined;
  /** Of the validation images, and how many epochs ago; undefined without a validation split. */
  best: { score: Score; epochsSince: number } | undefined;
  /** The epoch whose weights the layers are, where the best were put back: the run is over. */
  restored: number | undefined;
}

/** What is written at the end of an epoch. */
export interface EpochRecord {
  result: EpochResult;
  /** Of the training curve, since the last epoch ended. */
  points: TrainPoint[];
  changes: SettingsChange[];
  resume: ResumePoint;
  /** That trained it. */
  engine: EngineDetails;
  predictions: TestPredictions;
  /** Whether these are the best weights so far, which the run is to put back at its end. */
  best: boolean;
}

/** A stored run with all that the trainer needs to show it and to go on. */
export interface StoredRun {
  record: RunRecord;
  resume: ResumePoint;
  /** The best weights by the validation images, with their result, where they are kept. */
  best: { layers: LayerState[]; result: EpochResult } | undefined;
}

// What is stored of a run on disk, and what the page shows of it. src-main/runs/README.md describes the files.
import * as z from 'zod';
import type { DatasetInfo, DatasetSource } from '../data/dataset';
import type { LayerState } from '../networks/layers';
import type { Settings, SettingsChange } from '../settings/settings';
import type { EngineDetails } from './engine-details';
import type { TestPredictions } from './predictions';
import type { FinishReason } from './progress';
import type { EpochResult, Score, TrainPoint } from './score';

/** The name of a run's folder: when the run began, and six random digits, as 20261123-091500-3fa9c2. */
export const runIdSchema = z.string().regex(/^\d{8}-\d{6}-[0-9a-f]{6}$/);
export type RunId = z.infer<typeof runIdSchema>;
/** The name of a damaged run's folder that was set aside: the run's id and six random digits. */
export const SET_ASIDE_NAME = /^\d{8}-\d{6}-[0-9a-f]{6}-[0-9a-f]{6}$/;

/** cut-off: the app, the trainer or the computer stopped in the middle of the run. */
export type RunStatus = 'running' | FinishReason | 'failed' | 'cut-off';

/** Identifies the dataset that a run was trained on, so that it can be found and compared. */
export type DatasetIdentity = Pick<
  DatasetInfo,
  'name' | 'hash' | 'rows' | 'columns' | 'classNames' | 'trainCount' | 'testCount' | 'testSource'
> & { source: DatasetSource };

/** The app, engine and machine that computed a run. */
export interface RunEnvironment {
  /** Of the app. */
  version: string;
  /** The engine that the run began with. */
  engine: EngineDetails;
  /**
   * Other engines that continued the run, in order, for example after it was resumed on another machine. Plain and
   * other kernels give different bits.
   */
  laterEngines?: EngineDetails[] | undefined;
  /** Such as "Intel(R) Xeon(R) CPU". */
  cpu: string;
  cores: number;
  /** Such as "linux x64". */
  platform: string;
}

/** A run as the list shows it: the content of run.json, and facts about its folder. */
export interface RunSummary {
  id: RunId;
  /** From 1, in order of creation. It stays, and no other run gets it as long as the file of numbers is there. */
  number: number;
  /** Given by a person, or what the run changed. At most 200 characters. */
  name: string;
  star: boolean;
  notes: string;
  /** Milliseconds since 1970. */
  created: number;
  status: RunStatus;
  /** Why it failed or was cut off; undefined otherwise. */
  message: string | undefined;
  /** The run that this one continues with other settings, and the epoch that it starts from. */
  parent: { id: RunId; epoch: number } | undefined;
  /** Shared by runs that were started together: different seeds of the same settings, or the values of a sweep. */
  group: { id: string; name: string } | undefined;
  dataset: DatasetIdentity;
  /** At the start of the run. */
  settings: Settings;
  changes: SettingsChange[];
  /** Planned epochs, including those that were added. */
  epochs: number;
  /** Complete epochs. */
  epochsTrained: number;
  /** Of the epoch whose weights the run ended with: the last, or the best if that was restored. */
  result: EpochResult | undefined;
  /** Training and evaluation, without pauses. */
  seconds: number;
  environment: RunEnvironment;
  /** Size of its folder on disk. */
  bytes: number;
  /** Whether the run can be resumed exactly where it ended. */
  resumable: boolean;
  /** A sentence that says why this version can list the run, but not open, train or export it: a later one wrote it. */
  untrainable?: string | undefined;
}

/** What a run is called on the disk. */
export type StoredName = Pick<RunSummary, 'id' | 'number' | 'name'>;

/** A run with its history, as charts compare it with others. */
export interface RunRecord {
  summary: RunSummary;
  history: EpochResult[];
  points: TrainPoint[];
  /** Of the latest epoch that has ended, without probabilities. Undefined if none has. */
  predictions: (TestPredictions & { epoch: number }) | undefined;
}

export interface RunList {
  /** Newest first. */
  runs: RunSummary[];
  /** Deleted runs, which can be restored until they are cleaned up. */
  deleted: { runs: number; bytes: number };
  setAside: SetAsideRun[];
}

/** A run whose folder could not be read. */
export interface SetAsideRun {
  /** The run's id. */
  name: string;
  folder: string;
  /** Half a sentence. */
  reason: string;
  /**
   * True if the folder is damaged and was set aside, now or at an earlier start; it can be brought back. False if it is
   * busy, or was written by a newer version of the app; it stays in its place and is read again with the next list.
   */
  moved: boolean;
}

/** Everything needed to resume a run at the end of an epoch. */
export interface ResumePoint {
  /** The epoch that has just ended; 0 before the first. */
  epoch: number;
  updates: number;
  layers: LayerState[];
  /** The optimizer's state: none, one or two averages of each parameter, laid out like the layers. */
  moments: LayerState[][];
  /** State of the random numbers that permute the training images: four words. */
  order: number[];
  /** With all changes. */
  settings: Settings;
  /** Planned epochs, including those that were added. */
  epochs: number;
  /** Epochs trained before the learning-rate schedule began. */
  scheduleStart: number;
  /**
   * Product of the momenta of all updates, for Adam's bias correction. Undefined if the optimizer needs none, or if an
   * earlier version of the app wrote this.
   */
  momentumProduct?: number | undefined;
  /** The best score on the validation images, and how many epochs ago it was. Undefined without a validation split. */
  best: { score: Score; epochsSince: number } | undefined;
  /** The epoch that the layers come from if the best weights were restored. The run is then over. */
  restored: number | undefined;
}

/** What is written at the end of an epoch. */
export interface EpochRecord {
  result: EpochResult;
  /** Points of the training curve since the last epoch ended. */
  points: TrainPoint[];
  changes: SettingsChange[];
  resume: ResumePoint;
  /** The engine that trained the epoch. */
  engine: EngineDetails;
  predictions: TestPredictions;
  /** True if these are the best weights so far and the run will restore the best at its end. */
  best: boolean;
}

/** A stored run with everything that the trainer needs to show and resume it. */
export interface StoredRun {
  record: RunRecord;
  resume: ResumePoint;
  /** The best weights by the validation images, with their result, if they are kept. */
  best: { layers: LayerState[]; result: EpochResult } | undefined;
}

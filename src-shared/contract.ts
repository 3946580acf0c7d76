// Everything that the processes send to each other, in five tables named by direction. No other file spells a channel.
//   Commands  page → main       Notices  main → page
//   Orders    main → trainer    Reports  trainer → main
//   Events    trainer → page, over a MessagePort of their own
import * as z from 'zod';
import * as app from './app/app-arguments';
import type { PageCommandId } from './app/app-commands';
import type { AboutInfo, StartInfo, StartupRequest } from './app/app-info';
import type { Contrast } from './app/appearance';
import * as data from './data/data-arguments';
import type { Collection, DatasetInfo, DatasetSource, OpenResult } from './data/dataset';
import type { AugmentedImages, BrowsedPage, NearestImages, OpenedDataset } from './data/images';
import type { TrialImages } from './data/trial-images';
import type { Failure } from './errors';
import type { LayerState, LayerWeights, Network } from './networks/layers';
import * as networks from './networks/network-arguments';
import type { ExportedWeights, NetworkQuestion, NetworkWork, OpenedNetwork } from './networks/network-files';
import type { Checkpoint } from './runs/checkpoint';
import type { EngineDetails, KernelBuild } from './runs/engine-details';
import type { WeightFrame } from './runs/frames';
import type { Gradients } from './runs/gradients';
import type { TestActivations, TestPredictions } from './runs/predictions';
import type { FinishReason, Progress, Step } from './runs/progress';
import * as runs from './runs/run-arguments';
import type { EpochRecord, ResumePoint, RunId, RunList, RunRecord, RunSummary, StoredRun } from './runs/runs';
import type { EpochResult, TrainPoint } from './runs/score';
import * as training from './runs/training-arguments';
import type { Settings, SettingsChange } from './settings/settings';
import { settingsSchema } from './settings/settings-schema';

// ── Commands: page → main ──────────────────────────────────────────────────────────────────────────────────────────

const nothing = z.undefined();

const APP_COMMANDS = {
  /** Requests a new port to the trainer, on which a snapshot arrives. */
  connect: nothing,
  about: nothing,
  /** The tour was seen or skipped: the next start does not show it. */
  endTour: nothing,
  doInMain: app.doInMain,
  offer: app.offer,
  savePicture: app.savePicture,
  saveText: app.saveText,
  copyText: app.copyText,
  pasteText: nothing,
  /** Opens a dialog, then reads settings from the chosen file. Fields that it leaves out are those of the base. */
  openSettings: z.strictObject({ base: settingsSchema }),
  /** Opens the save dialog, then writes the settings as JSON. */
  saveSettings: z.strictObject({ settings: settingsSchema }),
} as const;

const DATA_COMMANDS = {
  /** Opens the folder picker, then the chosen folder. */
  chooseDataset: nothing,
  openFolder: data.openFolder,
  openBuiltin: nothing,
  browse: data.browse,
  augment: data.augment,
  nearest: data.nearest,
} as const;

const TRAINING_COMMANDS = {
  train: training.train,
  pause: nothing,
  resume: training.resume,
  stop: nothing,
  extend: training.extend,
  change: training.change,
  watch: training.watch,
  activations: training.activations,
  /** Starts a new trainer after the last one was lost, with the same dataset and the run since its last epoch. */
  restartTrainer: nothing,
} as const;

const NETWORK_COMMANDS = {
  exportWeights: networks.exportWeights,
  openNetwork: networks.openNetwork,
  /** Stops exportWeights or openNetwork, which then answers as if its dialog had been closed. */
  cancelNetworkWork: nothing,
  readNetwork: networks.readNetwork,
} as const;

const RUN_COMMANDS = {
  listRuns: nothing,
  readRun: runs.oneRun,
  changeRun: runs.changeRun,
  /** Deleted runs can be restored until they are cleaned up. */
  deleteRuns: runs.severalRuns,
  restoreRuns: runs.severalRuns,
  bringBackRun: runs.bringBackRun,
  cleanUpRuns: runs.cleanUpRuns,
  openRun: runs.openRun,
  continueRun: runs.continueRun,
  trainSeveral: runs.trainSeveral,
} as const;

/** What main checks before it acts. It checks the sender too. */
export const COMMAND_ARGUMENTS = {
  ...APP_COMMANDS,
  ...DATA_COMMANDS,
  ...TRAINING_COMMANDS,
  ...NETWORK_COMMANDS,
  ...RUN_COMMANDS,
} as const satisfies Record<string, z.ZodType>;

export type CommandName = keyof typeof COMMAND_ARGUMENTS;
export type NetworkCommandName = keyof typeof NETWORK_COMMANDS;
export type RunCommandName = keyof typeof RUN_COMMANDS;
export type CommandArguments = { [K in CommandName]: z.infer<(typeof COMMAND_ARGUMENTS)[K]> };

/** What each command answers. Undefined if the person closed its dialog; nothing for a command that is not listed. */
interface Results {
  connect: StartInfo;
  about: AboutInfo;
  savePicture: { file: string } | undefined;
  saveText: { file: string } | undefined;
  pasteText: string;
  openSettings: Settings | undefined;
  saveSettings: { file: string } | undefined;
  chooseDataset: OpenResult | undefined;
  openFolder: OpenResult;
  openBuiltin: OpenResult;
  train: { run: number };
  exportWeights: ExportedWeights | undefined;
  openNetwork: OpenedNetwork | NetworkQuestion | undefined;
  /** Whether it was stopped: work that is all but finished ends normally. */
  cancelNetworkWork: boolean;
  readNetwork: { layers: LayerWeights[]; epoch: number };
  listRuns: RunList;
  readRun: RunRecord;
  changeRun: RunSummary;
  cleanUpRuns: { bytes: number };
  openRun: { run: number };
  continueRun: { run: number };
  trainSeveral: { run: number };
}
export type CommandResults = { [K in CommandName]: K extends keyof Results ? Results[K] : void };

/** The functions of the main process that answer commands, by the names of the commands. */
export type CommandFunctions<Name extends CommandName> = {
  [K in Name]: (args: CommandArguments[K]) => Promise<CommandResults[K]>;
};

/** The answer to a command. Failures are values: an exception would lose its code on the way. */
export type Answer<T> = { ok: true; value: T } | { ok: false; error: Failure };

// ── Notices: main → page ───────────────────────────────────────────────────────────────────────────────────────────

export type Notice = AppNotice | NetworkNotice | RunNotice;

type AppNotice =
  /** The trainer process is gone. What the page shows stays true; the command restartTrainer starts a new one. */
  | { kind: 'trainer-lost'; error: Failure }
  /** A person chose a menu item that the page carries out. */
  | { kind: 'menu'; item: PageCommandId }
  /** A person chose a recent dataset. */
  | { kind: 'open-recent'; folder: string }
  /** The desktop asks the running app to open something. */
  | { kind: 'open-given'; given: StartupRequest }
  | { kind: 'contrast'; contrast: Contrast }
  /** A sentence about something that went wrong and was dealt with. */
  | { kind: 'warning'; message: string };

/** Sent five times a second during work that takes longer than a moment. Undefined when it is over. */
export type NetworkNotice = { kind: 'network-work'; work: NetworkWork | undefined };

export type RunNotice =
  /**
   * A run was added or changed. session: the number that the trainer and the page know it by, if it was trained or
   * opened since the app started.
   */
  | { kind: 'run-changed'; run: RunSummary; session?: number | undefined }
  /** Runs were removed or restored: the page should request the list again. */
  | { kind: 'runs-changed' }
  /** How many runs wait for the current one to end. */
  | { kind: 'queue'; waiting: number }
  /** A run could not be written. The message says whether training was stopped. */
  | { kind: 'run-not-saved'; id: RunId | undefined; message: string }
  /** The run that could not be written is now on disk. The id is undefined if it had none then. */
  | { kind: 'run-saved'; id: RunId | undefined };

// ── Orders: main → trainer ─────────────────────────────────────────────────────────────────────────────────────────

export type Order =
  /** Comes with the port for events to a page that has just loaded. */
  | { kind: 'attach' }
  | ({ kind: 'watch' } & CommandArguments['watch'])
  /** The build of the kernels for every engine that is created from now on. */
  | { kind: 'kernels'; simd: KernelBuild }
  | { kind: 'load'; source: DatasetSource; files: Collection }
  | ({ kind: 'browse' } & CommandArguments['browse'])
  /** start: weights to begin with, instead of random ones. If until is undefined, they are evaluated, not trained. */
  | { kind: 'train'; run: number; settings: Settings; until: Step | undefined; start?: LayerState[] | undefined }
  /** Shows a stored run as it was at the end of its last epoch, and resumes it unless until is undefined. */
  | { kind: 'open'; run: number; stored: StoredRun; until: Step | undefined }
  | { kind: 'pause' }
  | ({ kind: 'resume' } & CommandArguments['resume'])
  | { kind: 'stop' }
  | ({ kind: 'extend' } & CommandArguments['extend'])
  | ({ kind: 'change' } & CommandArguments['change'])
  | ({ kind: 'augment' } & CommandArguments['augment'])
  | ({ kind: 'activations' } & CommandArguments['activations'])
  | ({ kind: 'nearest' } & CommandArguments['nearest']);

// ── Reports: trainer → main ────────────────────────────────────────────────────────────────────────────────────────

export type Report =
  | { kind: 'loaded'; dataset: DatasetInfo; trialImages: TrialImages }
  | { kind: 'load-refused'; error: Failure }
  /** done: share of the run, 0 to 1. */
  | { kind: 'progress'; run: number; done: number }
  | { kind: 'paused'; run: number; paused: boolean }
  /** A new run, before its first update. */
  | { kind: 'began'; run: number; engine: EngineDetails; position: ResumePoint }
  /** What can be exported now. epoch: what to store of the epoch that has just ended. */
  | { kind: 'checkpoint'; checkpoint: Checkpoint; epoch: EpochRecord | undefined }
  /** The best weights were restored at the end of an epoch. */
  | { kind: 'restored'; run: number; position: ResumePoint; result: EpochResult }
  /** The run is over. Unless it failed, it can be extended. */
  | { kind: 'ended'; run: number; reason: FinishReason | 'failed'; message: string | undefined };

// ── Events: trainer → page ─────────────────────────────────────────────────────────────────────────────────────────

/** Events of a run carry its number; a page drops those of other runs. */
export type TrainerEvent =
  /** done: share of the files that has been read, 0 to 1. */
  | { kind: 'loading'; done: number }
  | ({ kind: 'dataset' } & OpenedDataset)
  | { kind: 'browsed'; page: BrowsedPage }
  | { kind: 'augmented'; images: AugmentedImages }
  | { kind: 'nearest'; images: NearestImages }
  /** scheduleStart: epochs trained before the learning-rate schedule began, in a stored run that is resumed; else 0. */
  | { kind: 'started'; run: number; settings: Settings; sizes: number[]; engine: EngineDetails; scheduleStart?: number }
  /** At most six a second, with the points since the last one. */
  | { kind: 'progress'; run: number; progress: Progress; points: TrainPoint[] }
  /** At most five a second, and fewer if they would take more than a small share of the time. */
  | { kind: 'weights'; run: number; network: Network }
  | { kind: 'gradients'; run: number; gradients: Gradients }
  | { kind: 'frame'; run: number; frame: WeightFrame }
  | { kind: 'epoch'; run: number; result: EpochResult; predictions: TestPredictions }
  /** What a stored run's network predicts now, with the weights of this epoch. */
  | { kind: 'predictions'; run: number; epoch: number; predictions: TestPredictions }
  /** If there is a run. Of several requests in a row, only the last is sure to be answered. */
  | { kind: 'activations'; run: number; activations: TestActivations }
  | { kind: 'paused'; run: number; paused: boolean }
  | { kind: 'changed'; run: number; change: SettingsChange }
  /** epochs: in all. scheduleStart: as in started, if the run had ended; undefined if it was training. */
  | { kind: 'extended'; run: number; epochs: number; scheduleStart?: number }
  /** The best weights by validation accuracy were restored: those after this epoch, with its predictions. */
  | { kind: 'restored'; run: number; epoch: number; predictions: TestPredictions }
  | { kind: 'finished'; run: number; reason: FinishReason }
  | { kind: 'failed'; run: number; error: Failure }
  /** The first event on every port: the events that lead to the present state, in order and complete. */
  | { kind: 'snapshot'; events: LoggedEvent[] };

/** Events in the snapshot for a page that has just loaded. It can do without the others, or requests them again. */
export type LoggedEvent = Exclude<
  TrainerEvent,
  { kind: 'snapshot' | 'loading' | 'browsed' | 'augmented' | 'activations' | 'nearest' }
>;

export type RunEvent = Extract<TrainerEvent, { run: number }>;

// ── What the preload script gives to the page ──────────────────────────────────────────────────────────────────────

export interface WindowApi {
  command<K extends CommandName>(name: K, args: CommandArguments[K]): Promise<Answer<CommandResults[K]>>;
  onNotice(listener: (notice: Notice) => void): void;
  /** The path of a file or folder that was dropped on the page; empty if it has none. */
  pathOf(file: File): string;
}

// All that the processes say to each other, in five tables named by direction. No other file spells a channel.
//   Commands  page → main       Notices  main → page
//   Orders    main → trainer    Reports  trainer → main
//   Events    trainer → page, over a MessagePort of their own
import * as z from 'zod';
import type { Collection, DatasetInfo, DatasetSource, OpenResult } from './data/dataset';
import { DESKTOP_COMMAND_ARGUMENTS, type DesktopCommandResults, type DesktopNotice } from './app/desktop';
import type { Failure } from './errors';
import type {
  AugmentedImages,
  BrowsedPage,
  DatasetShown,
  EpochResult,
  FinishReason,
  Gradients,
  NearestImages,
  Network,
  Progress,
  TestActivations,
  TestPredictions,
  TrainPoint,
  WeightFrame,
} from './runs/shown';
import { NETWORK_COMMAND_ARGUMENTS, type NetworkCommandResults, type NetworkNotice } from './networks/network-files';
import { RUN_COMMAND_ARGUMENTS, type RunCommandResults, type RunNotice } from './runs/run-commands';
import type { EpochRecord, LayerState, ResumePoint, StoredRun } from './runs/runs';
import type { Activation, LiveChanges, Settings } from './settings/settings';
import { liveChangesSchema, settingsSchema } from './settings/settings-schema';
import type { TrialImages } from './data/trial-images';

// ── Shared shapes ──────────────────────────────────────────────────────────────────────────────────────────────────

export * from './data/dataset';
export * from './app/desktop';
export * from './runs/shown';

/**
 * Builds of the fast engine's kernels. plain runs everywhere. relaxed has fused multiply-add (Node 22, Electron 33 and
 * later). wide is relaxed with tiles twice as wide, for runtimes that make 256-bit vectors of them, and processors with
 * 32 registers. relaxed and wide lead to the same weights, bit for bit; plain to others, since it rounds each product.
 */
export type KernelBuild = 'plain' | 'relaxed' | 'wide';

export interface EngineDetails {
  name: Settings['engine'];
  label: string;
  threads: number;
  precision: Settings['precision'];
  /** Whether the first layer looks only at pixels that are not zero. */
  firstLayer: 'sparse' | 'dense';
  /** None: the reference engine. */
  simd: 'none' | KernelBuild;
  /**
   * Whether the processor checks the kernels' memory accesses, so that V8 need not; undefined if no kernels ran, or for
   * runs of earlier versions.
   */
  trapHandlers?: boolean | undefined;
}

/** One layer as PyTorch and the export formats keep it. */
export interface LayerWeights {
  /** [out, in], row by row */
  weight: Float32Array;
  /** [out] */
  bias: Float32Array;
  inputs: number;
  outputs: number;
}

/** What was changed while a run was in flight, and when. */
export interface SettingsChange {
  /** Epochs trained before the change, with their fraction: 2.5 is the middle of the third. */
  epochs: number;
  /** Updates made before the change. */
  update: number;
  changes: LiveChanges;
}

/** A trained network with all that is needed to use it elsewhere. */
export interface Checkpoint {
  run: number;
  layers: LayerWeights[];
  activation: Activation;
  /** As the run began; changes tells what became of them. */
  settings: Settings;
  changes: SettingsChange[];
  dataset: Pick<
    DatasetInfo,
    'name' | 'hash' | 'rows' | 'columns' | 'classNames' | 'trainCount' | 'testCount' | 'testSource'
  >;
  result: EpochResult;
}

// ── Commands: page → main ──────────────────────────────────────────────────────────────────────────────────────────

const nothing = z.undefined();
/** Part of a file's name, and no path. */
const FILE_NAME = z.string().regex(/^[\w -]{1,80}$/);

/** After what training pauses by itself. */
export const STEPS = ['batch', 'epoch', 'end'] as const;
export type Step = (typeof STEPS)[number];

/** What main parses before it acts; the sender is checked too. */
export const COMMAND_ARGUMENTS = {
  /** Opens the folder picker, then the chosen folder. */
  chooseDataset: nothing,
  /** Opened again with the answer where the first try ended with a question. */
  openFolder: z.strictObject({
    folder: z.string().min(1).max(32_768),
    collection: z.string().max(1024).optional(),
    transposed: z.boolean().optional(),
    holdOut: z.number().min(0.01).max(0.5).optional(),
  }),
  openBuiltin: nothing,
  /** Asks for a page of images, which comes as the event browsed. Label null: of all classes. */
  browse: z.strictObject({
    set: z.enum(['train', 'test']),
    label: z.int().min(0).max(999).nullable(),
    from: z.int().min(0),
    count: z.int().min(1).max(1000),
  }),
  /** Until: pauses after the first batch or epoch. */
  train: z.strictObject({ settings: settingsSchema, until: z.enum(STEPS) }),
  /**
   * Whether a view is in front that shows training: otherwise the trainer need not tell of every change, nor make way
   * for drawing.
   */
  watch: z.strictObject({ watching: z.boolean() }),
  pause: nothing,
  /** Goes on with a run that is paused, and pauses again after the next batch, at the end of the epoch, or not. */
  resume: z.strictObject({ until: z.enum(STEPS) }),
  stop: nothing,
  /** Adds epochs to a run that was completed or stopped, or is in flight. */
  extend: z.strictObject({ epochs: z.int().min(1).max(1000), until: z.enum(STEPS) }),
  /** Changes the run in flight, from its next update on. */
  change: z.strictObject({ changes: liveChangesSchema }),
  /** Asks for training images as augmentation would show them, which come as the event augmented. */
  augment: z.strictObject({ settings: settingsSchema, count: z.int().min(1).max(100) }),
  /**
   * Asks for what comes out of a layer of the present network for every test image, which comes as the event
   * activations.
   */
  activations: z.strictObject({ layer: z.int().min(0).max(6) }),
  /** Asks for the training images that look most like a test image, which come as the event nearest. */
  nearest: z.strictObject({ image: z.int().min(0), count: z.int().min(1).max(100) }),
  /**
   * Opens the save dialog, then writes a rectangle of the window as a PNG. In CSS pixels: main knows the zoom. Name: of
   * the file, without its ending.
   */
  savePicture: z.strictObject({
    name: FILE_NAME,
    x: z.number().min(0),
    y: z.number().min(0),
    width: z.number().positive().max(32_768),
    height: z.number().positive().max(32_768),
  }),
  /** Opens the save dialog, then writes a table as CSV, a drawing as SVG or a report as HTML. */
  saveText: z.strictObject({
    kind: z.enum(['table', 'drawing', 'report']),
    name: FILE_NAME,
    text: z.string().max(100_000_000),
  }),
  /** Opens a dialog, then reads settings from the chosen file. Fields that it leaves out are those of the base. */
  openSettings: z.strictObject({ base: settingsSchema }),
  /** Opens the save dialog, then writes them as JSON. */
  saveSettings: z.strictObject({ settings: settingsSchema }),
  copyText: z.strictObject({ text: z.string().max(100_000) }),
  pasteText: nothing,
  /**
   * After the trainer was lost: a new one, the same dataset and, where a run was cut off, that run from the end of its
   * last epoch on.
   */
  restartTrainer: nothing,
  ...DESKTOP_COMMAND_ARGUMENTS,
  ...NETWORK_COMMAND_ARGUMENTS,
  ...RUN_COMMAND_ARGUMENTS,
} as const satisfies Record<string, z.ZodType>;

export type CommandName = keyof typeof COMMAND_ARGUMENTS;
export type CommandArguments = { [K in CommandName]: z.infer<(typeof COMMAND_ARGUMENTS)[K]> };

export type BrowseRequest = CommandArguments['browse'];

export interface CommandResults extends DesktopCommandResults, NetworkCommandResults, RunCommandResults {
  /** undefined: the user closed the picker. */
  chooseDataset: OpenResult | undefined;
  openFolder: OpenResult;
  openBuiltin: OpenResult;
  browse: void;
  train: { run: number };
  watch: void;
  pause: void;
  resume: void;
  stop: void;
  extend: void;
  change: void;
  augment: void;
  activations: void;
  nearest: void;
  /** undefined: the user closed the dialog. */
  savePicture: { file: string } | undefined;
  saveText: { file: string } | undefined;
  /** undefined: the user closed the dialog. */
  openSettings: Settings | undefined;
  saveSettings: { file: string } | undefined;
  copyText: void;
  pasteText: string;
  restartTrainer: void;
}

/** The answer to a command. Failures are values: an exception would lose its code on the way. */
export type Answer<T> = { ok: true; value: T } | { ok: false; error: Failure };

// ── Notices: main → page ───────────────────────────────────────────────────────────────────────────────────────────

export type Notice =
  /** The trainer process is gone. What the page shows stays true; the command restartTrainer starts a new one. */
  { kind: 'trainer-lost'; error: Failure } | DesktopNotice | NetworkNotice | RunNotice;

// ── Orders: main → trainer ─────────────────────────────────────────────────────────────────────────────────────────

export type Order =
  /** Comes with the port for events; the page at its other end has just loaded. */
  | { kind: 'attach' }
  | { kind: 'watch'; watching: boolean }
  /** The build of the kernels for every engine that is created from now on. */
  | { kind: 'kernels'; simd: KernelBuild }
  | { kind: 'load'; source: DatasetSource; files: Collection }
  | ({ kind: 'browse' } & BrowseRequest)
  /**
   * Start: weights to begin with instead of random ones. Until undefined: they are judged, as if after epoch 0, and not
   * trained.
   */
  | { kind: 'train'; run: number; settings: Settings; until: Step | undefined; start?: LayerState[] | undefined }
  /** Shows a run that was kept, as it was at the end of its last epoch; until: and goes on with it. */
  | { kind: 'open'; run: number; stored: StoredRun; until: Step | undefined }
  | { kind: 'pause' }
  | { kind: 'resume'; until: Step }
  | { kind: 'stop' }
  | { kind: 'extend'; epochs: number; until: Step }
  | { kind: 'change'; changes: LiveChanges }
  | { kind: 'augment'; settings: Settings; count: number }
  | { kind: 'activations'; layer: number }
  | { kind: 'nearest'; image: number; count: number };

// ── Reports: trainer → main ────────────────────────────────────────────────────────────────────────────────────────

export type Report =
  | { kind: 'loaded'; dataset: DatasetInfo; trialImages: TrialImages }
  | { kind: 'load-refused'; error: Failure }
  /** Share of the run that is done, 0 to 1. */
  | { kind: 'progress'; run: number; done: number }
  | { kind: 'paused'; run: number; paused: boolean }
  /** A new run, before its first update. */
  | { kind: 'began'; run: number; engine: EngineDetails; position: ResumePoint }
  /** What can be exported now; epoch: what is to be kept of the epoch that has just ended. */
  | { kind: 'checkpoint'; checkpoint: Checkpoint; epoch: EpochRecord | undefined }
  /** The best weights were put back at the end of an epoch. */
  | { kind: 'restored'; run: number; position: ResumePoint; result: EpochResult }
  /** The run is over, whichever way; one that has not failed can be extended. */
  | { kind: 'ended'; run: number; reason: FinishReason | 'failed'; message: string | undefined };

// ── Events: trainer → page ─────────────────────────────────────────────────────────────────────────────────────────

/** Events of a run carry its number; a page drops those of other runs. */
export type TrainerEvent =
  /** Share of the files that is read, 0 to 1. */
  | { kind: 'loading'; done: number }
  | ({ kind: 'dataset' } & DatasetShown)
  | { kind: 'browsed'; page: BrowsedPage }
  | { kind: 'augmented'; images: AugmentedImages }
  /**
   * ScheduleStart: epochs trained before the schedule of the learning rate began, where a kept run goes on; 0 unless
   * told.
   */
  | { kind: 'started'; run: number; settings: Settings; sizes: number[]; engine: EngineDetails; scheduleStart?: number }
  /** At most six a second; points are those since the last progress event. */
  | { kind: 'progress'; run: number; progress: Progress; points: TrainPoint[] }
  /** At most five a second, and seldom enough to take little of the time. */
  | { kind: 'weights'; run: number; network: Network }
  | { kind: 'gradients'; run: number; gradients: Gradients }
  | { kind: 'frame'; run: number; frame: WeightFrame }
  | { kind: 'epoch'; run: number; result: EpochResult; predictions: TestPredictions }
  /** Of a run that was kept: what its network makes of the test images now. It has the weights of this epoch. */
  | { kind: 'predictions'; run: number; epoch: number; predictions: TestPredictions }
  /** An answer, where there is a run; of requests that came too fast only the last has one. */
  | { kind: 'activations'; run: number; activations: TestActivations }
  | { kind: 'nearest'; images: NearestImages }
  | { kind: 'paused'; run: number; paused: boolean }
  | { kind: 'changed'; run: number; change: SettingsChange }
  /**
   * The run now has this many epochs in all. ScheduleStart: as of started, if the run goes on after its end; undefined
   * if it was in flight.
   */
  | { kind: 'extended'; run: number; epochs: number; scheduleStart?: number }
  /** The best weights by the validation images were put back: those after this epoch, with its predictions. */
  | { kind: 'restored'; run: number; epoch: number; predictions: TestPredictions }
  | { kind: 'finished'; run: number; reason: FinishReason }
  | { kind: 'failed'; run: number; error: Failure }
  /** The first event on every port: the events that lead to the present state, in order, none of them lost. */
  | { kind: 'snapshot'; events: LoggedEvent[] };

/** Those that a page which has just loaded must see; the others it needs only at the moment, or asks for again. */
export type LoggedEvent = Exclude<
  TrainerEvent,
  { kind: 'snapshot' | 'loading' | 'browsed' | 'augmented' | 'activations' | 'nearest' }
>;

export type RunEvent = Extract<TrainerEvent, { run: number }>;

// ── What the preload script gives to the page ──────────────────────────────────────────────────────────────────────

export interface WindowApi {
  command<K extends CommandName>(name: K, args: CommandArguments[K]): Promise<Answer<CommandResults[K]>>;
  onNotice(listener: (notice: Notice) => void): void;
  /** The path of a file or folder that was dropped on the page; empty when it has none. */
  pathOf(file: File): string;
}

// What the page knows of the trainer: a pure reducer from events to state. Knows no port, no clock and no component.
import type { RunEvent, TrainerEvent } from '../../src-shared/contract';
import type { DatasetInfo } from '../../src-shared/data/dataset';
import type { AugmentedImages, BrowsedPage, NearestImages } from '../../src-shared/data/images';
import type { Network } from '../../src-shared/networks/layers';
import type { EngineDetails } from '../../src-shared/runs/engine-details';
import { addFrame, type WeightFrame } from '../../src-shared/runs/frames';
import type { Gradients } from '../../src-shared/runs/gradients';
import type { TestActivations, TestPredictions } from '../../src-shared/runs/predictions';
import type { FinishReason, Progress } from '../../src-shared/runs/progress';
import type { EpochResult, TrainPoint } from '../../src-shared/runs/score';
import type { Settings, SettingsChange } from '../../src-shared/settings/settings';
import { assertNever, type Failure } from '../../src-shared/errors';
import { addGradients, addPoints, addThinned, MOST_PREDICTIONS } from '../../src-shared/runs/thin-history';
import { findMistakes, type Mistakes } from './find-mistakes';

export interface LoadedDataset {
  info: DatasetInfo;
  /** [testCount, rows × columns] */
  testImages: Uint8Array;
  testLabels: Uint16Array;
  /** A few training images of each class, [samples, rows × columns]. */
  samples: Uint8Array;
  sampleLabels: Uint16Array;
  /** Of the training images: [classes, rows × columns] */
  meanImages: Uint8Array;
}

export type Phase = 'running' | 'paused' | FinishReason | 'failed' | 'lost';

/** What is kept of an epoch's predictions. */
export interface PastPredictions {
  epoch: number;
  /** Class of each test image. */
  predicted: Uint16Array;
  /** In 255ths. */
  confidence: Uint8Array;
}

export interface Run {
  number: number;
  phase: Phase;
  failure: Failure | undefined;
  /** As the run began; liveSettings tells what changes have made of them. */
  settings: Settings;
  /** In their order. */
  changes: SettingsChange[];
  /** In all: those of the settings, and what was added. */
  epochs: number;
  /** Epochs trained before the schedule of the learning rate began: 0, or where a finished run was told to go on. */
  scheduleStart: number;
  /** Units of every layer, from the pixels to the classes. */
  sizes: number[];
  engine: EngineDetails;
  progress: Progress | undefined;
  /** Thinned out evenly in a long run, as gradients and history are: what the page keeps of a run is bounded. */
  points: TrainPoint[];
  results: EpochResult[];
  /** All weights, as they were a moment ago. */
  network: Network | undefined;
  /** The first layer epoch by epoch, as far as there was room for it. */
  frames: WeightFrame[];
  /** In their order. All have the lengths of the gradients, only the newest has histograms. */
  gradients: Gradients[];
  /** Of the newest epoch in results, or of the one that is kept. */
  predictions: TestPredictions | undefined;
  mistakes: Mistakes | undefined;
  /**
   * What each test image was read as, epoch by epoch, as far as it was sent: of a stored run only the last is known.
   */
  history: PastPredictions[];
  /** What was asked for last. */
  activations: TestActivations | undefined;
  /** The epoch whose weights were put back at the end, as the best. */
  kept: number | undefined;
}

export interface TrainingState {
  dataset: LoadedDataset | undefined;
  /**
   * Share of the next dataset's files that is read; its dataset event ends it, or the answer to the command that opens
   * it.
   */
  loading: number | undefined;
  /** The page of images that was asked for last, of the dataset above. */
  browsed: BrowsedPage | undefined;
  /** Training images as the augmentation that was asked for last shows them. */
  augmented: AugmentedImages | undefined;
  /** The training images that look most like the test image that was asked for last. */
  nearest: NearestImages | undefined;
  run: Run | undefined;
  /** Why the trainer process is gone, until a new one shows itself. */
  lost: Failure | undefined;
}

const NO_LABELS = new Uint16Array();

export const EMPTY_STATE: TrainingState = {
  dataset: undefined,
  loading: undefined,
  browsed: undefined,
  augmented: undefined,
  nearest: undefined,
  run: undefined,
  lost: undefined,
};

export function reduce(state: TrainingState, event: TrainerEvent): TrainingState {
  switch (event.kind) {
    case 'snapshot':
      return event.events.reduce<TrainingState>(reduce, EMPTY_STATE);
    case 'dataset': {
      const { dataset: info, testImages, testLabels, samples, sampleLabels, meanImages } = event;
      // Mistakes of an earlier run point into the test set that has just gone.
      return {
        ...EMPTY_STATE,
        lost: state.lost,
        dataset: { info, testImages, testLabels, samples, sampleLabels, meanImages },
      };
    }
    case 'loading':
      return { ...state, loading: event.done };
    case 'browsed':
      return { ...state, browsed: event.page };
    case 'augmented':
      return { ...state, augmented: event.images };
    case 'nearest':
      return { ...state, nearest: event.images };
    case 'started':
      return { ...state, run: startedRun(event) };
    default: {
      if (event.run !== state.run?.number) return state;
      return { ...state, run: reduceRun(state.run, event, state.dataset?.testLabels ?? NO_LABELS) };
    }
  }
}

/** The trainer process is gone: all that was seen stays, and a run in flight is cut off. */
export function loseTrainer(state: TrainingState, lost: Failure): TrainingState {
  const run = isActive(state.run) ? { ...state.run, phase: 'lost' as const } : state.run;
  return { ...state, run, lost };
}

/** The command that opens a dataset begins or is over: no share of another one's files is true any more. */
export function endLoading(state: TrainingState): TrainingState {
  return { ...state, loading: undefined };
}

/** The settings of a run as they stand after its changes. */
export function liveSettings({ settings, changes }: Pick<Run, 'settings' | 'changes'>): Settings {
  return changes.reduce<Settings>((live, change) => ({ ...live, ...(change.changes as Partial<Settings>) }), settings);
}

/** Whether a run is over in a way that lets it go on: nothing of it was lost. */
export function isExtendable(run: Run | undefined): run is Run {
  return run?.phase === 'completed' || run?.phase === 'stopped' || run?.phase === 'early';
}

/** Whether it shows a network of a file, which has not been trained here. */
export function isOpened(run: Run | undefined): run is Run {
  const over: boolean = !isActive(run);
  return over && run?.results.at(-1)?.epoch === 0;
}

export function isActive(run: Run | undefined): run is Run {
  return run?.phase === 'running' || run?.phase === 'paused';
}

/** Of the newest epoch, or of the one whose weights were put back. */
export function shownResult({ results, kept }: Run): EpochResult | undefined {
  return results.find(({ epoch }) => epoch === kept) ?? results.at(-1);
}

/** Epochs trained so far with their fraction: 9.2 is a fifth into the tenth. */
export function epochsTrained(run: Run): number {
  const { progress, results, phase } = run;
  const whole = results.at(-1)?.epoch ?? 0;
  if (!progress || phase === 'completed') return whole;
  return Math.max(whole, progress.epoch - 1 + progress.batch / progress.batches);
}

/** Where the axis of a run's epochs ends: one that was cut short has no room for epochs that it never saw. */
export function shownEpochs(run: Run): number {
  const whole = run.phase === 'running' || run.phase === 'paused' || run.phase === 'completed';
  return whole ? run.epochs : Math.max(1, Math.ceil(epochsTrained(run)));
}

function startedRun({
  run: number,
  settings,
  sizes,
  engine,
  scheduleStart = 0,
}: Extract<TrainerEvent, { kind: 'started' }>): Run {
  return {
    number,
    phase: 'running',
    failure: undefined,
    settings,
    changes: [],
    epochs: settings.epochs,
    scheduleStart,
    sizes,
    engine,
    progress: undefined,
    points: [],
    results: [],
    network: undefined,
    frames: [],
    gradients: [],
    predictions: undefined,
    mistakes: undefined,
    history: [],
    activations: undefined,
    kept: undefined,
  };
}

function reduceRun(run: Run, event: Exclude<RunEvent, { kind: 'started' }>, labels: Uint16Array): Run {
  switch (event.kind) {
    case 'progress':
      return { ...run, progress: event.progress, points: addPoints(run.points, event.points) };
    case 'weights':
      return { ...run, network: event.network };
    case 'gradients':
      return { ...run, gradients: addGradients(run.gradients, event.gradients) };
    case 'frame':
      return { ...run, frames: addFrame(run.frames, event.frame) };
    case 'activations':
      return { ...run, activations: event.activations };
    case 'epoch':
      return {
        ...run,
        results: [...run.results, event.result],
        history: addPredictions(run.history, event.result.epoch, event.predictions),
        ...readingOf(event.predictions, labels),
      };
    case 'predictions':
      return {
        ...run,
        history: addPredictions(run.history, event.epoch, event.predictions),
        ...readingOf(event.predictions, labels),
      };
    case 'paused':
      return { ...run, phase: event.paused ? 'paused' : 'running' };
    case 'changed':
      return { ...run, changes: [...run.changes, event.change] };
    case 'extended':
      return extendedRun(run, event);
    case 'restored':
      return { ...run, kept: event.epoch, ...readingOf(event.predictions, labels) };
    case 'finished':
      return { ...run, phase: event.reason };
    case 'failed':
      return { ...run, phase: 'failed', failure: event.error };
    default:
      return assertNever(event);
  }
}

/** In a snapshot older epochs have none. */
function readingOf(predictions: TestPredictions, labels: Uint16Array): Partial<Run> {
  if (predictions.probabilities.length === 0) return {};
  return { predictions, mistakes: findMistakes(predictions, labels) };
}

/** Adds what the network made of the test images after an epoch; nothing if that was not stored. */
function addPredictions(
  history: PastPredictions[],
  epoch: number,
  { predicted, confidence }: TestPredictions,
): PastPredictions[] {
  if (predicted.length === 0) return history;
  const others = history.filter((known) => known.epoch !== epoch);
  const past = { epoch, predicted, confidence: Uint8Array.from(confidence, (share) => Math.round(share * 255)) };
  return addThinned(others, [past], MOST_PREDICTIONS, (known) => known.epoch);
}

/** One that was over goes on, from weights that are no longer those of the epoch that was kept. */
function extendedRun(run: Run, { epochs, scheduleStart }: Extract<RunEvent, { kind: 'extended' }>): Run {
  if (scheduleStart === undefined) return { ...run, epochs };
  return { ...run, epochs, scheduleStart, phase: 'running', kept: undefined };
}

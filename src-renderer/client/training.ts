// The page's state of training: a pure reducer over the trainer's events, without ports, clocks or components.
import { addFrame, type WeightFrame } from '../../src-shared/runs/frames';
import type { TestActivations, TestPredictions } from '../../src-shared/runs/predictions';
import type { Settings, SettingsChange } from '../../src-shared/settings/settings';
import type { Network } from '../../src-shared/networks/layers';
import type { Gradients } from '../../src-shared/runs/gradients';
import type { FinishReason, Progress } from '../../src-shared/runs/progress';
import type { StoredName } from '../../src-shared/runs/runs';
import type { EpochResult, TrainPoint } from '../../src-shared/runs/score';
import type { EngineDetails } from '../../src-shared/runs/engine-details';
import type { DatasetInfo } from '../../src-shared/data/dataset';
import type { AugmentedImages, BrowsedPage, NearestImages } from '../../src-shared/data/images';
import type { RunEvent, TrainerEvent } from '../../src-shared/contract';
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

/** Predictions of an earlier epoch, in compact form. */
export interface PastPredictions {
  epoch: number;
  /** Predicted class of each test image. */
  predicted: Uint16Array;
  /** 0 to 255 for 0 to 1. */
  confidence: Uint8Array;
}

export interface Run {
  /** Of this session: events carry it. stored has the number that a person sees. */
  number: number;
  /** Undefined until the run is on the disk, a moment after it has started. */
  stored?: StoredName | undefined;
  phase: Phase;
  failure: Failure | undefined;
  /** Those that the run began with; liveSettings applies the changes. */
  settings: Settings;
  /** In the order in which they were made. */
  changes: SettingsChange[];
  /** In total: those of the settings and those added. */
  epochs: number;
  /** Epoch at which the learning rate schedule began: 0, or the epoch after which a finished run was extended. */
  scheduleStart: number;
  /** Units of each layer, from pixels to classes. */
  sizes: number[];
  engine: EngineDetails;
  progress: Progress | undefined;
  /** Thinned evenly in a long run, like gradients and history, so that the page's memory is bounded. */
  points: TrainPoint[];
  results: EpochResult[];
  /** The latest weights. */
  network: Network | undefined;
  /** The first layer epoch by epoch, as far as memory allowed. */
  frames: WeightFrame[];
  /** Oldest first. All have the norms of the gradients; only the newest has histograms. */
  gradients: Gradients[];
  /** Of the newest epoch in results, or of the epoch whose weights were restored. */
  predictions: TestPredictions | undefined;
  mistakes: Mistakes | undefined;
  /** Predictions epoch by epoch. A stored run has only those of its last epoch. */
  history: PastPredictions[];
  /** Of the layer requested last. */
  activations: TestActivations | undefined;
  /** The epoch whose weights were restored at the end because they were the best. */
  kept: number | undefined;
}

export interface TrainingState {
  dataset: LoadedDataset | undefined;
  /** Share of the next dataset's files that has been read. Its dataset event, or the command's answer, ends it. */
  loading: number | undefined;
  /** The page of images requested last, of the dataset above. */
  browsed: BrowsedPage | undefined;
  /** Training images with the augmentation requested last. */
  augmented: AugmentedImages | undefined;
  /** The training images nearest to the test image requested last. */
  nearest: NearestImages | undefined;
  run: Run | undefined;
  /** The run before it on the same dataset, to be compared with it; undefined after a reload of the page. */
  previous: Run | undefined;
  /** What the newest runs are called, by their number in this session: a name may arrive before its run has started. */
  names: readonly (readonly [number, StoredName])[];
  /** Why the trainer process is gone. A snapshot from a new one clears it. */
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
  previous: undefined,
  names: [],
  lost: undefined,
};

export function reduce(state: TrainingState, event: TrainerEvent): TrainingState {
  switch (event.kind) {
    case 'snapshot':
      return event.events.reduce<TrainingState>(reduce, { ...EMPTY_STATE, names: state.names });
    case 'dataset': {
      const { dataset: info, testImages, testLabels, samples, sampleLabels, meanImages } = event;
      // Mistakes of an earlier run refer to the previous test set.
      return {
        ...EMPTY_STATE,
        lost: state.lost,
        names: state.names,
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
      return {
        ...state,
        run: startedRun(event, state.names),
        previous: hasCurves(state.run?.results) ? state.run : state.previous,
      };
    default: {
      if (event.run !== state.run?.number) return state;
      return { ...state, run: reduceRun(state.run, event, state.dataset?.testLabels ?? NO_LABELS) };
    }
  }
}

/** The trainer process is gone: everything stays on screen, and the current run is cut off. */
export function markTrainerLost(state: TrainingState, lost: Failure): TrainingState {
  const run = isActive(state.run) ? { ...state.run, phase: 'lost' as const } : state.run;
  return { ...state, run, lost };
}

/** A command that opens a dataset begins or has ended, so an earlier share of files read is out of date. */
export function endLoading(state: TrainingState): TrainingState {
  return { ...state, loading: undefined };
}

/** The settings of a run after its changes. */
export function liveSettings({ settings, changes }: Pick<Run, 'settings' | 'changes'>): Settings {
  return changes.reduce<Settings>((live, change) => ({ ...live, ...(change.changes as Partial<Settings>) }), settings);
}

/** Whether there is something of a run to compare another one with. */
const hasCurves = (results: readonly EpochResult[] = []): boolean => results.some(({ epoch }) => epoch > 0);

/** Whether a run has ended and can be extended: nothing of it was lost. */
export function isExtendable(run: Run | undefined): run is Run {
  return run?.phase === 'completed' || run?.phase === 'stopped' || run?.phase === 'early';
}

/** Whether the run is a network opened from a file, which has not been trained here. */
export function isOpened(run: Run | undefined): run is Run {
  const over: boolean = !isActive(run);
  return over && run?.results.at(-1)?.epoch === 0;
}

export function isActive(run: Run | undefined): run is Run {
  return run?.phase === 'running' || run?.phase === 'paused';
}

/** The result of the epoch whose weights were restored, else of the newest epoch. */
export function shownResult({ results, kept }: Pick<Run, 'results' | 'kept'>): EpochResult | undefined {
  return results.find(({ epoch }) => epoch === kept) ?? results.at(-1);
}

/** Epochs trained so far, with a fraction: 9.2 is a fifth into the tenth epoch. */
export function epochsTrained(run: Run): number {
  const { progress, results, phase } = run;
  const whole = results.at(-1)?.epoch ?? 0;
  if (!progress || phase === 'completed') return whole;
  return Math.max(whole, progress.epoch - 1 + progress.batch / progress.batches);
}

/**
 * The end of the axis of epochs: all planned epochs. It stays when someone stops the run, because nothing should jump
 * under their eyes. Only for a stopped run that was opened, and for one that ended early on its own, is it the last
 * epoch that was reached.
 */
export function shownEpochs(run: Run): number {
  const { phase, progress, results, epochs } = run;
  const reached = phase === 'early' || (phase === 'stopped' && !progress && results.length > 0);
  return reached ? Math.max(1, Math.ceil(epochsTrained(run))) : epochs;
}

function startedRun(
  { run: number, settings, sizes, engine, scheduleStart = 0 }: Extract<TrainerEvent, { kind: 'started' }>,
  names: TrainingState['names'],
): Run {
  return {
    number,
    stored: names.find(([session]) => session === number)?.[1],
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
        ...latestPredictions(event.predictions, labels),
      };
    case 'predictions':
      return {
        ...run,
        history: addPredictions(run.history, event.epoch, event.predictions),
        ...latestPredictions(event.predictions, labels),
      };
    case 'paused':
      return { ...run, phase: event.paused ? 'paused' : 'running' };
    case 'changed':
      return { ...run, changes: [...run.changes, event.change] };
    case 'extended':
      return extendedRun(run, event);
    case 'restored':
      return { ...run, kept: event.epoch, ...latestPredictions(event.predictions, labels) };
    case 'finished':
      return { ...run, phase: event.reason };
    case 'failed':
      return { ...run, phase: 'failed', failure: event.error };
    default:
      return assertNever(event);
  }
}

/** Nothing if the event has no predictions: a snapshot leaves out those of older epochs. */
function latestPredictions(predictions: TestPredictions, labels: Uint16Array): Partial<Run> {
  if (predictions.probabilities.length === 0) return {};
  return { predictions, mistakes: findMistakes(predictions, labels) };
}

/** Adds the predictions of an epoch; nothing if they were not stored. */
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

/** Adds epochs. A run that had ended runs again, and its weights are no longer those of the restored epoch. */
function extendedRun(run: Run, { epochs, scheduleStart }: Extract<RunEvent, { kind: 'extended' }>): Run {
  if (scheduleStart === undefined) return { ...run, epochs };
  return { ...run, epochs, scheduleStart, phase: 'running', kept: undefined };
}

// What the page knows of the trainer: a pure reducer from events to state. Knows no port, no clock and no component.
import type {
  BrowsedPage,
  DatasetInfo,
  EngineDetails,
  EpochResult,
  Mistakes,
  Progress,
  RunEvent,
  TrainerEvent,
  TrainPoint,
  WeightPictures,
} from '../src-shared/contract';
import { assertNever, type Failure } from '../src-shared/errors';
import type { Settings } from '../src-shared/settings';

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

export type Phase = 'running' | 'paused' | 'completed' | 'stopped' | 'failed' | 'lost';

export interface Run {
  number: number;
  phase: Phase;
  failure: Failure | undefined;
  settings: Settings;
  /** Units of every layer, from the pixels to the classes. */
  sizes: number[];
  engine: EngineDetails;
  progress: Progress | undefined;
  points: TrainPoint[];
  results: EpochResult[];
  weights: WeightPictures | undefined;
  /** Of the newest epoch in results. */
  mistakes: Mistakes | undefined;
}

export interface TrainingState {
  dataset: LoadedDataset | undefined;
  /** Share of the next dataset's files that is read; its dataset event ends it, or the answer to the command that opens it. */
  loading: number | undefined;
  /** The page of images that was asked for last, of the dataset above. */
  browsed: BrowsedPage | undefined;
  run: Run | undefined;
  /** Why the trainer process is gone, until a new one shows itself. */
  lost: Failure | undefined;
}

export const EMPTY_STATE: TrainingState = { dataset: undefined, loading: undefined, browsed: undefined, run: undefined, lost: undefined };

export function reduce(state: TrainingState, event: TrainerEvent): TrainingState {
  switch (event.kind) {
    case 'snapshot':
      return event.events.reduce<TrainingState>(reduce, EMPTY_STATE);
    case 'dataset': {
      const { dataset: info, testImages, testLabels, samples, sampleLabels, meanImages } = event;
      // Mistakes of an earlier run point into the test set that has just gone.
      return { ...state, dataset: { info, testImages, testLabels, samples, sampleLabels, meanImages }, loading: undefined, browsed: undefined, run: undefined };
    }
    case 'loading':
      return { ...state, loading: event.done };
    case 'browsed':
      return { ...state, browsed: event.page };
    case 'started':
      return { ...state, run: startedRun(event) };
    default: {
      if (event.run !== state.run?.number) return state;
      return { ...state, run: reduceRun(state.run, event) };
    }
  }
}

/** The trainer process is gone: all that was seen stays, and a run in flight is cut off. */
export function loseTrainer(state: TrainingState, lost: Failure): TrainingState {
  const run = isInFlight(state.run) ? { ...state.run, phase: 'lost' as const } : state.run;
  return { ...state, run, lost };
}

/** The command that opens a dataset begins or is over: no share of another one's files is true any more. */
export function endLoading(state: TrainingState): TrainingState {
  return { ...state, loading: undefined };
}

export function isInFlight(run: Run | undefined): run is Run {
  return run?.phase === 'running' || run?.phase === 'paused';
}

/** Epochs trained so far with their fraction: 9.2 is a fifth into the tenth. */
export function epochsTrained(run: Run): number {
  const { progress, results, phase } = run;
  const whole = results.at(-1)?.epoch ?? 0;
  if (!progress || phase === 'completed') return whole;
  return Math.max(whole, progress.epoch - 1 + progress.batch / progress.batches);
}

function startedRun({ run: number, settings, sizes, engine }: Extract<TrainerEvent, { kind: 'started' }>): Run {
  return {
    number,
    phase: 'running',
    failure: undefined,
    settings,
    sizes,
    engine,
    progress: undefined,
    points: [],
    results: [],
    weights: undefined,
    mistakes: undefined,
  };
}

function reduceRun(run: Run, event: Exclude<RunEvent, { kind: 'started' }>): Run {
  switch (event.kind) {
    case 'progress':
      return { ...run, progress: event.progress, points: [...run.points, ...event.points] };
    case 'weights':
      return { ...run, weights: event.pictures };
    case 'epoch':
      return { ...run, results: [...run.results, event.result], mistakes: event.mistakes };
    case 'paused':
      return { ...run, phase: event.paused ? 'paused' : 'running' };
    case 'finished':
      return { ...run, phase: event.reason };
    case 'failed':
      return { ...run, phase: 'failed', failure: event.error };
    default:
      return assertNever(event);
  }
}

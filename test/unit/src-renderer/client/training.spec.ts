import { describe, expect, it } from 'vitest';
import type { LoggedEvent, TrainerEvent } from '../../../../src-shared/contract';
import type { BrowsedPage } from '../../../../src-shared/data/images';
import type { TestPredictions } from '../../../../src-shared/runs/predictions';
import type { EpochResult } from '../../../../src-shared/runs/score';
import type { Failure } from '../../../../src-shared/errors';
import { PLAIN_SETTINGS } from '../../../../src-shared/settings/presets';
import type { Settings } from '../../../../src-shared/settings/settings';
import { MOST_GRADIENTS, MOST_POINTS, MOST_PREDICTIONS } from '../../../../src-shared/runs/thin-history';
import {
  EMPTY_STATE,
  endLoading,
  epochsTrained,
  isExtendable,
  isActive,
  liveSettings,
  loseTrainer,
  reduce,
  shownEpochs,
  shownResult,
  type TrainingState,
} from '../../../../src-renderer/client/training';

const settings: Settings = { ...PLAIN_SETTINGS, hidden: [4] };
const failure: Failure = { code: 'trainer-lost', message: 'The trainer is gone.' };

const dataset: LoggedEvent = {
  kind: 'dataset',
  dataset: {
    name: 'tiny',
    folder: '/data/tiny',
    files: [],
    trainCount: 4,
    testCount: 2,
    rows: 1,
    columns: 2,
    classNames: ['0', '1'],
    trainPerClass: [2, 2],
    testPerClass: [1, 1],
    zeroShare: 0.5,
    hash: 'ab',
    recognisedAs: undefined,
    notes: [],
    labelErrors: [],
  },
  testImages: Uint8Array.of(0, 255, 255, 0),
  testLabels: Uint16Array.of(0, 1),
  samples: Uint8Array.of(0, 255),
  sampleLabels: Uint16Array.of(1),
  meanImages: Uint8Array.of(0, 255, 255, 0),
};

/** The second of the two test images is misread. */
const predictions: TestPredictions = {
  predicted: Uint16Array.of(0, 0),
  confidence: Float32Array.of(0.9, 0.75),
  probabilities: Float32Array.of(0.9, 0.1, 0.75, 0.25),
};

function started(run: number): LoggedEvent {
  return {
    kind: 'started',
    run,
    settings,
    sizes: [2, 4, 2],
    engine: {
      name: 'reference',
      label: 'Reference',
      threads: 1,
      precision: 'float32',
      simd: 'none',
      firstLayer: 'sparse',
    },
  };
}

function progress(run: number, epoch: number, batch: number): LoggedEvent {
  return {
    kind: 'progress',
    run,
    progress: { epoch, batch, batches: 10, learningRate: 0.1, imagesPerSecond: 1000, secondsLeft: 5, memory: 1e8 },
    points: [{ epochs: epoch - 1 + batch / 10, loss: 1 / batch, accuracy: 0.5, learningRate: 0.1 }],
  };
}

function epoch(run: number, number: number): LoggedEvent {
  const result: EpochResult = {
    epoch: number,
    trainLoss: 0.5,
    trainAccuracy: 0.8,
    testLoss: 0.6,
    testAccuracy: 0.7,
    validation: undefined,
    learningRate: 0.1,
    seconds: 1,
    imagesPerSecond: 1000,
  };
  return { kind: 'epoch', run, result, predictions };
}

const weights: LoggedEvent = {
  kind: 'weights',
  run: 1,
  network: {
    epochs: 0.5,
    layers: [{ weight: Float32Array.of(-1, 1), bias: Float32Array.of(0), inputs: 2, outputs: 1 }],
  },
};

const wholeRun: LoggedEvent[] = [
  dataset,
  started(1),
  progress(1, 1, 5),
  weights,
  progress(1, 1, 10),
  epoch(1, 1),
  { kind: 'paused', run: 1, paused: true },
  { kind: 'paused', run: 1, paused: false },
  progress(1, 2, 5),
];

const play = (events: TrainerEvent[], from: TrainingState = EMPTY_STATE): TrainingState => events.reduce(reduce, from);

describe('what is dropped', () => {
  it('drops the events of every run but the current one', () => {
    const state = play([dataset, started(2)]);
    expect(
      play([progress(1, 1, 5), { ...weights }, epoch(3, 1), { kind: 'finished', run: 1, reason: 'completed' }], state),
    ).toBe(state);
  });

  it('drops events of a run before any has started', () => {
    expect(play([progress(1, 1, 5)])).toBe(EMPTY_STATE);
  });

  it('forgets the run when another dataset is loaded, whose test images its mistakes do not mean', () => {
    expect(play([...wholeRun, dataset]).run).toBeUndefined();
  });

  it('forgets all that was on screen when a snapshot comes', () => {
    expect(play([...wholeRun, { kind: 'snapshot', events: [] }])).toEqual(EMPTY_STATE);
    expect(play([{ kind: 'snapshot', events: [dataset] }], loseTrainer(EMPTY_STATE, failure)).lost).toBeUndefined();
  });
});

describe('a dataset on its way', () => {
  it('tells the share that is read, until the dataset is there', () => {
    const half = play([
      { kind: 'loading', done: 0.25 },
      { kind: 'loading', done: 0.5 },
    ]);
    expect(half.loading).toBe(0.5);
    expect(play([dataset], half).loading).toBeUndefined();
  });

  it('is forgotten when it is refused, and leaves all else as it was', () => {
    const before = play(wholeRun);
    expect(endLoading(play([{ kind: 'loading', done: 0.5 }], before))).toEqual(before);
  });

  it('leaves the dataset that is loaded on screen', () => {
    expect(play([{ kind: 'loading', done: 0.5 }], play(wholeRun))).toEqual({ ...play(wholeRun), loading: 0.5 });
  });
});

describe('a page of images', () => {
  const page = (from: number): BrowsedPage => ({
    request: { set: 'train', label: null, from, count: 1 },
    total: 4,
    indices: Uint32Array.of(from),
    labels: Uint16Array.of(0),
    pixels: Uint8Array.of(0, 255),
  });

  it('goes with the dataset that it is of', () => {
    const state = play([dataset, { kind: 'browsed', page: page(0) }]);
    expect(play([dataset], state).browsed).toBeUndefined();
    expect(play([{ kind: 'snapshot', events: [dataset] }], state).browsed).toBeUndefined();
  });

  it('is the one that came last, and touches nothing of the run', () => {
    const last = page(2);
    const state = play([...wholeRun, { kind: 'browsed', page: page(1) }, { kind: 'browsed', page: last }]);
    expect(state).toEqual({ ...play(wholeRun), browsed: last });
    expect(play([epoch(1, 2)], state).browsed).toBe(last);
  });
});

describe('what is kept', () => {
  it('shows after a snapshot what the same events showed live', () => {
    expect(play([{ kind: 'snapshot', events: wholeRun }])).toEqual(play(wholeRun));
  });

  it('goes on after a snapshot as if the page had been there all along', () => {
    const [first, rest] = [wholeRun.slice(0, 5), wholeRun.slice(5)];
    expect(play([{ kind: 'snapshot', events: first }, ...rest])).toEqual(play(wholeRun));
  });

  it('gathers points and epochs in their order, and keeps the newest of the rest', () => {
    const { run } = play(wholeRun);
    expect(run?.points.map(({ epochs }) => epochs)).toEqual([0.5, 1, 1.5]);
    expect(run?.results.map((result) => result.epoch)).toEqual([1]);
    expect(run?.network?.epochs).toBe(0.5);
    expect(run?.predictions).toBe(predictions);
    expect(run?.mistakes).toEqual({
      index: Uint32Array.of(1),
      predicted: Uint16Array.of(0),
      confidence: Float32Array.of(0.75),
      loss: Float32Array.of(-Math.log(0.25 + 1e-8)),
    });
    expect(run?.progress?.epoch).toBe(2);
  });

  it('never changes a state that it was given', () => {
    const before = play(wholeRun);
    const points = before.run!.points;
    play([progress(1, 2, 7), epoch(1, 2)], before);
    expect(before.run!.points).toBe(points);
    expect(points).toHaveLength(3);
  });

  it('starts the next run with empty curves', () => {
    const { run } = play([...wholeRun, { kind: 'finished', run: 1, reason: 'stopped' }, started(2)]);
    expect(run).toMatchObject({
      number: 2,
      phase: 'running',
      points: [],
      results: [],
      network: undefined,
      mistakes: undefined,
    });
  });
});

describe('a run of thousands of epochs', () => {
  const EPOCHS = 2500;
  const gradients = (epochs: number): LoggedEvent => ({
    kind: 'gradients',
    run: 1,
    gradients: { epochs, layers: [{ norm: 1, histogram: Uint32Array.of(1, 2), limit: 1 }] },
  });
  const point = (epochs: number) => ({ epochs, loss: 1, accuracy: 0.5, learningRate: 0.1 });
  const long = Array.from({ length: EPOCHS }, (_, k): LoggedEvent[] => [
    {
      ...(progress(1, k + 1, 10) as Extract<LoggedEvent, { kind: 'progress' }>),
      points: [point(k + 0.5), point(k + 1)],
    },
    gradients(k + 1),
    epoch(1, k + 1),
  ]).flat();
  const run = play([dataset, started(1), ...long]).run!;

  it('keeps a bounded part of its curve, its gradients and its predictions, from the first to the newest', () => {
    expect([run.points.length, run.gradients.length, run.history.length]).toEqual([
      MOST_POINTS,
      MOST_GRADIENTS,
      MOST_PREDICTIONS,
    ]);
    expect([run.points[0]!.epochs, run.gradients[0]!.epochs, run.history[0]!.epoch]).toEqual([0.5, 1, 1]);
    expect([run.points, run.gradients].map((all) => all.at(-1)!.epochs)).toEqual([EPOCHS, EPOCHS]);
    expect(run.history.at(-1)!.epoch).toBe(EPOCHS);
    expect(run.results).toHaveLength(EPOCHS);
  });

  it('has histograms of the newest gradients only', () => {
    expect(run.gradients.filter(({ layers }) => layers[0]!.histogram.length > 0).map(({ epochs }) => epochs)).toEqual([
      EPOCHS,
    ]);
    expect(run.gradients.every(({ layers }) => layers[0]!.norm === 1)).toBe(true);
  });
});

it('knows nothing of the predictions of epochs that were not stored with theirs', () => {
  const none = { predicted: new Uint16Array(), confidence: new Float32Array(), probabilities: new Float32Array() };
  const { run } = play([
    dataset,
    started(1),
    { ...(epoch(1, 1) as Extract<LoggedEvent, { kind: 'epoch' }>), predictions: none },
    epoch(1, 2),
  ]);
  expect(run!.history).toEqual([{ epoch: 2, predicted: Uint16Array.of(0, 0), confidence: Uint8Array.of(229, 191) }]);
});

describe('the phases of a run', () => {
  it('follows pause and resume, and is in flight in both', () => {
    const paused = play([dataset, started(1), { kind: 'paused', run: 1, paused: true }]);
    expect(paused.run?.phase).toBe('paused');
    expect(isActive(paused.run)).toBe(true);
    expect(reduce(paused, { kind: 'paused', run: 1, paused: false }).run?.phase).toBe('running');
  });

  it('ends as completed, stopped or failed, and is then no longer in flight', () => {
    for (const reason of ['completed', 'stopped'] as const) {
      const { run } = play([...wholeRun, { kind: 'finished', run: 1, reason }]);
      expect(run?.phase).toBe(reason);
      expect(isActive(run)).toBe(false);
    }
    const { run } = play([...wholeRun, { kind: 'failed', run: 1, error: failure }]);
    expect(run).toMatchObject({ phase: 'failed', failure });
  });

  it('cuts off a run in flight when the trainer is lost, and leaves a finished one as it is', () => {
    const cutOff = loseTrainer(play(wholeRun), failure);
    expect(cutOff.lost).toBe(failure);
    expect(cutOff.run).toMatchObject({ phase: 'lost', points: [{}, {}, {}] });
    const finished = play([...wholeRun, { kind: 'finished', run: 1, reason: 'completed' }]);
    expect(loseTrainer(finished, failure).run).toBe(finished.run);
  });
});

describe('epochs trained', () => {
  it('counts the fraction of the epoch in flight', () => {
    expect(epochsTrained(play([dataset, started(1)]).run!)).toBe(0);
    expect(epochsTrained(play(wholeRun).run!)).toBe(1.5);
  });

  it('is whole at the end of an epoch, before the next has begun', () => {
    expect(epochsTrained(play([dataset, started(1), progress(1, 1, 9), epoch(1, 1)]).run!)).toBe(1);
  });
});

describe('a run that does not stay as it began', () => {
  const change = { epochs: 1.5, update: 15, changes: { learningRate: 0.05 } };

  it('gathers its changes, and keeps the settings that it began with', () => {
    const { run } = play([...wholeRun, { kind: 'changed', run: 1, change }]);
    expect(run).toMatchObject({ changes: [change], settings: { learningRate: 0.1 } });
    expect(liveSettings(run!).learningRate).toBe(0.05);
  });

  it('has more epochs in flight, and its schedule stretches', () => {
    const { run } = play([...wholeRun, { kind: 'extended', run: 1, epochs: 25 }]);
    expect(run).toMatchObject({ phase: 'running', epochs: 25, scheduleStart: 0 });
    const waiting = play([
      ...wholeRun,
      { kind: 'paused', run: 1, paused: true },
      { kind: 'extended', run: 1, epochs: 25 },
    ]);
    expect(waiting.run).toMatchObject({ phase: 'paused', epochs: 25 });
  });

  it('goes on after its end, and forgets which epoch was kept', () => {
    const over = play([
      ...wholeRun,
      { kind: 'restored', run: 1, epoch: 1, predictions },
      { kind: 'finished', run: 1, reason: 'early' },
    ]);
    expect(over.run).toMatchObject({ phase: 'early', kept: 1 });
    expect(isExtendable(over.run)).toBe(true);
    expect(reduce(over, { kind: 'extended', run: 1, epochs: 30, scheduleStart: 0 }).run).toMatchObject({
      phase: 'running',
      kept: undefined,
      epochs: 30,
      scheduleStart: 0,
    });
  });

  it('begins a schedule anew that has come to its end', () => {
    const begun = started(1) as Extract<LoggedEvent, { kind: 'started' }>;
    const over: TrainerEvent[] = [
      dataset,
      { ...begun, settings: { ...settings, schedule: 'cosine' } },
      progress(1, 1, 10),
      epoch(1, 1),
      { kind: 'finished', run: 1, reason: 'completed' },
    ];
    expect(play([...over, { kind: 'extended', run: 1, epochs: 2, scheduleStart: 1 }]).run?.scheduleStart).toBe(1);
  });

  it('shows the mistakes of the weights that were put back', () => {
    const others = { ...predictions, predicted: Uint16Array.of(1, 1) };
    const { run } = play([...wholeRun, epoch(1, 2), { kind: 'restored', run: 1, epoch: 1, predictions: others }]);
    expect([...run!.mistakes!.index]).toEqual([0]);
    expect(shownResult(run!)?.epoch).toBe(1);
    expect(shownResult({ ...run!, kept: undefined })?.epoch).toBe(2);
  });

  it('cannot go on where something of it was lost', () => {
    expect(isExtendable(undefined)).toBe(false);
    expect(isExtendable(play(wholeRun).run)).toBe(false);
    expect(isExtendable(loseTrainer(play(wholeRun), failure).run)).toBe(false);
  });
});

it('shows all epochs to come, and of a run that was cut short those that it saw', () => {
  const { run } = play(wholeRun);
  expect(shownEpochs(run!)).toBe(run!.epochs);
  const stopped = play([...wholeRun, { kind: 'finished', run: 1, reason: 'stopped' }]).run!;
  expect(shownEpochs(stopped)).toBe(Math.ceil(epochsTrained(stopped)));
  expect(shownEpochs({ ...stopped, epochs: 200, progress: undefined, results: [] })).toBe(1);
  expect(shownEpochs({ ...stopped, phase: 'completed' })).toBe(run!.epochs);
});

it('keeps the newest augmented images, and forgets them with their dataset', () => {
  const images = { indices: Uint32Array.of(0), originals: Uint8Array.of(0, 1), pixels: Uint8Array.of(1, 0) };
  const state = play([...wholeRun, { kind: 'augmented', images }]);
  expect(state).toEqual({ ...play(wholeRun), augmented: images });
  expect(play([dataset], state).augmented).toBeUndefined();
});

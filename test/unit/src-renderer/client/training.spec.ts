import type { BrowsedPage } from '../../../../src-shared/data/images';
import { describe, expect, it } from 'vitest';
import { EMPTY_STATE, endLoading, markTrainerLost } from '../../../../src-renderer/client/training';
import type { LoggedEvent } from '../../../../src-shared/contract';
import { MOST_GRADIENTS, MOST_POINTS, MOST_PREDICTIONS } from '../../../../src-shared/runs/thin-history';
import {
  dataset,
  epoch,
  failure,
  play,
  predictions,
  progress,
  started,
  weights,
  wholeRun,
} from '../../../fixtures/trainer-events';

describe('dropped events and state', () => {
  it('drops the events of every run but the current one', () => {
    const state = play([dataset, started(2)]);
    expect(
      play([progress(1, 1, 5), { ...weights }, epoch(3, 1), { kind: 'finished', run: 1, reason: 'completed' }], state),
    ).toBe(state);
  });

  it('drops events of a run before any has started', () => {
    expect(play([progress(1, 1, 5)])).toBe(EMPTY_STATE);
  });

  it('forgets the run when another dataset is loaded, because its mistakes refer to other test images', () => {
    expect(play([...wholeRun, dataset]).run).toBeUndefined();
  });

  it('forgets everything on screen when a snapshot arrives', () => {
    expect(play([...wholeRun, { kind: 'snapshot', events: [] }])).toEqual(EMPTY_STATE);
    expect(play([{ kind: 'snapshot', events: [dataset] }], markTrainerLost(EMPTY_STATE, failure)).lost).toBeUndefined();
  });
});

describe('a dataset that is loading', () => {
  it('shows the share that has been read, until the dataset arrives', () => {
    const half = play([
      { kind: 'loading', done: 0.25 },
      { kind: 'loading', done: 0.5 },
    ]);
    expect(half.loading).toBe(0.5);
    expect(play([dataset], half).loading).toBeUndefined();
  });

  it('is forgotten when it fails, and leaves everything else as it was', () => {
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

  it('is dropped with its dataset', () => {
    const state = play([dataset, { kind: 'browsed', page: page(0) }]);
    expect(play([dataset], state).browsed).toBeUndefined();
    expect(play([{ kind: 'snapshot', events: [dataset] }], state).browsed).toBeUndefined();
  });

  it('is the latest one, and leaves the run alone', () => {
    const last = page(2);
    const state = play([...wholeRun, { kind: 'browsed', page: page(1) }, { kind: 'browsed', page: last }]);
    expect(state).toEqual({ ...play(wholeRun), browsed: last });
    expect(play([epoch(1, 2)], state).browsed).toBe(last);
  });
});

describe('state that is kept', () => {
  it('shows after a snapshot what the same events showed live', () => {
    expect(play([{ kind: 'snapshot', events: wholeRun }])).toEqual(play(wholeRun));
  });

  it('continues after a snapshot as if the page had been open all along', () => {
    const [first, rest] = [wholeRun.slice(0, 5), wholeRun.slice(5)];
    expect(play([{ kind: 'snapshot', events: first }, ...rest])).toEqual(play(wholeRun));
  });

  it('collects points and epochs in order, and keeps the newest of everything else', () => {
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

  it('never mutates the given state', () => {
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

  it('keeps the run before to compare with, unless it has no curves or another dataset', () => {
    const first = play([...wholeRun, { kind: 'finished', run: 1, reason: 'stopped' }]);
    const second = play([started(2)], first);
    expect(second.previous).toBe(first.run);
    expect(play([started(3)], second).previous).toBe(first.run);
    expect(play([dataset], second).previous).toBeUndefined();
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

  it('keeps a bounded part of its curves, its gradients and its predictions, from the first to the newest', () => {
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

  it('keeps only the newest histograms', () => {
    expect(run.gradients.filter(({ layers }) => layers[0]!.histogram.length > 0).map(({ epochs }) => epochs)).toEqual([
      EPOCHS,
    ]);
    expect(run.gradients.every(({ layers }) => layers[0]!.norm === 1)).toBe(true);
  });
});

it('has no history of epochs whose predictions were not stored', () => {
  const none = { predicted: new Uint16Array(), confidence: new Float32Array(), probabilities: new Float32Array() };
  const { run } = play([
    dataset,
    started(1),
    { ...(epoch(1, 1) as Extract<LoggedEvent, { kind: 'epoch' }>), predictions: none },
    epoch(1, 2),
  ]);
  expect(run!.history).toEqual([{ epoch: 2, predicted: Uint16Array.of(0, 0), confidence: Uint8Array.of(229, 191) }]);
});

it('keeps the newest augmented images, and forgets them with their dataset', () => {
  const images = { indices: Uint32Array.of(0), originals: Uint8Array.of(0, 1), pixels: Uint8Array.of(1, 0) };
  const state = play([...wholeRun, { kind: 'augmented', images }]);
  expect(state).toEqual({ ...play(wholeRun), augmented: images });
  expect(play([dataset], state).augmented).toBeUndefined();
});

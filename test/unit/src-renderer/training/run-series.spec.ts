import { describe, expect, it } from 'vitest';
import type { Gradients } from '../../../../src-shared/runs/gradients';
import type { EpochResult, TrainPoint } from '../../../../src-shared/runs/score';
import {
  curvesOf,
  extremesOf,
  ghostOf,
  gradientLines,
  measureLines,
  rateLines,
  WHOLE_RUN,
} from '../../../../src-renderer/training/run-series';

const points: TrainPoint[] = [0.5, 1, 1.5, 2].map((epochs, k) => ({
  epochs,
  loss: 1 / (k + 1),
  accuracy: 1 - 0.1 / (k + 1),
  learningRate: 0.1 * (k + 1),
}));
const results = [0.9, 0.99].map(
  (testAccuracy, k) =>
    ({
      epoch: k + 1,
      trainLoss: 0.5,
      trainAccuracy: 0.9,
      testLoss: 0.3 - 0.1 * k,
      testAccuracy,
      validation: undefined,
      learningRate: 0.1,
      seconds: 1,
      imagesPerSecond: 1,
    }) satisfies EpochResult,
);
const gradients: Gradients[] = [0.5, 1.5].map((epochs) => ({
  epochs,
  layers: [1, 2].map((norm) => ({ norm: norm * epochs, histogram: new Uint32Array(1), limit: 1 })),
}));

describe('the lines of a run', () => {
  const curves = curvesOf({ points, results }, 'accuracy', 2);

  it('are unchanged on a linear axis', () => {
    const { series, axis, formatValue, formatTick } = measureLines(curves, 'accuracy', WHOLE_RUN);
    expect(series.map(({ name, points: line }) => [name, line.length])).toEqual([
      ['train', 4],
      ['test', 2],
      ['valid.', 0],
    ]);
    expect(axis).toMatchObject({ max: 1, log: false });
    expect([formatValue(0.987), formatTick(0.98)]).toEqual(['98.7%', '98%']);
  });

  it('of accuracy become errors on a logarithmic axis, small ones at the top, still labelled as accuracy', () => {
    const { series, axis, formatValue, formatTick } = measureLines(curves, 'accuracy', { ...WHOLE_RUN, log: true });
    expect(series[1]!.points.map(({ y }) => Number(y.toFixed(6)))).toEqual([0.1, 0.01]);
    expect(axis).toMatchObject({ log: true, reverse: true, min: 0.01, max: 0.1 });
    expect([formatValue(0.013), formatTick(0.01), formatTick(0.002)]).toEqual(['98.7%', '99%', '99.8%']);
  });

  it('without any error still fit on a logarithmic axis', () => {
    const { series } = measureLines({ train: [{ x: 1, y: 1 }], test: [], validation: [] }, 'accuracy', {
      ...WHOLE_RUN,
      log: true,
    });
    expect(series[0]!.points[0]!.y).toBe(1e-4);
  });

  it('include the raw curve, faint, if it is smoothed', () => {
    const { series } = measureLines(curves, 'loss', { ...WHOLE_RUN, smoothing: 1 });
    expect(series.map(({ name }) => name)).toEqual(['', 'train', 'test', 'valid.']);
    expect(series[0]!.points).toEqual(curves.train);
  });

  it('of a part of the run have an axis for the values in that part', () => {
    const { axis } = measureLines(curvesOf({ points, results }, 'loss', 2), 'loss', {
      ...WHOLE_RUN,
      range: { from: 1.4, to: 2 },
    });
    expect(axis.min).toBeGreaterThan(0);
    expect(axis.max).toBeLessThan(0.7);
  });
});

it('the best values have their epochs', () => {
  expect(extremesOf(curvesOf({ points, results }, 'loss', 2), 'loss')).toEqual([
    { name: 'train', last: 0.25, best: { x: 2, y: 0.25 } },
    { name: 'test', last: results[1]!.testLoss, best: { x: 2, y: results[1]!.testLoss } },
  ]);
});

it('the learning rate has a line, and each gradient one named by its layer', () => {
  expect(rateLines({ points }).series[0]!.points.map(({ x, y }) => [x, y])).toEqual(
    points.map(({ epochs, learningRate }) => [epochs, learningRate]),
  );
  expect(rateLines({ points: [] }).axis).toMatchObject({ min: 0, max: 0.1 });
  const { series, axis } = gradientLines({ gradients });
  expect(series.map(({ name, points: line }) => [name, line.map(({ y }) => y)])).toEqual([
    ['layer 1', [0.5, 1.5]],
    ['output', [1, 3]],
  ]);
  expect(axis).toEqual({ min: 0.5, max: 5, log: true });
  expect(gradientLines({ gradients: [] }).series).toEqual([]);
});

describe('the curve of an earlier run behind the others', () => {
  const curves = curvesOf({ points, results }, 'accuracy', 2);
  const earlier = [0.6, 0.94, 0.95, 0.96].map((testAccuracy, k) => ({ ...results[0]!, epoch: k + 1, testAccuracy }));

  it('goes to the end of the axis and not further', () => {
    expect(ghostOf({ name: '#1', results: earlier }, 'accuracy', 3).test.map(({ x }) => x)).toEqual([1, 2, 3]);
    expect(ghostOf({ name: '#1', results: earlier }, 'accuracy', 2.5).test.map(({ x }) => x)).toEqual([1, 2, 3]);
    expect(ghostOf({ name: '#1', results: earlier }, 'accuracy', 9).test).toHaveLength(4);
  });

  it('is the last line, and is within the axis unless that squeezes the other lines', () => {
    const ghost = ghostOf({ name: '#1', results: earlier }, 'accuracy', 4);
    const { series, axis } = measureLines(curves, 'accuracy', WHOLE_RUN, ghost);
    expect(series.at(-1)).toMatchObject({ name: '#1', behind: true });
    expect(axis.min).toBe(measureLines(curves, 'accuracy', WHOLE_RUN).axis.min);
    const near = { name: '#1', test: [{ x: 1, y: 0.82 }] };
    expect(measureLines(curves, 'accuracy', WHOLE_RUN, near).axis.min).toBeLessThanOrEqual(0.82);
  });

  it('has the axis to itself before the other lines begin', () => {
    const none = { train: [], test: [], validation: [] };
    const { axis } = measureLines(none, 'loss', WHOLE_RUN, { name: '#1', test: [{ x: 1, y: 0.18 }] });
    expect(axis.max).toBeCloseTo(0.2);
  });
});

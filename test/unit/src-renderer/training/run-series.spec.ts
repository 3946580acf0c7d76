import { describe, expect, it } from 'vitest';
import type { Gradients } from '../../../../src-shared/runs/gradients';
import type { EpochResult, TrainPoint } from '../../../../src-shared/runs/score';
import {
  curvesOf,
  extremesOf,
  gradientLines,
  measureLines,
  rateLines,
  WHOLE,
} from '../../../../src-renderer/training/run-series';
import { runTable } from '../../../../src-renderer/training/run-table';

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

  it('stand as they are on a linear axis', () => {
    const { series, axis, formatValue, formatTick } = measureLines(curves, 'accuracy', WHOLE);
    expect(series.map(({ name, points: line }) => [name, line.length])).toEqual([
      ['train', 4],
      ['test', 2],
      ['valid.', 0],
    ]);
    expect(axis).toMatchObject({ max: 1, log: false });
    expect([formatValue(0.987), formatTick(0.98)]).toEqual(['98.7%', '98%']);
  });

  it('of accuracy stand as errors on a logarithmic one, small ones at the top, and are still called accuracy', () => {
    const { series, axis, formatValue, formatTick } = measureLines(curves, 'accuracy', { ...WHOLE, log: true });
    expect(series[1]!.points.map(({ y }) => Number(y.toFixed(6)))).toEqual([0.1, 0.01]);
    expect(axis).toMatchObject({ log: true, reverse: true, min: 0.01, max: 0.1 });
    expect([formatValue(0.013), formatTick(0.01), formatTick(0.002)]).toEqual(['98.7%', '99%', '99.8%']);
  });

  it('without any error still have a place on a logarithmic axis', () => {
    const { series } = measureLines({ train: [{ x: 1, y: 1 }], test: [], validation: [] }, 'accuracy', {
      ...WHOLE,
      log: true,
    });
    expect(series[0]!.points[0]!.y).toBe(1e-4);
  });

  it('keep the raw curve faintly where it is smoothed', () => {
    const { series } = measureLines(curves, 'loss', { ...WHOLE, smoothing: 1 });
    expect(series.map(({ name }) => name)).toEqual(['', 'train', 'test', 'valid.']);
    expect(series[0]!.points).toEqual(curves.train);
  });

  it('of a part of the run use the room for the values in it', () => {
    const { axis } = measureLines(curvesOf({ points, results }, 'loss', 2), 'loss', {
      ...WHOLE,
      range: { from: 1.4, to: 2 },
    });
    expect(axis.min).toBeGreaterThan(0);
    expect(axis.max).toBeLessThan(0.7);
  });
});

it('last and best values know their epochs', () => {
  expect(extremesOf(curvesOf({ points, results }, 'loss', 2), 'loss')).toEqual([
    { name: 'train', last: 0.25, best: { x: 2, y: 0.25 } },
    { name: 'test', last: results[1]!.testLoss, best: { x: 2, y: results[1]!.testLoss } },
  ]);
});

it('learning rate and gradients have a line each, named by their layers', () => {
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

it('the table has a row for each point, epoch and gradient, all equally long', () => {
  const lines = runTable({ points, results, gradients }).trimEnd().split('\r\n');
  expect(lines).toHaveLength(1 + 4 + 2 + 2);
  expect(new Set(lines.map((line) => line.split(',').length))).toEqual(new Set([11]));
  expect(lines[1]).toBe('point,0.5,1,0.9,,,,,0.1,,');
  expect(lines.at(-1)).toBe('gradient,1.5,,,,,,,,1.5,3');
});

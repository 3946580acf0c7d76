import { describe, expect, it } from 'vitest';
import {
  lineName,
  overlayEpochs,
  overlayLines,
  type OverlaidRun,
} from '../../../../../src-renderer/runs/compare/overlay';
import type { Theme } from '../../../../../src-renderer/charts/theme';
import { epochResult, runRecord, runSummary } from '../../../../fixtures/runs';

const overlaid = (slot: number, accuracies: number[], changes: Parameters<typeof runSummary>[1] = {}): OverlaidRun => ({
  slot,
  record: {
    ...runRecord(
      runSummary(slot, changes),
      accuracies.map((accuracy, k) => epochResult(k + 1, accuracy)),
    ),
    points: [{ epochs: 0.5, loss: 0.4, accuracy: 0.5, learningRate: 0.1 }],
  },
});
const LOOK = { range: undefined, log: false, train: true, nameLength: 15 };
const theme = { classes: Array.from({ length: 10 }, (_, k) => `#00000${k}`) } as Theme;

describe('the curves of several runs', () => {
  const runs = [overlaid(3, [0.8, 0.9]), overlaid(5, [0.7, 0.98])];

  it('have the colour of their run, with training dashed and unnamed', () => {
    const { series } = overlayLines(
      runs.map((run) => [run]),
      'accuracy',
      LOOK,
    );
    expect(
      series.map(({ name, dash, points, color }) => [name, dash !== undefined, points.length, color(theme)]),
    ).toEqual([
      ['', true, 1, '#000003'],
      ['■ #3 Run 3', false, 2, '#000003'],
      ['', true, 1, '#000005'],
      ['■ #5 Run 5', false, 2, '#000005'],
    ]);
  });

  it('as one have a mean, and a band from the lowest to the highest within the axis', () => {
    const { series, axis } = overlayLines([runs], 'accuracy', { ...LOOK, train: false });
    expect(series.map(({ name, band }) => [name, band])).toEqual([
      ['', false],
      ['', true],
      ['', undefined],
      ['■ #3…5 mean of 2', undefined],
    ]);
    expect(series.map(({ points }) => points.map(({ y }) => Number(y.toFixed(3))))).toEqual([
      [0.7, 0.9],
      [0.8, 0.98],
      [],
      [0.75, 0.94],
    ]);
    expect(axis.min).toBeLessThanOrEqual(0.7);
  });

  it('of training are means by epoch if several runs are one', () => {
    const { series } = overlayLines([runs], 'accuracy', LOOK);
    expect(series[2]!.points.map(({ x }) => x)).toEqual([1, 2]);
  });

  it('are drawn as errors on a logarithmic axis', () => {
    const { series, axis } = overlayLines([[runs[0]!]], 'accuracy', { ...LOOK, log: true });
    expect(series[1]!.points.map(({ y }) => Number(y.toFixed(3)))).toEqual([0.2, 0.1]);
    expect(axis).toMatchObject({ log: true, reverse: true });
  });

  it('end with the longest run, or where a run that is training will end', () => {
    expect(overlayEpochs([runs])).toBe(2);
    expect(overlayEpochs([[overlaid(0, [0.5], { status: 'running' })]])).toBe(20);
    expect(overlayEpochs([])).toBe(1);
  });

  it('have names that fit at their ends', () => {
    const name = lineName([overlaid(0, [], { name: '256 ReLU · SGD 0.1 · seed 12' })], 15);
    expect(name).toBe('◆ #0 256 ReL…seed 12');
    expect(lineName([], 15)).toBe('');
  });
});

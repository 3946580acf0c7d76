import { describe, expect, it } from 'vitest';
import {
  formatRate,
  scheduleCurve,
  scheduleDot,
  scheduleInWords,
  shortRate,
} from '../../../../src-renderer/settings/schedule-curve';

const constant = { schedule: 'constant', learningRate: 0.1, warmupEpochs: 0, stepEpochs: 10, stepFactor: 0.5 } as const;

describe("the learning rate's curve", () => {
  it('is as high as the largest rate and as long as the training', () => {
    const { most, points } = scheduleCurve({ ...constant, schedule: 'cosine', warmupEpochs: 2 }, 20);
    expect(most).toBeCloseTo(0.1);
    expect(points[0]).toEqual([0, 0]);
    expect(points.at(-1)![0]).toBe(1);
    expect(points.at(-1)![1]).toBeCloseTo(0);
    expect(Math.max(...points.map(([, y]) => y))).toBe(1);
  });

  it('steps down', () => {
    const { points } = scheduleCurve({ ...constant, schedule: 'step' }, 20);
    expect(points.find(([x]) => x > 0.45)![1]).toBe(1);
    expect(points.find(([x]) => x > 0.55)![1]).toBeCloseTo(0.5);
  });

  it('starts at the epoch from which a finished run is extended', () => {
    const { points } = scheduleCurve({ ...constant, schedule: 'cosine' }, 30, 20);
    expect(points[0]![0]).toBeCloseTo(2 / 3);
    expect(points[0]![1]).toBe(1);
    expect(points.at(-1)![0]).toBeCloseTo(1);
  });

  it('has a dot at the current epoch, never outside', () => {
    const curve = scheduleCurve(constant, 20);
    expect(scheduleDot(curve, 5, 0.05)).toEqual([0.25, 0.5]);
    expect(scheduleDot(curve, 25, 0.2)).toEqual([1, 1]);
  });

  it('has a description in words', () => {
    expect(scheduleInWords(scheduleCurve(constant, 20))).toBe('Learning rate over 20 epochs: 0.1 to the end');
    expect(scheduleInWords(scheduleCurve({ ...constant, schedule: 'cosine', warmupEpochs: 2 }, 20))).toBe(
      'Learning rate over 20 epochs: from 0 up to 0.1 at epoch 2, at the end 0',
    );
  });
});

it('writes a learning rate with a fixed width', () => {
  expect([0.03125, 0.1, 0, 2, 0.00012345].map(formatRate)).toEqual([
    '0.03125',
    '0.10000',
    '0.00000',
    '2.00000',
    '0.00012',
  ]);
  expect(formatRate(0.0000123)).toBe('1.23e−5');
  expect([0.1, 0.00123456, 0.00002].map(shortRate)).toEqual(['0.1', '0.00123', '2.0e−5']);
});

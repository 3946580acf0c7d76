import { describe, expect, it } from 'vitest';
import {
  CostLimit,
  pointsPerEpoch,
  RateLimit,
  secondsLeft,
  StepSize,
  TrainCurve,
} from '../../../../../src-main/trainer/progress/progress';

describe('RateLimit', () => {
  it('allows one action in an interval', () => {
    let time = 0;
    const limit = new RateLimit(100, () => time);
    const passed = Array.from({ length: 50 }, () => {
      time += 10;
      return limit.ready();
    });
    expect(passed.filter(Boolean).length).toBe(5);
    expect(passed[0]).toBe(true);
  });
});

describe('CostLimit', () => {
  /** How often an action of this cost is performed. Both in milliseconds. */
  function passesIn(second: number, cost: number): number {
    let time = 0;
    let passed = 0;
    const limit = new CostLimit(0.05, () => time);
    while (time < second) {
      limit.attempt(() => {
        time += cost;
        passed++;
      });
      time += 1;
    }
    return passed;
  }

  it('allows an action a share of the time', () => {
    expect(passesIn(1000, 1)).toBe(50);
    expect(passesIn(10_000, 20)).toBe(25); // 20 of 400 ms
  });
});

describe('StepSize', () => {
  it('doubles while a step is short, halves while it is long, and is never less than one', () => {
    const size = new StepSize(4);
    const after = [1, 1, 15, 30, 30, 500, 500, 500, 500].map((milliseconds) => {
      size.record(milliseconds);
      return size.count;
    });
    expect(after).toEqual([8, 16, 16, 8, 4, 2, 1, 1, 1]);
  });
});

describe('progress', () => {
  it('estimates the time left from the mean speed so far', () => {
    expect(secondsLeft(0.25, 10)).toBe(30);
    expect(secondsLeft(1, 10)).toBe(0);
    expect(secondsLeft(0, 10)).toBe(Infinity);
  });

  it('gives long runs fewer points per epoch, and never more than one per batch', () => {
    expect(pointsPerEpoch(20, 937)).toBe(50);
    expect(pointsPerEpoch(1000, 937)).toBe(10);
    expect(pointsPerEpoch(1, 3)).toBe(3);
  });
});

describe('TrainCurve', () => {
  it('averages the batches between two points, and ends each epoch with a point', () => {
    const curve = new TrainCurve(2);
    [1, 2, 3, 4, 5].forEach((loss) => curve.add(loss, 5, 10, loss / 5, 1 / loss));
    expect(curve.take()).toEqual([
      { epochs: 0.6, loss: 2, accuracy: 0.5, learningRate: 1 / 3 },
      { epochs: 1, loss: 4.5, accuracy: 0.5, learningRate: 1 / 5 },
    ]);
    expect(curve.take()).toEqual([]);
  });
});

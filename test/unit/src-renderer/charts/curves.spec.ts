import { describe, expect, it } from 'vitest';
import type { TrainPoint } from '../../../../src-shared/runs/score';
import {
  accuracyAxis,
  lossAxis,
  placeLabels,
  testCurve,
  trainCurve,
  validationCurve,
  valuesToShow,
} from '../../../../src-renderer/charts/curves';

function points(count: number, epochs: number, value: (at: number) => number): TrainPoint[] {
  return Array.from({ length: count }, (_, index) => {
    const at = ((index + 1) / count) * epochs;
    return { epochs: at, loss: value(at), accuracy: value(at), learningRate: 0.1 };
  });
}

describe('the training curve', () => {
  it('leaves out values that are not numbers', () => {
    expect(trainCurve([{ epochs: 0.5, loss: NaN, accuracy: 0, learningRate: 1 }], 'loss', 1)).toEqual([]);
  });

  it('averages many points into few, each at the end of its bin', () => {
    const curve = trainCurve(
      points(1000, 20, (at) => at),
      'loss',
      20,
    );
    expect(curve.length).toBeLessThan(150);
    expect(curve.at(-1)!.x).toBeCloseTo(20);
    expect(curve.at(-1)!.y).toBeCloseTo(19.9, 1);
  });

  it('keeps the mean, however many epochs a point covers', () => {
    const curve = trainCurve(
      [
        { epochs: 10, loss: 9, accuracy: 0, learningRate: 1 },
        { epochs: 13, loss: 1, accuracy: 0, learningRate: 1 },
        { epochs: 14, loss: 5, accuracy: 0, learningRate: 1 },
      ],
      'loss',
      1200,
    );
    expect(curve).toHaveLength(2);
    expect(curve[1]).toEqual({ x: 14, y: expect.closeTo(2) });
  });

  it('does not change earlier points when more arrive', () => {
    const all = points(500, 10, (at) => 1 / at);
    const before = trainCurve(all.slice(0, 300), 'loss', 10);
    expect(trainCurve(all, 'loss', 10).slice(0, before.length - 1)).toEqual(before.slice(0, -1));
  });

  it('shows the first epoch in more detail than a long run could', () => {
    expect(
      trainCurve(
        points(50, 1, () => 1),
        'loss',
        1000,
      ).length,
    ).toBe(20);
  });
});

describe('the axes', () => {
  it('leave out the steep start once there is more to see', () => {
    const train = [
      { x: 0.1, y: 2 },
      { x: 1, y: 0.3 },
      { x: 5, y: 0.1 },
    ];
    expect(valuesToShow(train, [{ x: 1, y: 0.2 }])).toEqual([0.3, 0.1, 0.2]);
    expect(valuesToShow(train.slice(0, 1), [])).toEqual([2]);
  });

  it('begin the loss at zero and end it at a round number above all values', () => {
    expect(lossAxis([])).toEqual({ min: 0, max: 2.5, step: 0.5 });
    expect(lossAxis([0.37, 0.05]).max).toBeCloseTo(0.4);
    expect(lossAxis([2.302]).max).toBe(2.5);
    expect(lossAxis([9.9]).max).toBeGreaterThan(9.9);
    expect(lossAxis([1234]).max).toBeGreaterThan(1234);
  });

  it('end the accuracy at 100% and begin it at a round number below all values', () => {
    expect(accuracyAxis([])).toEqual({ min: 0, max: 1, step: 0.2 });
    expect(accuracyAxis([0.933, 0.98])).toEqual({ min: 0.92, max: 1, step: 0.02 });
    expect(accuracyAxis([0.1]).min).toBe(0);
    expect(accuracyAxis([0.999]).min).toBe(0.96);
  });
});

describe('labels at the ends of lines', () => {
  it('keep their wanted heights if there is room', () => {
    expect(placeLabels([50, 20], 16, 0, 100)).toEqual([50, 20]);
  });

  it('move apart by as much as they would overlap, and keep their order', () => {
    expect(placeLabels([50, 54], 16, 0, 100)).toEqual([44, 60]);
    expect(placeLabels([54, 50], 16, 0, 100)).toEqual([60, 44]);
  });

  it('find room for three, whichever of them touch', () => {
    expect(placeLabels([50, 54, 90], 16, 0, 100)).toEqual([44, 60, 90]);
    expect(placeLabels([50, 50, 50], 16, 0, 100)).toEqual([34, 50, 66]);
    // The first two move apart, and so into the third.
    expect(placeLabels([50, 54, 70], 16, 0, 100)).toEqual([42, 58, 74]);
    expect(placeLabels([99, 98, 97], 16, 0, 100)).toEqual([92, 76, 60]);
    expect(placeLabels([], 16, 0, 100)).toEqual([]);
  });

  it('stay inside, even where both lines leave the chart', () => {
    expect(placeLabels([-30, -20], 16, 0, 100)).toEqual([8, 24]);
    expect(placeLabels([130, 99], 16, 0, 100)).toEqual([92, 76]);
  });
});

it('draws a test point for each epoch', () => {
  const result = {
    epoch: 3,
    trainLoss: 0,
    trainAccuracy: 0,
    testLoss: 0.2,
    testAccuracy: 0.9,
    validation: undefined,
    learningRate: 0.1,
    seconds: 1,
    imagesPerSecond: 1,
  };
  expect(testCurve([result], 'loss')).toEqual([{ x: 3, y: 0.2 }]);
  expect(testCurve([{ ...result, testLoss: Infinity }], 'loss')).toEqual([]);
});

it('draws a validation point only for an epoch that was validated', () => {
  const result = {
    epoch: 3,
    trainLoss: 0,
    trainAccuracy: 0,
    testLoss: 0.2,
    testAccuracy: 0.9,
    validation: undefined,
    learningRate: 0.1,
    seconds: 1,
    imagesPerSecond: 1,
  };
  expect(validationCurve([result], 'loss')).toEqual([]);
  expect(validationCurve([{ ...result, validation: { loss: 0.3, accuracy: 0.8 } }], 'accuracy')).toEqual([
    { x: 3, y: 0.8 },
  ]);
  expect(valuesToShow([], [], [{ x: 1, y: 0.4 }])).toEqual([0.4]);
});

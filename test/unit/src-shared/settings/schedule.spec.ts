// Learning rates against the schedulers of PyTorch: numbers from test/fixtures/golden/make_learning_golden.py.
import { describe, expect, it } from 'vitest';
import { learningRateAt, type ScheduleSettings } from '../../../../src-shared/settings/schedule';
import { goldenLearning } from '../../../fixtures/golden/learning';

const { oneCycle, cosine, step, warmup, warmupThenStep } = goldenLearning.schedules;
const plain: ScheduleSettings = {
  schedule: 'constant',
  learningRate: 0.2,
  warmupEpochs: 0,
  stepEpochs: 3,
  stepFactor: 0.5,
};

function expectClose(actual: number, expected: number): void {
  expect(Math.abs(actual - expected), `${actual} should be ${expected}`).toBeLessThanOrEqual(1e-12 + 1e-9 * expected);
}

describe('the learning rate of an update', () => {
  it('is the learning rate if the schedule is constant', () => {
    expect([0, 0.5, 7, 10].map((epoch) => learningRateAt(plain, epoch, 10))).toEqual([0.2, 0.2, 0.2, 0.2]);
  });

  it('falls in steps like StepLR', () => {
    step.values.forEach((expected, epoch) =>
      expectClose(learningRateAt({ ...plain, schedule: 'step' }, epoch, 13), expected),
    );
  });

  it('takes no step early or late if a sum of fractions misses the epoch by a hair', () => {
    expectClose(learningRateAt({ ...plain, schedule: 'step' }, 3 - 1e-12, 13), 0.1);
    expectClose(learningRateAt({ ...plain, schedule: 'step' }, 3 - 1e-3, 13), 0.2);
  });

  it('falls along half a cosine like CosineAnnealingLR', () => {
    cosine.values.forEach((expected, epoch) =>
      expectClose(learningRateAt({ ...plain, schedule: 'cosine' }, epoch, 12), expected),
    );
  });

  // OneCycleLR has its peak at step 0.3 × steps − 1 and its end at the last step: t is 0.3 and 1 there.
  it('rises and falls like OneCycleLR', () => {
    const last = oneCycle.values.length - 1;
    const peak = 0.3 * oneCycle.values.length - 1;
    oneCycle.values.forEach((expected, k) => {
      const t = k <= peak ? (0.3 * k) / peak : 0.3 + (0.7 * (k - peak)) / (last - peak);
      expectClose(learningRateAt({ ...plain, schedule: 'one-cycle' }, 20 * t, 20), expected);
    });
  });

  // LinearLR from a fifth is one step ahead of a warm-up from zero over five epochs.
  it('warms up in a straight line like LinearLR, and then stays', () => {
    warmup.values.forEach((expected, k) =>
      expectClose(learningRateAt({ ...plain, warmupEpochs: 5 }, k + 1, 20), expected),
    );
    expect(learningRateAt({ ...plain, warmupEpochs: 5 }, 0, 20)).toBe(0);
  });

  it('counts epochs from the end of the warm-up, like SequentialLR', () => {
    const settings: ScheduleSettings = { ...plain, schedule: 'step', warmupEpochs: 5 };
    warmupThenStep.values.forEach((expected, k) => expectClose(learningRateAt(settings, k + 1, 20), expected));
    expectClose(learningRateAt({ ...settings, schedule: 'cosine' }, 5 + 7.5, 20), 0.1);
    expectClose(learningRateAt({ ...settings, schedule: 'one-cycle' }, 5, 20), 0.2 / 25);
    expectClose(learningRateAt({ ...settings, schedule: 'one-cycle' }, 5 + 0.3 * 15, 20), 0.2);
  });

  it('only warms up if the warm-up takes all epochs', () => {
    const settings: ScheduleSettings = { ...plain, schedule: 'cosine', warmupEpochs: 50 };
    expectClose(learningRateAt(settings, 5, 10), 0.1);
    expectClose(learningRateAt(settings, 9, 10), 0.18);
  });
});

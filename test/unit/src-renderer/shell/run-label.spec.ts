import { describe, expect, it } from 'vitest';
import type { Phase, Run } from '../../../../src-renderer/client/training';
import { announcement, runDetail, runLabel } from '../../../../src-renderer/shell/run-label';
import { PLAIN_SETTINGS } from '../../../../src-shared/settings/presets';

function run(phase: Phase, epochs: number): Run {
  return {
    number: 1,
    phase,
    failure: undefined,
    settings: { ...PLAIN_SETTINGS, hidden: [256] },
    changes: [],
    epochs: 20,
    scheduleStart: 0,
    sizes: [784, 256, 10],
    engine: {
      name: 'reference',
      label: 'Reference engine',
      threads: 1,
      precision: 'float32',
      simd: 'none',
      firstLayer: 'sparse',
    },
    progress: {
      epoch: Math.floor(epochs) + 1,
      batch: Math.round((epochs % 1) * 100),
      batches: 100,
      learningRate: 0.1,
      imagesPerSecond: 9000,
      secondsLeft: 79.2,
      memory: 1e8,
    },
    points: [],
    results: Array.from({ length: Math.floor(epochs) }, (_, index) => ({
      epoch: index + 1,
      trainLoss: 0.1,
      trainAccuracy: 0.97,
      testLoss: 0.081,
      testAccuracy: 0.9763,
      validation: undefined,
      learningRate: 0.1,
      seconds: 6,
      imagesPerSecond: 9000,
    })),
    network: undefined,
    frames: [],
    gradients: [],
    predictions: undefined,
    mistakes: undefined,
    history: [],
    activations: undefined,
    kept: undefined,
  };
}

describe('a run in words', () => {
  it('says that training can start before there is one', () => {
    expect(runLabel(undefined)).toBe('Ready to train');
    expect(announcement(undefined)).toBe('');
  });

  it('says how far it is and how much time is left', () => {
    expect([runLabel(run('running', 9.2)), runDetail(run('running', 9.2))]).toEqual([
      'Epoch 9.2 of 20',
      '1 min 20 s left',
    ]);
    expect(runLabel(run('paused', 9.2))).toBe('Paused at epoch 9.2 of 20');
  });

  it('says how it ended', () => {
    expect([runLabel(run('completed', 20)), runDetail(run('completed', 20))]).toEqual([
      'Finished: 20 epochs',
      'test accuracy 97.6%',
    ]);
    expect(runLabel(run('stopped', 9.2))).toBe('Stopped at epoch 9.2 of 20');
    expect(announcement(run('completed', 20))).toBe('Finished: 20 epochs, test accuracy 97.6%');
  });

  it('says which epoch was restored, and its accuracy', () => {
    const early: Run = { ...run('early', 12), kept: 7 };
    const results = early.results.map((result) => ({ ...result, testAccuracy: result.epoch / 100 }));
    expect([runLabel(early), runDetail({ ...early, results })]).toEqual([
      'Stopped early: epoch 12',
      'best weights: epoch 7, test 7.0%',
    ]);
  });

  it('says the batch if it is paused in the middle of an epoch', () => {
    const waiting = run('paused', 9.2);
    expect(runDetail(waiting)).toBe('batch 20 of 100');
    expect(runDetail({ ...waiting, progress: { ...waiting.progress!, epoch: 9, batch: 100 } })).toBe(
      'test accuracy 97.6%',
    );
  });

  it('counts the epochs that were added', () => {
    expect(runLabel({ ...run('running', 9.2), epochs: 25 })).toBe('Epoch 9.2 of 25');
  });

  it('is announced once an epoch, not with every batch', () => {
    expect(announcement(run('running', 9.2))).toBe(announcement(run('running', 9.7)));
    expect(announcement(run('running', 9.2))).toBe('Epoch 9 of 20: test accuracy 97.6%, test loss 0.081');
  });

  it('is announced less often than once an epoch if its epochs are short', () => {
    const short = run('running', 20);
    const results = short.results.map((result) => ({ ...result, seconds: 1.5 }));
    const announced = results.map((_, k) => announcement({ ...short, results: results.slice(0, k + 1) }).split(':')[0]);
    expect([...new Set(announced)]).toEqual([
      'Epoch 1 of 20',
      'Epoch 4 of 20',
      'Epoch 7 of 20',
      'Epoch 10 of 20',
      'Epoch 14 of 20',
      'Epoch 17 of 20',
      'Epoch 20 of 20',
    ]);
  });
});

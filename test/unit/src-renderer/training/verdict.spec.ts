import { describe, expect, it } from 'vitest';
import type { Run } from '../../../../src-renderer/client/training';
import type { Reference } from '../../../../src-renderer/training/reference';
import { verdictOf } from '../../../../src-renderer/training/verdict';
import type { EpochResult } from '../../../../src-shared/runs/score';
import { epoch, play, dataset, started } from '../../../fixtures/trainer-events';

const IMAGES = 10_000;
const labels = new Uint16Array(IMAGES);
/** Right for all images but the first ones. */
const wrongFor = (images: number): Uint16Array => new Uint16Array(IMAGES).fill(1, 0, images);

const resultsOf = (accuracies: readonly number[]): EpochResult[] => {
  const { run } = play([dataset, started(1), epoch(1, 1)]);
  return accuracies.map((testAccuracy, k) => ({
    ...run!.results[0]!,
    epoch: k + 1,
    testAccuracy,
    testLoss: 2 * (1 - testAccuracy),
  }));
};

function runOf(phase: Run['phase'], accuracies: readonly number[]): Run {
  const { run } = play([dataset, started(2)]);
  const predicted = wrongFor(Math.round((1 - accuracies.at(-1)!) * IMAGES));
  return {
    ...run!,
    phase,
    results: resultsOf(accuracies),
    history: [{ epoch: accuracies.length, predicted, confidence: new Uint8Array() }],
  };
}

function referenceOf(accuracies: readonly number[], predicted?: Uint16Array): Reference {
  const results = resultsOf(accuracies);
  return {
    key: 'a',
    title: '#5 · learning rate 0.01',
    name: '#5',
    results,
    final: results.at(-1)!,
    labels,
    predictedAt: () => predicted,
  };
}

const said = (run: Run, reference: Reference, measure: 'loss' | 'accuracy' = 'accuracy'): string => {
  const { what, than, luck } = verdictOf(run, reference, measure)!;
  return `${what} ${than}, ${luck}`;
};

describe('the difference to another run in words', () => {
  it('is missing before the first epoch, for a network that was only opened, and without another run', () => {
    const reference = referenceOf([0.9]);
    expect(verdictOf(runOf('running', [0.9]), undefined, 'accuracy')).toBeUndefined();
    expect(verdictOf({ ...runOf('running', [0.9]), results: [] }, reference, 'accuracy')).toBeUndefined();
    const opened = { ...resultsOf([0.9])[0]!, epoch: 0 };
    expect(verdictOf({ ...runOf('completed', [0.9]), results: [opened] }, reference, 'loss')).toBeUndefined();
  });

  it('claims nothing that luck can explain', () => {
    const run = runOf('completed', [0.95, 0.98]);
    expect(said(run, referenceOf([0.95, 0.979]))).toBe('no clear difference to #5, luck explains ±0.4');
    expect(said(run, referenceOf([0.95, 0.98]))).toBe('no clear difference to #5, luck explains ±0.4');
  });

  it('needs a smaller difference if the predictions of both runs are known', () => {
    const run = runOf('completed', [0.95, 0.98]);
    expect(said(run, referenceOf([0.95, 0.979], wrongFor(210)))).toBe('0.1 points better than #5, luck explains ±0.06');
    expect(said(run, referenceOf([0.95, 0.984], wrongFor(160)))).toBe('0.4 points worse than #5, luck explains ±0.1');
  });

  it('is taken after the same epoch while the run trains and if it was stopped', () => {
    const reference = referenceOf([0.9, 0.95, 0.98]);
    for (const phase of ['running', 'paused', 'stopped', 'lost'] as const)
      expect(said(runOf(phase, [0.92]), reference)).toMatch(/^2.0 points better than #5 after 1 epoch,/);
    expect(said(runOf('running', [0.9, 0.95, 0.96, 0.99]), reference)).toMatch(/better than #5 after 3 epochs,/);
  });

  it('is taken at the end of both runs once the run has ended by itself', () => {
    const reference = referenceOf([0.9, 0.95, 0.98]);
    expect(said(runOf('completed', [0.9, 0.96]), reference)).toMatch(/^2.0 points worse than #5 after 3 epochs,/);
    expect(said(runOf('early', [0.9, 0.95, 0.96]), reference)).toMatch(/^2.0 points worse than #5,/);
  });

  it('of the loss only says which is lower', () => {
    const run = runOf('completed', [0.95, 0.98]);
    expect(said(run, referenceOf([0.95, 0.95]), 'loss')).toBe('0.060 lower than #5, ');
    expect(said(run, referenceOf([0.95, 0.99]), 'loss')).toBe('0.020 higher than #5, ');
    expect(said(run, referenceOf([0.95, 0.98]), 'loss')).toBe('the same loss as #5, ');
    const diverged = { ...referenceOf([0.9]), final: { ...resultsOf([0.9])[0]!, testLoss: NaN } };
    expect(verdictOf(run, diverged, 'loss')).toBeUndefined();
  });

  it('does not pair with the predictions of another epoch, such as one whose weights were restored', () => {
    const run = runOf('running', [0.979, 0.98]);
    const earlier = { ...run, history: [{ ...run.history[0]!, epoch: 1 }] };
    expect(said(earlier, referenceOf([0.979, 0.979], wrongFor(210)))).toContain('±0.4');
  });

  it('says all of it in its tooltip', () => {
    const run = runOf('completed', [0.95, 0.98]);
    expect(verdictOf(run, referenceOf([0.95, 0.979], wrongFor(210)), 'accuracy')!.says).toBe(
      '0.1 points better than #5: 98.00% and 97.90%. The choice of test images alone explains ±0.06 points (95% ' +
        'interval).',
    );
  });
});

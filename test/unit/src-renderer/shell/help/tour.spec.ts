import { describe, expect, it } from 'vitest';
import {
  following,
  settle,
  STEPS,
  stripOf,
  type TourFacts,
  type TourState,
} from '../../../../../src-renderer/shell/help/tour';
import { GLOSSARY } from '../../../../../src-renderer/glossary/glossary';
import type { Run } from '../../../../../src-renderer/client/training';
import type { LoggedEvent } from '../../../../../src-shared/contract';
import { dataset, epoch, failure, play, settings, started } from '../../../../fixtures/trainer-events';

const START: TourState = { step: 'train' };
const paused: LoggedEvent = { kind: 'paused', run: 1, paused: true };
const resumed: LoggedEvent = { kind: 'paused', run: 1, paused: false };
const finished = (run: number): LoggedEvent => ({ kind: 'finished', run, reason: 'completed' });
const runOf = (...events: LoggedEvent[]): Run => play([dataset, ...events]).run!;

function facts(run: Run | undefined, more: Partial<TourFacts> = {}): TourFacts {
  return {
    run,
    trainCount: 60_000,
    testCount: 10_000,
    lost: false,
    tab: 'training',
    image: undefined,
    strokes: 0,
    ...more,
  };
}
const withResults = (run: Run, accuracies: number[], learningRate = 0.6): Run => ({
  ...run,
  settings: { ...settings, learningRate },
  results: accuracies.map((testAccuracy, k) => ({ ...run.results[0]!, epoch: k + 1, testAccuracy })),
});

const training = runOf(started(1));
const explained = runOf(started(1), epoch(1, 1), paused);
const ended = withResults(runOf(started(1), epoch(1, 1), finished(1)), [0.886, 0.982]);

describe('without a run', () => {
  it('offers to train a small network, and nothing while the trainer is gone', () => {
    expect(stripOf(START, facts(undefined)).button?.action).toEqual({ kind: 'train' });
    expect(stripOf(START, facts(undefined, { lost: true })).button).toBeUndefined();
  });

  it('begins anew from any step but the last when another dataset is opened', () => {
    for (const step of STEPS.slice(1, -1))
      expect(settle({ step, first: { number: 1, learningRate: 0.6, accuracies: [0.9] } }, facts(undefined)).step).toBe(
        'train',
      );
    expect(settle({ step: 'done' }, facts(undefined)).step).toBe('done');
  });

  it('offers another run if one failed before its first epoch ended', () => {
    const failed = runOf(started(1), { kind: 'failed', run: 1, error: failure });
    expect(settle({ step: 'numbers' }, facts(failed))).toEqual(START);
    expect(stripOf(START, facts(failed)).button?.action).toEqual({ kind: 'train' });
  });
});

describe('the first epoch', () => {
  it('says how many weights are adjusted, and has nothing to press', () => {
    expect(settle(START, facts(training))).toBe(START);
    const { text, button } = stripOf(START, facts({ ...training, sizes: [784, 256, 10] }));
    expect(text).toContain('203,530');
    expect(button).toBeUndefined();
  });

  it('explains its numbers, until training resumes by the strip or in any other way', () => {
    const state = settle(START, facts(withResults(explained, [0.8913])));
    expect(state.step).toBe('numbers');
    const { text, button } = stripOf(state, facts(withResults(explained, [0.8913])));
    expect(text).toContain('Of 10,000 images it has never trained on, 8,913 are right: [accuracy] 89.1%.');
    expect(text).toContain('[loss Loss] 0.60');
    expect(button?.action).toEqual({ kind: 'resume' });
    const resumedRun = runOf(started(1), epoch(1, 1), paused, resumed);
    expect(settle(state, facts(resumedRun)).step).toBe('watch');
  });

  it('does not skip the numbers between the end of the epoch and the pause', () => {
    expect(settle(START, facts(runOf(started(1), epoch(1, 1))))).toEqual({ step: 'numbers' });
  });

  it('explains the numbers of a run that was there before the tour', () => {
    const state = settle(START, facts(ended));
    expect(state.step).toBe('numbers');
    expect(stripOf(state, facts(ended)).button?.action).toEqual({ kind: 'next' });
  });
});

describe('what the person does', () => {
  const mistakes = settle({ step: 'watch' }, facts(ended, { image: 7 }));

  it('waits for the end of the run, and then points at its mistakes', () => {
    expect(settle({ step: 'watch' }, facts(explained)).step).toBe('watch');
    expect(mistakes).toMatchObject({ step: 'mistakes', first: { number: 1, accuracies: [0.886, 0.982] } });
    expect(stripOf(mistakes, facts(ended)).button?.action).toEqual({ kind: 'show', tab: 'mistakes' });
    expect(stripOf(mistakes, facts(ended, { tab: 'mistakes' })).button?.action).toEqual({ kind: 'next' });
  });

  it('goes on when an image is opened, but not by one that was open before', () => {
    expect(settle(mistakes, facts(ended, { image: 7 })).step).toBe('mistakes');
    expect(settle(mistakes, facts(ended, { image: 8 })).step).toBe('draw');
  });

  it('has no mistakes to show if there are none', () => {
    const perfect = { ...ended, mistakes: { ...ended.mistakes!, index: new Uint32Array() } };
    expect(settle({ step: 'watch' }, facts(perfect)).step).toBe('draw');
  });

  it('goes on when something is drawn, also after an older drawing was cleared', () => {
    const draw = following(mistakes, facts(ended, { strokes: 3 }));
    expect(settle(draw, facts(ended, { strokes: 3 }))).toBe(draw);
    const cleared = settle(draw, facts(ended, { strokes: 0 }));
    expect(settle(cleared, facts(ended, { strokes: 1 })).step).toBe('rate');
  });

  it('keeps the results of a first run that is still training when its mistakes are shown', () => {
    const early = following({ step: 'watch' }, facts(withResults(explained, [0.886])));
    expect(settle(early, facts(ended)).first?.accuracies).toEqual([0.886, 0.982]);
  });
});

describe('the second run', () => {
  const rate = following(following(following({ step: 'watch' }, facts(ended)), facts(ended)), facts(ended));
  const second = withResults(runOf(started(2), epoch(2, 1), finished(2)), [0.754, 0.866], 3);

  it('is offered with a larger learning rate once the first has ended', () => {
    expect(rate.step).toBe('rate');
    expect(stripOf(rate, facts(ended)).button).toEqual({
      label: 'Train with 3',
      action: { kind: 'train-larger', learningRate: 3 },
    });
    expect(stripOf(rate, facts({ ...ended, phase: 'running' })).button).toBeUndefined();
  });

  it('is compared at its end, in one sentence', () => {
    expect(settle(rate, facts({ ...second, phase: 'running' })).step).toBe('rate');
    const compare = settle(rate, facts(second));
    expect(compare.step).toBe('compare');
    expect(stripOf(compare, facts(second)).text).toBe(
      'Learning rate 3 against 0.6: slower at first, 75.4% against 88.6% after one epoch, and worse at the end, ' +
        '86.6% against 98.2%.',
    );
  });

  it('is not called better or worse for a difference that luck explains', () => {
    const compare = settle(rate, facts(second));
    const text = (accuracies: number[]) => stripOf(compare, facts(withResults(second, accuracies))).text;
    expect(text([0.886, 0.985])).toContain('as fast at first');
    expect(text([0.886, 0.985])).toContain('no different beyond luck');
    expect(text([0.91, 0.987])).toContain('faster at first');
    expect(text([0.91, 0.987])).toContain('better at the end');
  });

  it('can fail: then there is nothing to compare', () => {
    const failed = runOf(started(2), { kind: 'failed', run: 2, error: failure });
    const compare = settle(rate, facts(failed));
    expect(compare.step).toBe('compare');
    expect(stripOf(compare, facts(failed)).text).toContain('nothing to compare');
    expect(following(compare, facts(failed)).step).toBe('done');
  });

  it('may be one that the person started on an earlier step', () => {
    const early = following({ step: 'watch' }, facts(ended));
    expect(settle(following(following(early, facts(second)), facts(second)), facts(second)).step).toBe('compare');
  });
});

it('every word in brackets is a term of the glossary', () => {
  const ids: string[] = GLOSSARY.map(({ id }) => id);
  const states: [TourState, Run | undefined][] = [
    [START, undefined],
    [START, training],
    ...STEPS.slice(1).map((step): [TourState, Run] => [{ step }, ended]),
    [{ step: 'compare' }, undefined],
  ];
  const words = states.flatMap(([state, run]) =>
    [...stripOf(state, facts(run)).text.matchAll(/\[(\S+?)(?: [^\]]+)?\]/g)].map(([, id]) => id!),
  );
  expect(words.length).toBeGreaterThan(4);
  expect(words.filter((id) => !ids.includes(id))).toEqual([]);
});

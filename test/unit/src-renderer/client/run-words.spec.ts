import { describe, expect, it } from 'vitest';
import {
  canResume,
  countOf,
  cutOffQuestion,
  elided,
  epochsOf,
  formatDuration,
  runsInWords,
} from '../../../../src-renderer/client/run-words';
import { runSummary } from '../../../fixtures/runs';

describe('resuming a run', () => {
  it('is not offered if the run is complete, active or damaged', () => {
    expect(canResume(runSummary(1))).toBe(false);
    expect(canResume(runSummary(1, { status: 'running', epochsTrained: 7 }))).toBe(false);
    expect(canResume(runSummary(1, { status: 'cut-off', epochsTrained: 7, resumable: false }))).toBe(false);
    expect(canResume(runSummary(1, { status: 'stopped', epochsTrained: 20 }))).toBe(false);
    expect(canResume(runSummary(1, { status: 'early', epochsTrained: 7 }))).toBe(false);
  });

  it('is offered for a run that was cut off or stopped', () => {
    expect(canResume(runSummary(1, { status: 'cut-off', epochsTrained: 7 }))).toBe(true);
    expect(canResume(runSummary(1, { status: 'stopped', epochsTrained: 7 }))).toBe(true);
    expect(cutOffQuestion(runSummary(1, { epochsTrained: 7 }))).toBe(
      'A run was cut off after epoch 7 of 20: #1 · Run 1. Resume it?',
    );
    // It may still have to restore its best weights.
    expect(canResume(runSummary(1, { status: 'cut-off', epochsTrained: 20 }))).toBe(true);
    expect(cutOffQuestion(runSummary(1, { epochsTrained: 20 }))).toBe(
      'A run was cut off at its end: “Run 1”. Finish it?',
    );
  });
});

describe('a run in words', () => {
  it('gives durations in seconds, minutes and hours', () => {
    expect([0.04, 59.94, 59.96, 200, 7500].map(formatDuration)).toEqual([
      '0.0 s',
      '59.9 s',
      '1 min 0 s',
      '3 min 20 s',
      '2 h 5 min',
    ]);
  });

  it('counts epochs and runs', () => {
    expect([epochsOf({ epochs: 20, epochsTrained: 20 }), epochsOf({ epochs: 20, epochsTrained: 7 })]).toEqual([
      '20',
      '7 of 20',
    ]);
    expect([countOf(1, 'run'), countOf(1200, 'run'), countOf(2, 'class', 'classes')]).toEqual([
      '1 run',
      '1,200 runs',
      '2 classes',
    ]);
    const [one, two] = [
      { number: 6, name: 'A' },
      { number: 7, name: 'B' },
    ];
    expect([runsInWords([one!]), runsInWords([one!, two!])]).toEqual(['#6 · A', '2 runs']);
  });

  it('keeps both ends of a long name', () => {
    expect(elided('short', 10)).toBe('short');
    expect(elided('256 ReLU · SGD 0.1 · seed 12', 17)).toBe('256 ReLU…seed 12');
    expect(elided('abcdefghij', 5)).toBe('ab…ij');
  });
});

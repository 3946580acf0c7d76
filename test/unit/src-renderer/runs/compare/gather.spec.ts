import { describe, expect, it } from 'vitest';
import { epochCurve, gatherRuns, spreadOf } from '../../../../../src-renderer/runs/compare/gather';
import { PLAIN_SETTINGS } from '../../../../../src-shared/settings/presets';
import type { RunSummary } from '../../../../../src-shared/runs/runs';
import { epochResult, runRecord, runSummary } from '../../../../fixtures/runs';

const together = (runs: RunSummary[], how: 'each' | 'seeds' | 'groups'): string[][] =>
  gatherRuns(runs, how, (run) => run).map((some) => some.map(({ name }) => name));

describe('runs as one curve', () => {
  const group = { id: 'g', name: 'Rates' };
  const runs = [
    runSummary(1),
    runSummary(2, { settings: { ...PLAIN_SETTINGS, learningRate: 0.5 }, group }),
    runSummary(3, { settings: { ...PLAIN_SETTINGS, seed: 2 }, group }),
  ];

  it('are not grouped by default', () => {
    expect(together(runs, 'each')).toEqual([['Run 1'], ['Run 2'], ['Run 3']]);
  });

  it('are grouped if only the seed differs, or if they were started together', () => {
    expect(together(runs, 'seeds')).toEqual([['Run 1', 'Run 3'], ['Run 2']]);
    expect(together(runs, 'groups')).toEqual([['Run 1'], ['Run 2', 'Run 3']]);
  });

  it('have a mean, a minimum and a maximum at every epoch that all of them have', () => {
    const curves = [
      [
        { x: 1, y: 0.5 },
        { x: 2, y: 0.8 },
        { x: 3, y: 0.9 },
      ],
      [
        { x: 1, y: 0.7 },
        { x: 2, y: 0.6 },
      ],
      [
        { x: 1, y: 0.9 },
        { x: 2, y: 0.7 },
      ],
    ];
    const spread = spreadOf(curves);
    expect(spread.map(({ x, min, max }) => [x, min, max])).toEqual([
      [1, 0.5, 0.9],
      [2, 0.6, 0.8],
    ]);
    spread.forEach(({ mean }) => expect(mean).toBeCloseTo(0.7, 12));
    expect(spreadOf([])).toEqual([]);
  });

  it('of training have a point per epoch, without those that are NaN', () => {
    const record = runRecord(runSummary(1), [epochResult(1, 0.9, 0.4), epochResult(2, 0.1, NaN)]);
    expect(epochCurve(record, 'loss')).toEqual([{ x: 1, y: 0.2 }]);
    expect(epochCurve(record, 'accuracy')).toHaveLength(2);
  });
});

import { expect, it } from 'vitest';
import { recentRuns, runLine } from '../../../../../src-renderer/shell/start/recent-runs';
import { epochResult, runSummary } from '../../../../fixtures/runs';

it('runs without an epoch, of a later version, or still training are not offered', () => {
  const kept = runSummary(4);
  const runs = [
    runSummary(1, { result: undefined }),
    runSummary(2, { untrainable: 'A later version wrote it.' }),
    runSummary(3, { status: 'running' }),
    kept,
  ];
  expect(recentRuns(runs)).toEqual([kept]);
});

it('the four newest are offered', () => {
  const runs = [6, 5, 4, 3, 2, 1].map((number) => runSummary(number));
  expect(recentRuns(runs)).toEqual(runs.slice(0, 4));
});

it('a run is named with its test accuracy', () => {
  expect(runLine(runSummary(1, { name: 'Fast', result: epochResult(6, 0.9843) }))).toEqual({
    title: '#1 · Fast',
    accuracy: '98.4%',
  });
});

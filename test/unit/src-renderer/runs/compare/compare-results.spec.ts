import { describe, expect, it } from 'vitest';
import { confusionOf } from '../../../../../src-renderer/mistakes/confusion';
import {
  curvesTable,
  differenceTable,
  disagreements,
  resultsOf,
  resultsTable,
  subtractConfusion,
} from '../../../../../src-renderer/runs/compare/compare-results';
import { epochResult, runRecord, runSummary } from '../../../../fixtures/runs';

describe('the results of a run', () => {
  it('are missing before the first epoch has ended', () => {
    expect(resultsOf(runRecord(runSummary(1), []))).toEqual({ last: undefined, best: undefined });
  });

  it('are the last, and the best by accuracy, then by loss', () => {
    const history = [epochResult(1, 0.9), epochResult(2, 0.98, 0.2), epochResult(3, 0.98, 0.1), epochResult(4, 0.97)];
    const { last, best } = resultsOf(runRecord(runSummary(1), history));
    expect([last!.epoch, best!.epoch]).toEqual([4, 3]);
  });

  it('become tables', () => {
    const record = runRecord(runSummary(1), [epochResult(1, 0.75), epochResult(2, 0.5)]);
    expect(resultsTable([record]).split('\r\n')[1]).toBe(`1,${record.summary.id},Run 1,2,0.5,0.5,1,0.75,0.25,12`);
    expect(curvesTable([record]).split('\r\n')[2]).toBe(`1,${record.summary.id},Run 1,2,0.25,0.5,0.5,0.5,,,0.1`);
  });
});

describe('two runs on the same test images', () => {
  const labels = [0, 0, 1, 1, 1];
  const first = [0, 1, 1, 1, 0];
  const second = [1, 1, 1, 0, 0];

  it('disagree if one is right and the other wrong, either way', () => {
    expect(disagreements(first, first, labels)).toEqual({
      onlyFirst: new Uint32Array(),
      onlySecond: new Uint32Array(),
    });
    expect(disagreements(first, second, labels)).toEqual({
      onlyFirst: Uint32Array.of(0, 3),
      onlySecond: new Uint32Array(),
    });
    expect(disagreements(second, first, labels).onlySecond).toEqual(Uint32Array.of(0, 3));
  });

  it('have their confusion matrices subtracted, negative in cells where the second has more', () => {
    const difference = subtractConfusion(confusionOf(first, labels, 2), confusionOf(second, labels, 2));
    expect([...difference]).toEqual([1, -1, -1, 1]);
    expect(differenceTable(difference, ['a', 'b'])).toBe('labelled \\ read,a,b\r\na,1,-1\r\nb,-1,1\r\n');
  });
});

import { describe, expect, it } from 'vitest';
import type { Run } from '../../../../src-renderer/client/training';
import { candidates, chosenOf, NONE, referenceOf } from '../../../../src-renderer/training/reference';
import type { RunRecord, RunSummary } from '../../../../src-shared/runs/runs';
import { dataset, epoch, play, predictions, started } from '../../../fixtures/trainer-events';

const opened = play([dataset]).dataset!;

/** A run of two epochs. @param id of the stored run; undefined if it could not be stored */
function runOf(number: number, id: string | undefined): Run {
  const { run } = play([dataset, started(number), epoch(number, 1), epoch(number, 2)]);
  return { ...run!, phase: 'completed', stored: id === undefined ? undefined : { id, number, name: `run ${id}` } };
}

function storedOf(id: string, run: Run | undefined, changes: Partial<RunSummary> = {}): RunSummary {
  const { name, hash, rows, columns, classNames, trainCount, testCount } = opened.info;
  return {
    id,
    number: run?.number,
    name: `run ${id}`,
    status: 'completed',
    epochsTrained: 2,
    result: run?.results.at(-1),
    dataset: { name, hash, rows, columns, classNames, trainCount, testCount },
    ...changes,
  } as RunSummary;
}

const [first, second, third] = [runOf(1, 'a'), runOf(2, 'b'), runOf(3, 'c')];
const keysOf = (...runs: Parameters<typeof candidates>) => candidates(...runs).map(({ key }) => key);

describe('the runs to compare with', () => {
  const stored = [storedOf('c', third), storedOf('b', second), storedOf('a', first)];

  it('are the run before and then the stored ones, without the shown run', () => {
    expect(keysOf({ run: third, previous: second, stored, dataset: opened })).toEqual(['b', 'a']);
    expect(keysOf({ run: third, previous: first, stored, dataset: opened })).toEqual(['a', 'b']);
    expect(keysOf({ run: second, previous: undefined, stored, dataset: opened })).toEqual(['c', 'a']);
  });

  it('are not those of other datasets, without an epoch, or the one that trains', () => {
    const others = [
      storedOf('d', undefined, { status: 'running' }),
      storedOf('e', undefined, { epochsTrained: 0 }),
      storedOf('f', undefined, { dataset: { ...stored[0]!.dataset, testCount: 1 } }),
      ...stored,
    ];
    const running: Run = { ...runOf(4, undefined), phase: 'running', results: [] };
    expect(keysOf({ run: running, previous: third, stored: others, dataset: opened })).toEqual(['c', 'b', 'a']);
  });

  it('have their numbers, and one that could not be stored is called the last run', () => {
    const named = candidates({ run: third, previous: second, stored, dataset: opened });
    expect(named.map(({ name, title }) => [name, title])).toEqual([
      ['#2', '#2 · run b'],
      ['#1', '#1 · run a'],
    ]);
    const unsaved = runOf(2, undefined);
    const [before] = candidates({ run: third, previous: unsaved, stored: [], dataset: opened });
    expect(before).toMatchObject({ key: 'previous', name: 'the last run', run: unsaved });
  });

  it('do not include the shown run if that was shown before, too, and resumed', () => {
    expect(keysOf({ run: { ...third, number: 9 }, previous: third, stored: [], dataset: opened })).toEqual([]);
  });

  it('are chosen by their key, or else the first', () => {
    const offered = candidates({ run: third, previous: second, stored, dataset: opened });
    expect(chosenOf(offered, undefined)?.key).toBe('b');
    expect(chosenOf(offered, 'a')?.key).toBe('a');
    expect(chosenOf(offered, 'gone')?.key).toBe('b');
    expect(chosenOf(offered, NONE)).toBeUndefined();
    expect(chosenOf([], undefined)).toBeUndefined();
  });
});

describe('what is known of the run to compare with', () => {
  const [before, older] = candidates({
    run: third,
    previous: second,
    stored: [storedOf('b', second), storedOf('a', first)],
    dataset: opened,
  });

  it('is nothing until a stored run has been read', () => {
    expect(referenceOf(undefined, undefined, opened.testLabels)).toBeUndefined();
    expect(referenceOf(older, undefined, opened.testLabels)).toBeUndefined();
    const record = {
      history: first.results,
      predictions: { ...predictions, epoch: 2 },
    } as unknown as RunRecord;
    const reference = referenceOf(older, record, opened.testLabels)!;
    expect(reference.final).toBe(first.results[1]);
    expect(reference.predictedAt(2)).toBe(predictions.predicted);
    expect(reference.predictedAt(1)).toBeUndefined();
  });

  it('is all of the run before, with the predictions of every epoch', () => {
    const reference = referenceOf(before, undefined, opened.testLabels)!;
    expect(reference.results).toBe(second.results);
    expect([1, 2].map((one) => reference.predictedAt(one))).toEqual([predictions.predicted, predictions.predicted]);
    expect(referenceOf({ ...before!, run: { ...second, kept: 1 } }, undefined, opened.testLabels)!.final.epoch).toBe(1);
  });
});

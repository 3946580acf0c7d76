import { describe, expect, it } from 'vitest';
import { runNumber, runTitle } from '../../../../src-renderer/client/run-title';
import { nameRun } from '../../../../src-renderer/client/name-run';
import { reduce, type TrainingState } from '../../../../src-renderer/client/training';
import { runSummary } from '../../../fixtures/runs';
import { dataset, epoch, play, started } from '../../../fixtures/trainer-events';

const titles = ({ run, previous }: TrainingState) => [run, previous].map((one) => one && runTitle(one));

describe('the title of a run on the page', () => {
  it('is its number on the disk and its name', () => {
    const state = nameRun(play([dataset, started(1)]), 1, runSummary(6, { name: 'dropout 0.2' }));
    expect(runTitle(state.run!)).toBe('#6 · dropout 0.2');
    expect(runNumber(state.run!)).toBe('#6');
  });

  it('has no number before the run is stored', () => {
    const { run } = play([dataset, started(1)]);
    expect([runTitle(run!), runNumber(run!)]).toEqual(['this run', 'this run']);
  });

  it('is also right if the name arrives before the run has started', () => {
    const named = nameRun(play([dataset]), 1, runSummary(6, { name: 'dropout 0.2' }));
    expect(titles(reduce(named, started(1)))).toEqual(['#6 · dropout 0.2', undefined]);
  });

  it('stays over a reload of the trainer’s events and a new dataset', () => {
    const named = nameRun(play([dataset]), 1, runSummary(6, { name: 'first' }));
    const again = reduce(named, { kind: 'snapshot', events: [dataset, started(1)] });
    expect(titles(again)).toEqual(['#6 · first', undefined]);
    expect(titles(reduce(reduce(again, dataset), started(1)))).toEqual(['#6 · first', undefined]);
  });

  it('changes with the name, also for the run before', () => {
    const first = nameRun(play([dataset, started(1), epoch(1, 1)]), 1, runSummary(6, { name: 'first' }));
    const second = nameRun(reduce(first, started(2)), 2, runSummary(7, { name: 'second' }));
    expect(titles(second)).toEqual(['#7 · second', '#6 · first']);
    expect(titles(nameRun(second, 1, runSummary(6, { name: 'best' })))).toEqual(['#7 · second', '#6 · best']);
  });
});

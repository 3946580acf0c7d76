import { describe, expect, it, vi } from 'vitest';
import type { Answer } from '../../../../src-shared/contract';
import type { RunList, RunSummary } from '../../../../src-shared/runs/runs';
import { isRunNotice, type SendRunCommand } from '../../../../src-renderer/client/run-api';
import { runRecord, runSummary } from '../../../fixtures/runs';

// Stand-ins for the runes, enough for the library without a page.
vi.stubGlobal(
  '$state',
  Object.assign(<T>(value: T) => value, { raw: <T>(value: T) => value }),
);
const { RunLibrary } = await import('../../../../src-renderer/runs/run-library.svelte');

const listOf = (...runs: RunSummary[]): RunList => ({ runs, deleted: { runs: 0, bytes: 0 }, setAside: [] });

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as unknown as Storage;
}

/** @param answer what main says; undefined: nothing to say */
function library(answer: (name: string, args: unknown) => unknown, kept = storage()) {
  const asked: [string, unknown][] = [];
  const send = (async (name: string, args: unknown) => {
    asked.push([name, args]);
    const value = await answer(name, args);
    return (
      value instanceof Error ? { ok: false, error: { code: 'refused', message: value.message } } : { ok: true, value }
    ) satisfies Answer<unknown>;
  }) as SendRunCommand;
  return { runs: new RunLibrary(send, kept), asked };
}

const names = (runs: readonly RunSummary[]): string[] => runs.map(({ name }) => name);

describe('the library of runs', () => {
  it('takes only notices about runs', () => {
    expect(['trainer-lost', 'menu', 'run-changed', 'queue'].map((kind) => isRunNotice({ kind }))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('keeps what it shows when a command is refused, and says why', async () => {
    const { runs } = library((name) => (name === 'listRuns' ? listOf(runSummary(1)) : new Error('The disk is full.')));
    await runs.load();
    await runs.delete([runSummary(1)]);
    expect(runs.failure?.message).toBe('The disk is full.');
    expect([names(runs.runs), runs.deletion]).toEqual([['Run 1'], []]);
    expect(await runs.open(runSummary(1).id, false)).toBe(false);
    runs.dismiss();
    expect(runs.failure).toBeUndefined();
  });

  it('says why the list could not be loaded, until it could', async () => {
    let there = false;
    const { runs } = library(() => (there ? listOf(runSummary(1)) : new Error('The folder is locked.')));
    await runs.load();
    expect([runs.loaded, runs.loadFailure?.message, runs.failure]).toEqual([false, 'The folder is locked.', undefined]);
    there = true;
    await runs.load();
    expect([runs.loaded, runs.loadFailure, names(runs.runs)]).toEqual([true, undefined, ['Run 1']]);
  });

  it('takes a change that arrives while the list is loading for the newer one', async () => {
    let answer = (_list: RunList): void => undefined;
    const { runs } = library(() => new Promise((resolve) => (answer = resolve)));
    const loading = runs.load();
    runs.receive({ kind: 'run-changed', run: runSummary(1, { epochsTrained: 8 }) });
    answer(listOf(runSummary(1, { epochsTrained: 7 })));
    await loading;
    expect(runs.runs.map(({ epochsTrained }) => epochsTrained)).toEqual([8]);
  });

  it('loads the list once more, not many times, if it changes while it is loading', async () => {
    const { runs, asked } = library(() => listOf());
    const loading = runs.load();
    runs.receive({ kind: 'runs-changed' });
    runs.receive({ kind: 'runs-changed' });
    await loading;
    expect(asked).toHaveLength(2);
  });

  it('offers a run that was cut off, unless newer ones were trained or it was declined', async () => {
    const cutOff = runSummary(1, { status: 'cut-off', epochsTrained: 7 });
    const kept = storage();
    const newer = library(() => listOf(runSummary(2), cutOff)).runs;
    await newer.load();
    expect(newer.cutOff).toBeUndefined();

    const { runs } = library(() => listOf(cutOff), kept);
    await runs.load();
    expect(runs.cutOff?.name).toBe('Run 1');
    runs.decline();
    expect(runs.cutOff).toBeUndefined();
    const again = library(() => listOf(cutOff), kept).runs;
    await again.load();
    expect(again.cutOff).toBeUndefined();
  });

  it('does not offer a run that is cut off while the page is open', async () => {
    const { runs } = library(() => listOf(runSummary(1, { status: 'running', epochsTrained: 7 })));
    await runs.load();
    runs.receive({ kind: 'run-changed', run: runSummary(1, { status: 'cut-off', epochsTrained: 7 }) });
    expect(runs.cutOff).toBeUndefined();
  });

  it('ends the offer when the run is resumed', async () => {
    const { runs, asked } = library((name) =>
      name === 'listRuns' ? listOf(runSummary(1, { status: 'cut-off', epochsTrained: 7 })) : { run: 1 },
    );
    await runs.load();
    expect(await runs.open(runs.cutOff!.id, true)).toBe(true);
    expect(asked.at(-1)).toEqual(['openRun', { id: runSummary(1).id, resume: true }]);
    expect(runs.cutOff).toBeUndefined();
  });

  it('restores what was deleted last', async () => {
    let there = [runSummary(2), runSummary(1)];
    const { runs, asked } = library((name) => {
      if (name === 'deleteRuns') there = [runSummary(2)];
      if (name === 'restoreRuns') there = [runSummary(2), runSummary(1)];
      return name === 'listRuns' ? listOf(...there) : undefined;
    });
    await runs.load();
    await runs.delete([runSummary(1)]);
    expect([names(runs.runs), names(runs.deletion)]).toEqual([['Run 2'], ['Run 1']]);
    await runs.undoDeletion();
    expect([names(runs.runs), runs.deletion]).toEqual([['Run 2', 'Run 1'], []]);
    expect(asked.filter(([name]) => name !== 'listRuns')).toEqual([
      ['deleteRuns', { ids: [runSummary(1).id] }],
      ['restoreRuns', { ids: [runSummary(1).id] }],
    ]);
  });

  it('restores a run that was set aside, by the name of its folder', async () => {
    const { runs, asked } = library(() => undefined);
    for (const path of [
      '/home/ada/runs/set-aside/20260101-000000-abcdef-012345',
      'C:\\Users\\Ada\\runs\\set-aside\\20260101-000000-abcdef-012345',
    ]) {
      await runs.bringBack(path);
      expect(asked.at(-1)).toEqual(['bringBackRun', { folder: '20260101-000000-abcdef-012345' }]);
    }
  });

  it('has nothing to restore once what was deleted is gone for good', async () => {
    const { runs } = library((name) =>
      name === 'listRuns' ? listOf() : name === 'cleanUpRuns' ? { bytes: 2_500_000 } : undefined,
    );
    await runs.delete([runSummary(1)]);
    await runs.cleanUp({ deleted: true, optimizerStates: false });
    expect([runs.deletion, runs.message]).toEqual([[], '2.5 MB freed']);
  });

  it('says how many runs wait, and that one could not be saved', () => {
    const { runs } = library(() => listOf());
    runs.receive({ kind: 'queue', waiting: 3 });
    runs.receive({ kind: 'run-not-saved', id: runSummary(1).id, message: 'The disk is full.' });
    expect([runs.waiting, runs.failure?.message]).toEqual([3, 'The disk is full.']);
  });

  it('clears the failure of a run that was not saved once it is, but no other failure', async () => {
    const { runs } = library((name) => (name === 'listRuns' ? listOf() : new Error('No.')));
    runs.receive({ kind: 'run-not-saved', id: runSummary(1).id, message: 'Another program has it open.' });
    runs.receive({ kind: 'run-saved', id: runSummary(1).id });
    expect([runs.failure, runs.message]).toEqual([undefined, 'The run is on disk again. Nothing was lost.']);
    await runs.open(runSummary(1).id, false);
    runs.receive({ kind: 'run-saved', id: runSummary(1).id });
    expect([runs.failure?.message, runs.message]).toEqual(['No.', undefined]);
  });
});

describe('the histories of runs', () => {
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('are read once, and again only when they have grown', async () => {
    const { runs, asked } = library(() => runRecord(runSummary(1, { epochsTrained: 3 }), []));
    runs.records.load([runSummary(1, { epochsTrained: 3 })]);
    runs.records.load([runSummary(1, { epochsTrained: 3 })]);
    await settled();
    runs.records.load([runSummary(1, { epochsTrained: 3 })]);
    expect([asked.length, runs.records.of(runSummary(1).id)?.summary.epochsTrained]).toEqual([1, 3]);
    runs.records.load([runSummary(1, { epochsTrained: 4 })]);
    expect(asked).toHaveLength(2);
  });

  it('are not read again and again if main knows less than the list', async () => {
    const { runs, asked } = library(() => runRecord(runSummary(1, { epochsTrained: 2 }), []));
    for (let k = 0; k < 3; k++) {
      runs.records.load([runSummary(1, { epochsTrained: 3 })]);
      await settled();
    }
    expect(asked).toHaveLength(1);
  });

  it('that cannot be read are not requested again and again', async () => {
    const { runs, asked } = library(() => new Error('The file is gone.'));
    runs.records.load([runSummary(1)]);
    await settled();
    runs.records.load([runSummary(1)]);
    expect([asked.length, runs.records.failureOf(runSummary(1).id)]).toEqual([1, 'The file is gone.']);
    runs.records.forgetFailures();
    runs.records.load([runSummary(1)]);
    expect(asked).toHaveLength(2);
  });
});

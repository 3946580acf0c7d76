// The app ends at each single write to the disk, before it or in its middle: what is read at the next start is always
// the state of one epoch.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RunStore } from '../../../../src-main/runs/run-store';
import type { SettingsChange } from '../../../../src-shared/settings/settings';
import type { EpochRecord, ResumePoint, RunId } from '../../../../src-shared/runs/runs';
import type { EpochResult } from '../../../../src-shared/runs/score';
import { cutAfter, cutNever, wasCut } from '../../../fixtures/cut-disk';
import { makeFolder } from '../../../fixtures/folders';
import { epochRecord, newRun, positionAt, resultAt, storedSettings } from '../../../fixtures/stored-runs';

vi.mock('node:fs/promises', async (original) => (await import('../../../fixtures/cut-disk')).cutDisk(await original()));

const settings = { ...storedSettings, epochs: 4, validationShare: 0.2, keep: 'best' as const, patience: 2 };
const change: SettingsChange = { epochs: 2, update: 18, changes: { learningRate: 0.05 } };
/** The second epoch is no better than the first, the third is. */
const BEST_OF = [0, 1, 1, 3, 3];

function scored(epoch: number): EpochResult {
  return { ...resultAt(epoch), validation: { loss: 1 / (epoch + 1), accuracy: 0.9 } };
}

function position(epoch: number): ResumePoint {
  const best = BEST_OF[epoch]!;
  return {
    ...positionAt(epoch, { moments: 2, settings }),
    epochs: 4,
    best: epoch === 0 ? undefined : { score: scored(best).validation!, epochsSince: epoch - best },
  };
}

function record(epoch: number): EpochRecord {
  const made = epochRecord(epoch, {
    moments: 2,
    settings,
    best: BEST_OF[epoch] === epoch,
    simd: epoch < 3 ? 'wide' : 'relaxed',
  });
  return { ...made, result: scored(epoch), resume: position(epoch), changes: epoch < 3 ? [] : [change] };
}

const restored: ResumePoint = { ...position(4), layers: position(3).layers, restored: 3 };

/** What is read when all of an epoch is there, and nothing of a later one. */
function stateOf(epoch: number, isRestored = false) {
  const history = Array.from({ length: epoch }, (_, k) => scored(k + 1));
  const best = BEST_OF[epoch]!;
  return {
    epochsTrained: epoch,
    result: history.at(isRestored ? 2 : -1),
    changes: record(epoch).changes,
    engines: epoch < 3 ? ['wide'] : ['wide', 'relaxed'],
    history,
    predictions: epoch === 0 ? undefined : { epoch, predicted: record(epoch).predictions.predicted },
    resume: isRestored ? restored : position(epoch),
    best: epoch === 0 ? undefined : { layers: position(best).layers, result: scored(best) },
  };
}
type State = ReturnType<typeof stateOf>;

async function readState(store: RunStore, id: RunId): Promise<State> {
  const {
    record: { summary, history, predictions },
    resume,
    best,
  } = await store.readForTraining(id);
  const { epochsTrained, result, changes, environment } = summary;
  const engines = [environment.engine, ...(environment.laterEngines ?? [])].map(({ simd }) => simd);
  return {
    epochsTrained,
    result,
    changes,
    engines,
    history,
    predictions: predictions && { epoch: predictions.epoch, predicted: predictions.predicted },
    resume,
    best,
  };
}

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
});
afterEach(() => remove());

/** Steps of a run's life, and the state after each. */
const LIFE: [string, (store: RunStore, id: RunId) => Promise<unknown>, State][] = [
  ['its first epoch ends', (store, id) => store.writeEpoch(id, record(1)), stateOf(1)],
  ['an epoch ends that is not the best', (store, id) => store.writeEpoch(id, record(2)), stateOf(2)],
  ['it is renamed', (store, id) => store.change(id, { name: 'renamed' }), stateOf(2)],
  ['an epoch ends that is the best', (store, id) => store.writeEpoch(id, record(3)), stateOf(3)],
  ['its last epoch ends', (store, id) => store.writeEpoch(id, record(4)), stateOf(4)],
  [
    'its best weights are put back',
    (store, id) => store.writePosition(id, restored, { result: scored(3) }),
    stateOf(4, true),
  ],
  [
    'it is said to have ended',
    (store, id) => store.writeStatus(id, { status: 'completed', message: undefined }),
    stateOf(4, true),
  ],
];

async function live(runs: string, steps: number): Promise<{ store: RunStore; id: RunId }> {
  await mkdir(runs);
  const store = await RunStore.open(runs);
  const { id } = await store.begin(newRun(settings), position(0));
  for (const [, step] of LIFE.slice(0, steps)) await step(store, id);
  return { store, id };
}

/** @returns the number of writes that there were to cut */
async function cutEach(
  steps: number,
  step: (store: RunStore, id: RunId) => Promise<unknown>,
  check: (later: RunStore, id: RunId) => Promise<void>,
): Promise<number> {
  for (let writes = 0; ; writes++) {
    for (const half of [false, true]) {
      const runs = join(folder, 'runs');
      const { store, id } = await live(runs, steps);
      cutAfter(writes, half);
      await step(store, id).catch(() => undefined);
      const cut = wasCut();
      cutNever();
      const later = await RunStore.open(runs);
      expect((await later.list()).setAside).toEqual([]);
      await check(later, id);
      await rm(runs, { recursive: true });
      if (!cut) return writes;
    }
  }
}

describe('cut off while', () => {
  it.each(LIFE.map(([name], k): [string, number] => [name, k]))(
    '%s, it is what it was or what it became',
    async (_, k) => {
      const [, step, after] = LIFE[k]!;
      const before = k === 0 ? stateOf(0) : LIFE[k - 1]![2];
      vi.spyOn(console, 'error').mockReturnValue(undefined);
      const seen = new Set<State>();
      const writes = await cutEach(k, step, async (later, id) => {
        const state = await readState(later, id);
        const expected = isDeepStrictEqual(orMadeAgain(state, before), before) ? before : after;
        expect(orMadeAgain(state, expected)).toEqual(expected);
        seen.add(expected);
        // The list agrees, also without looking at the weights.
        expect(later.summary(id)).toMatchObject({ epochsTrained: state.epochsTrained, changes: state.changes });
        expect(later.summary(id).result).toEqual(state.result);
        expect(later.summary(id).status).not.toBe('running');
      });
      expect(writes).toBeGreaterThan(1);
      expect(seen.size).toBe(isDeepStrictEqual(before, after) ? 1 : 2);
    },
    60_000,
  );

  it('it begins, it is there whole or not at all', async () => {
    for (let writes = 0; ; writes++) {
      const runs = join(folder, 'runs');
      await mkdir(runs);
      const store = await RunStore.open(runs);
      cutAfter(writes, true);
      await store.begin(newRun(settings), position(0)).catch(() => undefined);
      const cut = wasCut();
      cutNever();
      const list = await (await RunStore.open(runs)).list();
      expect([list.setAside, list.runs.length <= 1]).toEqual([[], true]);
      for (const { id } of list.runs) expect(await readState(await RunStore.open(runs), id)).toEqual(stateOf(0));
      await rm(runs, { recursive: true });
      if (!cut) break;
    }
  });

  it('its optimizer state is deleted, it is never listed as resumable without that state', async () => {
    await cutEach(
      LIFE.length,
      (store) => store.cleanUp({ deleted: false, optimizerStates: true }),
      async (later, id) => {
        const { moments } = (await later.readForTraining(id)).resume;
        expect(later.summary(id).resumable ? moments.length : 2).toBe(2);
      },
    );
  });

  it('it is extended after its end, with an epoch on the disk that run.json could not mention yet', async () => {
    const five = {
      ...record(4),
      result: { ...scored(4), epoch: 5 },
      resume: { ...position(4), epoch: 5, epochs: 5 },
      best: false,
    };
    await cutEach(
      LIFE.length,
      (store, id) => store.writeEpoch(id, five),
      async (later, id) => {
        const state = await readState(later, id);
        expect([state.epochsTrained, state.resume.epoch, later.summary(id).epochsTrained]).toEqual(
          Array(3).fill(state.resume.epoch === 5 ? 5 : 4),
        );
        expect(state.result?.epoch).toBe(state.resume.restored ?? state.resume.epoch);
      },
    );
  });
});

/**
 * Predictions can be made again: those of an epoch that did not end are left out, and those of the one before are gone.
 */
function orMadeAgain(state: State, { predictions }: State): State {
  return { ...state, predictions: state.predictions ?? predictions };
}

// Commands of the page about runs on disk, one function each.
import type { CommandFunctions, RunCommandName, RunNotice } from '../../src-shared/contract';
import { StudioError } from '../../src-shared/errors';
import type { Settings } from '../../src-shared/settings/settings';
import type { TrainerSupervisor } from '../supervisor/trainer-supervisor';
import { unfinishedWork } from '../files/unfinished-work';
import type { RunOpener } from './open-run';
import type { NewRunFacts, RunKeeper } from './run-keeper';
import type { RunQueue } from './run-queue';
import type { RunStore } from './run-store';

export type RunCommands = CommandFunctions<RunCommandName>;

export interface RunCommandContext {
  store: Promise<RunStore>;
  keeper: RunKeeper;
  queue: RunQueue;
  supervisor: TrainerSupervisor<unknown>;
  notify: (notice: RunNotice) => void;
  opener: RunOpener;
}

export function createRunCommands({
  store,
  keeper,
  queue,
  supervisor,
  notify,
  opener,
}: RunCommandContext): RunCommands {
  /** The app waits for the change before it quits. */
  function changing<T>(change: (runs: RunStore) => Promise<T>): Promise<T> {
    return unfinishedWork.during('a change to a run', store.then(change));
  }

  /** Notifies the page also after an error, because some of the runs may have changed. */
  async function changingRuns<T>(change: (runs: RunStore) => Promise<T>): Promise<T> {
    try {
      return await changing(change);
    } finally {
      notify({ kind: 'runs-changed' });
    }
  }

  return {
    listRuns: async () => (await store).list(),
    readRun: async ({ id }) => (await store).read(id),
    async changeRun({ id, ...change }) {
      return keeper.announce(await changing((runs) => runs.change(id, change)));
    },
    async deleteRuns({ ids }) {
      await changingRuns((runs) => runs.delete(ids));
    },
    async restoreRuns({ ids }) {
      await changingRuns((runs) => runs.restore(ids));
    },
    async bringBackRun({ folder }) {
      await changingRuns((runs) => runs.bringBack(folder));
    },
    cleanUpRuns: (what) => changingRuns((runs) => runs.cleanUp(what)),
    openRun: async ({ id, resume }) => ({ run: await opener.open(id, resume ? 'end' : undefined) }),
    async continueRun({ id, settings }) {
      const { record, resume } = await opener.prepare(id);
      const { summary } = record;
      refuseOtherLayers(summary.settings, settings);
      const run = supervisor.train(settings, 'end', resume.layers);
      keeper.expect(run, { ...factsOf(supervisor, settings), parent: { id, epoch: resume.restored ?? resume.epoch } });
      return { run };
    },
    trainSeveral: async ({ name, settings }) => ({ run: queue.begin(name, settings) }),
  };
}

/** What is stored of a run that is about to begin. Throws no-dataset. */
export function factsOf({ datasetInfo: info, source }: TrainerSupervisor<unknown>, settings: Settings): NewRunFacts {
  if (!info || !source)
    throw new StudioError('no-dataset', 'There is nothing to train on yet. Please open a dataset first.');
  const { name, hash, rows, columns, classNames, trainCount, testCount, testSource } = info;
  return { settings, dataset: { name, hash, rows, columns, classNames, trainCount, testCount, testSource, source } };
}

function refuseOtherLayers(before: Settings, { hidden }: Settings): void {
  if (before.hidden.join() === hidden.join()) return;
  const inWords = (units: readonly number[]) => (units.length > 0 ? units.join(', ') : 'none');
  throw new StudioError(
    'settings-refused',
    `The run has the hidden layers ${inWords(before.hidden)}, but the settings have ${inWords(hidden)}, so its ` +
      'weights do not fit. Please set the same hidden layers.',
  );
}

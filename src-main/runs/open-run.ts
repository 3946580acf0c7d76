// Opens a run that was kept: its dataset first, then the run, which is shown or gone on with.
import { isSameDataset, type DatasetInfo, type DatasetSource } from '../../src-shared/data/dataset';
import type { Step } from '../../src-shared/runs/progress';
import { StudioError } from '../../src-shared/errors';
import type { DatasetIdentity, RunId, StoredRun } from '../../src-shared/runs/runs';
import type { TrainerSupervisor } from '../supervisor/trainer-supervisor';
import type { RunKeeper } from './run-keeper';
import type { RunStore } from './run-store';

export interface RunOpenerContext {
  store: Promise<RunStore>;
  keeper: RunKeeper;
  supervisor: TrainerSupervisor<unknown>;
  /** Opens the dataset of a source that was opened before. */
  reopen: (source: DatasetIdentity['source']) => Promise<DatasetInfo>;
}

export class RunOpener {
  constructor(private readonly context: RunOpenerContext) {}

  /** Opens the run's dataset, unless it is open. Throws refused if its files have changed. */
  async prepare(id: RunId): Promise<StoredRun> {
    const { store, supervisor, reopen } = this.context;
    const stored = await (await store).readForTraining(id);
    const { dataset } = stored.record.summary;
    if (
      !supervisor.datasetInfo ||
      !supervisor.source ||
      !isReadAlike(supervisor.datasetInfo, supervisor.source, dataset)
    ) {
      const opened = await reopen(dataset.source);
      if (!isSameDataset(opened, dataset) || opened.classNames.length !== dataset.classNames.length) {
        throw new StudioError(
          'refused',
          `The run was trained on other images than those that “${opened.name}” has now. Please put the files ` +
            'back that it was trained on.',
        );
      }
    }
    return stored;
  }

  /** @param until when it pauses by itself; undefined: it is only shown. @returns the number of the run */
  async open(id: RunId, until: Step | undefined): Promise<number> {
    const stored = await this.prepare(id);
    if (until !== undefined && !stored.record.summary.resumable) {
      throw new StudioError(
        'refused',
        'What the optimizer remembered of this run was cleaned up, so it cannot go on exactly. Please continue ' +
          'it as a new run.',
      );
    }
    const run = this.context.supervisor.open(stored, until);
    this.context.keeper.adopt(run, id, until !== undefined);
    return run;
  }
}

/**
 * The same images, the same way up, in the same classes, read by the same rules. Version 0.1 did not note the way: if
 * the open dataset was turned, the run's own is opened again.
 */
function isReadAlike(open: DatasetInfo, source: DatasetSource, dataset: DatasetIdentity): boolean {
  const turned = ({ testSource }: Pick<DatasetInfo, 'testSource'>) => testSource?.transposed ?? false;
  const sameClasses = open.classNames.length === dataset.classNames.length;
  return (
    isSameDataset(open, dataset) &&
    sameClasses &&
    turned(open) === turned(dataset) &&
    haveSameRules(source, dataset.source)
  );
}

/** The MNIST that is packed with the app is the same by all rules. */
function haveSameRules(a: DatasetSource, b: DatasetSource): boolean {
  return a.kind === 'builtin' || b.kind === 'builtin' || a.rules === b.rules;
}

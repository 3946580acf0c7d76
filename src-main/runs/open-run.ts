// Opens a stored run: first its dataset, then the run itself, which is shown or resumed.
import type { Step } from '../../src-shared/runs/progress';
import { type DatasetInfo, type DatasetSource, isSameDataset } from '../../src-shared/data/dataset';
import { StudioError } from '../../src-shared/errors';
import type { DatasetIdentity, RunId, StoredRun } from '../../src-shared/runs/runs';
import type { TrainerSupervisor } from '../supervisor/trainer-supervisor';
import type { RunKeeper } from './run-keeper';
import type { RunStore } from './run-store';

export interface RunOpenerContext {
  store: Promise<RunStore>;
  keeper: RunKeeper;
  supervisor: TrainerSupervisor<unknown>;
  /** Opens a dataset that was opened before. */
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
      !isSameData(supervisor.datasetInfo, supervisor.source, dataset)
    ) {
      const opened = await reopen(dataset.source);
      if (!isSameDataset(opened, dataset) || opened.classNames.length !== dataset.classNames.length) {
        throw new StudioError(
          'refused',
          `The run was trained on images other than those that “${opened.name}” has now. Please restore the files ` +
            'that it was trained on.',
        );
      }
    }
    return stored;
  }

  /** @param until when it pauses on its own. If undefined, it is shown but not trained. @returns the run's number */
  async open(id: RunId, until: Step | undefined): Promise<number> {
    const stored = await this.prepare(id);
    if (until !== undefined && !stored.record.summary.resumable) {
      throw new StudioError(
        'refused',
        'The optimizer state of this run was cleaned up, so it cannot be resumed exactly. Please continue ' +
          'it as a new run.',
      );
    }
    const run = this.context.supervisor.open(stored, until);
    this.context.keeper.adopt(run, id, until !== undefined);
    return run;
  }
}

/**
 * True for the same images in the same orientation and classes, read by the same rules. Version 0.1 did not store the
 * orientation: if the open dataset was transposed, the run's own dataset is opened again.
 */
function isSameData(open: DatasetInfo, source: DatasetSource, dataset: DatasetIdentity): boolean {
  const isTransposed = ({ testSource }: Pick<DatasetInfo, 'testSource'>) => testSource?.transposed ?? false;
  const sameClasses = open.classNames.length === dataset.classNames.length;
  return (
    isSameDataset(open, dataset) &&
    sameClasses &&
    isTransposed(open) === isTransposed(dataset) &&
    haveSameRules(source, dataset.source)
  );
}

/** All rules read the MNIST that is packed with the app in the same way. */
function haveSameRules(a: DatasetSource, b: DatasetSource): boolean {
  return a.kind === 'builtin' || b.kind === 'builtin' || a.rules === b.rules;
}

// Writes what the trainer reports about runs to the store, and notifies the page of what cannot be written. While
// another program has a run's files open, training continues: the newest epochs wait in memory, and are tried again
// every few seconds.
import { setTimeout as delay } from 'node:timers/promises';
import { toFailure, type Failure } from '../../src-shared/errors';
import type { RunNotice } from '../../src-shared/contract';
import type { DatasetIdentity, EpochRecord, RunEnvironment, RunId, RunSummary } from '../../src-shared/runs/runs';
import type { Settings } from '../../src-shared/settings/settings';
import type { Wait } from '../files/file-retry';
import type { RunReport } from '../supervisor/supervised-trainer';
import { unfinishedWork, type UnfinishedWork } from '../files/unfinished-work';
import { recipeOf } from './naming/run-name';
import { RunDelayed, type RunStore } from './run-store';
import { withEpoch, type WaitingEpochs } from './waiting-epochs';

/** Pause between two attempts to write a run whose files another program has open. */
const PAUSE_MS = 5000;
/** After this time training stops, because a crash would lose too much. Backup programs and scanners need less. */
const LONGEST_DELAY_MS = 600_000;

export interface NewRunFacts {
  /** If undefined, it is what the run changes. */
  name?: string;
  notes?: string;
  settings: Settings;
  dataset: DatasetIdentity;
  parent?: RunSummary['parent'];
  group?: RunSummary['group'];
}

export interface KeeperOptions {
  /** Rejects if runs cannot be saved at all. */
  store: Promise<RunStore>;
  environment: Omit<RunEnvironment, 'engine'>;
  notify: (notice: RunNotice) => void;
  /** Stops the run that is training: a run that cannot be saved is not trained any further. */
  stop: () => void;
  /** Milliseconds. */
  now?: () => number;
  /** Waits between two attempts. */
  wait?: Wait;
  /** Work that the app finishes before it quits. */
  unfinished?: UnfinishedWork;
}

export class RunKeeper {
  /** Ids by the trainer's numbers of runs. Each resolves once the run is on disk, to undefined if it will not be. */
  private readonly ids = new Map<number, Promise<RunId | undefined>>();
  private readonly facts = new Map<number, NewRunFacts>();
  /** The newest of the trainer's numbers of each run. */
  private readonly sessions = new Map<RunId, number>();
  /** Opened, but not resumed. */
  private readonly viewed = new Set<number>();
  /** Not on disk yet, because another program has a file open. */
  private readonly notYetOnDisk = new Set<number>();
  private training: number | undefined;
  private lastCutOff: RunId | undefined;
  /** Runs that could not be written, and are tried again until they can. */
  private readonly delayed = new Set<RunId>();
  /** Epochs that wait to be written together. Any other report of the run closes the batch, to keep the order. */
  private gathered: { run: number; epochs: WaitingEpochs } | undefined;
  private readonly now: () => number;
  private readonly wait: Wait;

  constructor(private readonly options: KeeperOptions) {
    this.now = options.now ?? Date.now;
    this.wait = options.wait ?? delay;
  }

  /** The run that was training when the trainer died, if it is on disk. */
  get cutOff(): RunId | undefined {
    return this.lastCutOff;
  }

  /** Says what to store of a new run when the trainer reports that it has begun. */
  expect(run: number, facts: NewRunFacts): void {
    this.facts.set(run, facts);
  }

  /** The same for a run that was cut off before it was on disk, and begins again under another number. */
  expectAgain(before: number, run: number): void {
    const facts = this.facts.get(before);
    if (facts) this.facts.set(run, facts);
  }

  /**
   * Says that a stored run was opened under this number.
   * @param resumes false if it is only viewed: then its files stay as they are until it is resumed
   */
  adopt(run: number, id: RunId, resumes: boolean): void {
    this.ids.set(run, Promise.resolve(id));
    this.sessions.set(id, run);
    void this.options.store.then((store) => this.announceState(id, store)).catch(() => undefined);
    if (resumes) this.markRunning(run);
    else this.viewed.add(run);
  }

  /** Says which run is training now, undefined if none is. A run that is extended after its end is running again. */
  follow(run: number | undefined): void {
    if (run === this.training) return;
    this.training = run;
    if (run !== undefined && this.ids.has(run)) this.markRunning(run);
  }

  private markRunning(run: number): void {
    this.viewed.delete(run);
    this.write(run, (store, id) => store.writeStatus(id, { status: 'running', message: undefined }));
  }

  handleReport(report: RunReport): void {
    switch (report.kind) {
      case 'began':
        this.begin(report);
        return;
      case 'checkpoint': {
        const { epoch, checkpoint } = report;
        if (!epoch) return;
        this.viewed.delete(checkpoint.run);
        this.writeEpoch(checkpoint.run, epoch);
        return;
      }
      case 'restored':
        this.write(report.run, (store, id) => store.writePosition(id, report.position, { result: report.result }));
        return;
      case 'ended':
        if (!this.viewed.has(report.run))
          this.write(report.run, (store, id) =>
            store.writeStatus(id, { status: report.reason, message: report.message }),
          );
    }
  }

  /** The trainer has died: marks the run that was training as cut off. */
  async markLost(failure: Failure): Promise<void> {
    const run = this.training;
    this.lastCutOff = undefined;
    if (run === undefined) return;
    this.training = undefined;
    if (!this.viewed.has(run))
      this.write(run, (store, id) => store.writeStatus(id, { status: 'cut-off', message: failure.message }));
    if (!this.notYetOnDisk.has(run)) this.lastCutOff = await this.ids.get(run);
  }

  private begin({ run, engine, position }: Extract<RunReport, { kind: 'began' }>): void {
    const facts = this.facts.get(run);
    if (!facts) return;
    const { settings, dataset, parent, group, name, notes = '' } = facts;
    const environment = { ...this.options.environment, engine };
    const begin = async () =>
      (await this.options.store).begin(
        { name, notes, parent, group, dataset, settings, environment, epochs: settings.epochs },
        position,
      );
    const begun = begin().catch((error: unknown) => {
      this.notYetOnDisk.add(run);
      return this.repeat(run, undefined, error, begin).finally(() => this.notYetOnDisk.delete(run));
    });
    this.unfinished(run, begun);
    this.ids.set(
      run,
      begun.then(
        (summary) => {
          this.sessions.set(summary.id, run);
          return this.announce(summary).id;
        },
        (error: unknown) => this.reportFailure(run, undefined, error),
      ),
    );
  }

  private writeEpoch(run: number, record: EpochRecord): void {
    if (this.gathered?.run === run) {
      this.gathered.epochs = withEpoch(record, this.gathered.epochs);
      return;
    }
    const gathered = { run, epochs: withEpoch(record) };
    this.write(run, (store, id) => {
      if (this.gathered === gathered) this.gathered = undefined;
      return store.writeEpochs(id, gathered.epochs);
    });
    this.gathered = gathered;
  }

  private write(run: number, change: (store: RunStore, id: RunId) => Promise<RunSummary>): void {
    this.gathered = undefined;
    const known = this.ids.get(run);
    if (!known) return;
    const written = known.then(async (id) => {
      if (id === undefined) return;
      try {
        const store = await this.options.store;
        this.announce(await change(store, id).catch((error: unknown) => this.catchUp(run, id, store, error)));
      } catch (error) {
        this.reportFailure(run, id, error);
        this.announceState(id, await this.options.store);
        throw error;
      }
    });
    this.unfinished(run, written);
  }

  /** Makes the app wait for this before it quits. A failure has been reported already. */
  private unfinished(run: number, written: Promise<unknown>): void {
    const facts = this.facts.get(run);
    const what = facts ? `the run “${facts.name ?? recipeOf(facts)}”` : 'a run that was resumed';
    (this.options.unfinished ?? unfinishedWork).during(what, written).catch(() => undefined);
  }

  /** The store keeps what it could not write. One loop writes all of it, also what fails later. */
  private async catchUp(run: number, id: RunId, store: RunStore, error: unknown): Promise<RunSummary> {
    if (!(error instanceof RunDelayed)) throw error;
    if (this.delayed.has(id)) return store.summary(id);
    this.delayed.add(id);
    try {
      return await this.repeat(run, id, error, () => store.catchUp(id));
    } finally {
      this.delayed.delete(id);
    }
  }

  /**
   * Repeats work until it succeeds. Throws an error that will not go away, and after LONGEST_DELAY_MS any other.
   * @param error why the first attempt failed
   */
  private async repeat<T>(run: number, id: RunId | undefined, error: unknown, work: () => Promise<T>): Promise<T> {
    if (!(error instanceof RunDelayed)) throw error;
    const state =
      run === this.training
        ? 'Training continues: its newest epochs wait in memory'
        : 'What is missing waits in memory';
    this.options.notify({
      kind: 'run-not-saved',
      id,
      message: `${error.message} ${state}, and the app tries again every few seconds.`,
    });
    const end = this.now() + LONGEST_DELAY_MS;
    for (;;) {
      await this.wait(PAUSE_MS);
      try {
        const done = await work();
        this.options.notify({ kind: 'run-saved', id });
        return done;
      } catch (later) {
        if (!(later instanceof RunDelayed) || this.now() >= end) throw later;
      }
    }
  }

  /** Notifies the page of a run that was added or changed. */
  announce(summary: RunSummary): RunSummary {
    this.options.notify({ kind: 'run-changed', run: summary, session: this.sessions.get(summary.id) });
    return summary;
  }

  /** Also of a run that could not be written, which may still have ended. */
  private announceState(id: RunId, store: RunStore): void {
    const run = store.find(id);
    if (run) this.announce(run);
  }

  private reportFailure(run: number, id: RunId | undefined, error: unknown): undefined {
    const isTraining = run === this.training;
    if (isTraining) this.options.stop();
    const { message } = toFailure(error);
    this.options.notify({
      kind: 'run-not-saved',
      id,
      message: isTraining ? `${message} Training was stopped.` : message,
    });
  }
}

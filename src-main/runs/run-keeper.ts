// Between the trainer and the store: what a run reports is written, and what cannot be written is said. A run goes on
// while another program holds its files: its newest epochs wait in memory, and are tried again every few seconds.
import { setTimeout as delay } from 'node:timers/promises';
import { toFailure, type Failure } from '../../src-shared/errors';
import type { RunNotice } from '../../src-shared/contract';
import type { DatasetIdentity, EpochRecord, RunEnvironment, RunId, RunSummary } from '../../src-shared/runs/runs';
import type { Settings } from '../../src-shared/settings/settings';
import type { Wait } from '../files/file-retry';
import type { RunReport } from '../supervisor/supervised-trainer';
import { unfinishedWork, type UnfinishedWork } from '../files/unfinished-work';
import { RunDelayed, type RunStore } from './run-store';
import { withEpoch, type WaitingEpochs } from './waiting-epochs';

/** Between two tries to write a run whose files another program holds. */
const PAUSE_MS = 5000;
/** After this time training stops: a crash would lose too much. Backup programs and scanners are done sooner. */
const LONGEST_DELAY_MS = 600_000;

export interface NewRunFacts {
  /** Made of the settings where there is none. */
  name?: string;
  notes?: string;
  settings: Settings;
  dataset: DatasetIdentity;
  parent?: RunSummary['parent'];
  group?: RunSummary['group'];
}

export interface KeeperOptions {
  /** Rejects where runs cannot be kept at all. */
  store: Promise<RunStore>;
  environment: Omit<RunEnvironment, 'engine'>;
  notify: (notice: RunNotice) => void;
  /** Stops the run that is trained now: one that cannot be kept is not trained on. */
  stop: () => void;
  /** Milliseconds. */
  now?: () => number;
  /** Between two tries. */
  wait?: Wait;
  /** What the app waits for before it ends. */
  unfinished?: UnfinishedWork;
}

export class RunKeeper {
  /** By the number that the trainer knows a run by: its id, as soon as it is on disk. */
  private readonly ids = new Map<number, Promise<RunId | undefined>>();
  private readonly facts = new Map<number, NewRunFacts>();
  /** Opened, and not gone on with. */
  private readonly lookedAt = new Set<number>();
  /** Whose beginning another program keeps from being written. */
  private readonly notYetKept = new Set<number>();
  private inFlight: number | undefined;
  private lastCutOff: RunId | undefined;
  /** Runs whose writing was refused, and is tried again until it succeeds. */
  private readonly delayed = new Set<RunId>();
  /** Epochs that wait until their run is on disk. What comes in between must not be overtaken, so it ends this. */
  private gathered: { run: number; epochs: WaitingEpochs } | undefined;
  private readonly now: () => number;
  private readonly wait: Wait;

  constructor(private readonly options: KeeperOptions) {
    this.now = options.now ?? Date.now;
    this.wait = options.wait ?? delay;
  }

  /** The run that the dead trainer was at. */
  get cutOff(): RunId | undefined {
    return this.lastCutOff;
  }

  /** A new run will tell that it has begun. */
  expect(run: number, facts: NewRunFacts): void {
    this.facts.set(run, facts);
  }

  /** A run that was cut off before it had begun begins again, under another number. */
  expectAgain(before: number, run: number): void {
    const facts = this.facts.get(before);
    if (facts) this.facts.set(run, facts);
  }

  /**
   * A run that was kept has this number now.
   * @param goesOn false: it is only looked at, and stays as it is until it goes on
   */
  adopt(run: number, id: RunId, goesOn: boolean): void {
    this.ids.set(run, Promise.resolve(id));
    if (goesOn) this.markRunning(run);
    else this.lookedAt.add(run);
  }

  /** The run that is trained now; undefined: none. One that goes on after its end is running again. */
  follow(run: number | undefined): void {
    if (run === this.inFlight) return;
    this.inFlight = run;
    if (run !== undefined && this.ids.has(run)) this.markRunning(run);
  }

  private markRunning(run: number): void {
    this.lookedAt.delete(run);
    this.write(run, (store, id) => store.writeStatus(id, { status: 'running', message: undefined }));
  }

  hear(report: RunReport): void {
    switch (report.kind) {
      case 'began':
        this.begin(report);
        return;
      case 'checkpoint': {
        const { epoch, checkpoint } = report;
        if (!epoch) return;
        this.lookedAt.delete(checkpoint.run);
        this.writeEpoch(checkpoint.run, epoch);
        return;
      }
      case 'restored':
        this.write(report.run, (store, id) => store.writePosition(id, report.position, { result: report.result }));
        return;
      case 'ended':
        if (!this.lookedAt.has(report.run))
          this.write(report.run, (store, id) =>
            store.writeStatus(id, { status: report.reason, message: report.message }),
          );
    }
  }

  /** The trainer is gone. */
  async lose(failure: Failure): Promise<void> {
    const run = this.inFlight;
    this.lastCutOff = undefined;
    if (run === undefined) return;
    this.inFlight = undefined;
    if (!this.lookedAt.has(run))
      this.write(run, (store, id) => store.writeStatus(id, { status: 'cut-off', message: failure.message }));
    if (!this.notYetKept.has(run)) this.lastCutOff = await this.ids.get(run);
  }

  private begin({ run, engine, position }: Extract<RunReport, { kind: 'began' }>): void {
    const facts = this.facts.get(run);
    if (!facts) return;
    const { settings, dataset, parent, group, name = nameOf(facts), notes = '' } = facts;
    const environment = { ...this.options.environment, engine };
    const begin = async () =>
      (await this.options.store).begin(
        { name, notes, parent, group, dataset, settings, environment, epochs: settings.epochs },
        position,
      );
    const begun = begin().catch((error: unknown) => {
      this.notYetKept.add(run);
      return this.repeat(run, undefined, error, begin).finally(() => this.notYetKept.delete(run));
    });
    this.unfinished(run, begun);
    this.ids.set(
      run,
      begun.then(
        (summary) => this.told(summary).id,
        (error: unknown) => this.fail(run, undefined, error),
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
        this.told(await change(store, id).catch((error: unknown) => this.catchUp(run, id, store, error)));
      } catch (error) {
        this.fail(run, id, error);
        this.tellState(id, await this.options.store);
        throw error;
      }
    });
    this.unfinished(run, written);
  }

  /** The app does not end before it is written. A failure has been told already. */
  private unfinished(run: number, written: Promise<unknown>): void {
    const facts = this.facts.get(run);
    const what = facts ? `the run “${facts.name ?? nameOf(facts)}”` : 'a run that was gone on with';
    (this.options.unfinished ?? unfinishedWork).during(what, written).catch(() => undefined);
  }

  /** The store keeps what was refused. One loop writes all of it, also what is refused later. */
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

  /** @param error why the first try failed. Throws what is final, and after LONGEST_DELAY_MS also what is not. */
  private async repeat<T>(run: number, id: RunId | undefined, error: unknown, work: () => Promise<T>): Promise<T> {
    if (!(error instanceof RunDelayed)) throw error;
    const goesOn =
      run === this.inFlight ? 'Training goes on: its newest epochs wait in memory' : 'What is missing waits in memory';
    this.options.notify({
      kind: 'run-not-saved',
      id,
      message: `${error.message} ${goesOn}, and the app tries again every few seconds.`,
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

  private told(summary: RunSummary): RunSummary {
    this.options.notify({ kind: 'run-changed', run: summary });
    return summary;
  }

  /** What could not be written may still have ended. */
  private tellState(id: RunId, store: RunStore): void {
    const run = store.find(id);
    if (run) this.told(run);
  }

  private fail(run: number, id: RunId | undefined, error: unknown): undefined {
    const inFlight = run === this.inFlight;
    if (inFlight) this.options.stop();
    const { message } = toFailure(error);
    this.options.notify({
      kind: 'run-not-saved',
      id,
      message: inFlight ? `${message} Training was stopped.` : message,
    });
  }
}

/** Such as "784-256-10, Adam, 0.001". */
function nameOf({ settings, dataset }: NewRunFacts): string {
  const sizes = [dataset.rows * dataset.columns, ...settings.hidden, dataset.classNames.length].join('-');
  return `${sizes}, ${settings.optimizer}, ${settings.learningRate}`;
}

// Between the trainer and the store: what a run tells is written, and what cannot be written is said.
import { toFailure, type Failure } from '../../src-shared/errors';
import type { RunNotice } from '../../src-shared/run-commands';
import type { DatasetIdentity, RunEnvironment, RunId, RunSummary } from '../../src-shared/runs';
import type { Settings } from '../../src-shared/settings';
import type { RunReport } from '../trainer-supervisor';
import type { RunStore } from './run-store';

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
  /** A run that cannot be kept is not trained on. */
  stop: () => void;
}

export class RunKeeper {
  /** By the number that the trainer knows a run by: its id, as soon as it is on disk. */
  private readonly ids = new Map<number, Promise<RunId | undefined>>();
  private readonly facts = new Map<number, NewRunFacts>();
  /** Opened, and not gone on with. */
  private readonly lookedAt = new Set<number>();
  private inFlight: number | undefined;
  private lastCutOff: RunId | undefined;

  constructor(private readonly options: KeeperOptions) {}

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
    if (!facts) return;
    this.facts.delete(before);
    this.facts.set(run, facts);
  }

  /** A run that was kept has this number now. @param goesOn false: it is only looked at, and stays as it is until it goes on */
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
    this.write(run, (store, id) => store.change(id, { status: 'running', message: undefined }));
  }

  hear(report: RunReport): void {
    switch (report.kind) {
      case 'began':
        this.begin(report);
        return;
      case 'checkpoint': {
        const { epoch, checkpoint } = report;
        if (epoch) this.write(checkpoint.run, (store, id) => store.writeEpoch(id, epoch));
        return;
      }
      case 'restored':
        this.write(report.run, (store, id) => store.writePosition(id, report.position, { result: report.result }));
        return;
      case 'ended':
        if (!this.lookedAt.has(report.run)) this.write(report.run, (store, id) => store.change(id, { status: report.reason, message: report.message }));
    }
  }

  /** The trainer is gone. */
  async lose(failure: Failure): Promise<void> {
    const run = this.inFlight;
    this.lastCutOff = undefined;
    if (run === undefined) return;
    this.inFlight = undefined;
    this.write(run, (store, id) => store.change(id, { status: 'cut-off', message: failure.message }));
    this.lastCutOff = await this.ids.get(run);
  }

  private begin({ run, engine, position }: Extract<RunReport, { kind: 'began' }>): void {
    const facts = this.facts.get(run);
    if (!facts) return;
    this.facts.delete(run);
    const { settings, dataset, parent, group, name = nameOf(facts), notes = '' } = facts;
    const environment = { ...this.options.environment, engine };
    const begun = this.options.store.then((store) => store.begin({ name, notes, parent, group, dataset, settings, environment, epochs: settings.epochs }, position));
    this.ids.set(
      run,
      begun.then(
        (summary) => this.told(summary).id,
        (error: unknown) => this.fail(undefined, error),
      ),
    );
  }

  private write(run: number, change: (store: RunStore, id: RunId) => Promise<RunSummary>): void {
    void this.ids.get(run)?.then(async (id) => {
      if (id === undefined) return;
      try {
        this.told(await change(await this.options.store, id));
      } catch (error) {
        this.fail(id, error);
      }
    });
  }

  private told(summary: RunSummary): RunSummary {
    this.options.notify({ kind: 'run-changed', run: summary });
    return summary;
  }

  private fail(id: RunId | undefined, error: unknown): undefined {
    this.options.stop();
    this.options.notify({ kind: 'run-not-saved', id, message: `${toFailure(error).message} Training was stopped.` });
  }
}

/** Such as "784-256-10, Adam, 0.001". */
function nameOf({ settings, dataset }: NewRunFacts): string {
  const sizes = [dataset.rows * dataset.columns, ...settings.hidden, dataset.classNames.length].join('-');
  return `${sizes}, ${settings.optimizer}, ${settings.learningRate}`;
}

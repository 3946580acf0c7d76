// Holds the list of kept runs as main tells it, and does what a person asks with them. Knows no component.
import type { Answer, CommandArguments, CommandResults, RunCommandName, RunNotice } from '../../src-shared/contract';
import type { Failure } from '../../src-shared/errors';
import type { RunId, RunList, RunSummary } from '../../src-shared/runs/runs';
import type { Settings } from '../../src-shared/settings/settings';
import { formatBytes } from '../ui/format';
import { withRun } from './run-list';
import type { SendRunCommand } from '../client/run-api';
import { RunRecords } from './run-records.svelte';
import { canGoOn } from '../client/run-words';

const DECLINED_KEY = 'run-not-gone-on-with';
const NOTHING: RunList = { runs: [], deleted: { runs: 0, bytes: 0 }, setAside: [] };

export class RunLibrary {
  readonly records: RunRecords;
  #send: SendRunCommand;
  #storage: Storage;
  #list = $state.raw<RunList>(NOTHING);
  #loaded = $state(false);
  #loading = false;
  #loadAgain = false;
  /** Changes that came while the list was on its way, and may be newer than it. */
  #meanwhile: RunSummary[] = [];
  #waiting = $state(0);
  #pending = $state<RunCommandName>();
  #loadFailure = $state.raw<Failure>();
  #failure = $state.raw<Failure>();
  #message = $state<string>();
  #deletion = $state.raw<RunSummary[]>([]);
  #offered = $state<RunId>();

  /** @param storage remembers the cut-off run that a person did not want to go on with */
  constructor(send: SendRunCommand, storage: Storage) {
    this.#send = send;
    this.#storage = storage;
    this.records = new RunRecords(send);
  }

  /** Newest first. */
  get runs() {
    return this.#list.runs;
  }
  get deleted() {
    return this.#list.deleted;
  }
  get setAside() {
    return this.#list.setAside;
  }
  /**
   * The newest run, where it had been cut off when the page started; undefined once it was gone on with or declined.
   */
  get cutOff() {
    return this.#list.runs.find((run) => run.id === this.#offered && run.status === 'cut-off' && canGoOn(run));
  }
  get loaded() {
    return this.#loaded;
  }
  /** Why the list could not be read. */
  get loadFailure() {
    return this.#loadFailure;
  }
  /** Runs that will be trained after the one in flight. */
  get waiting() {
    return this.#waiting;
  }
  get pending() {
    return this.#pending;
  }
  /**
   * Why the last command was refused, or a run was not saved; stays until the next command or until it is dismissed.
   */
  get failure() {
    return this.#failure;
  }
  /** What the last command has done, where the screen does not show it anyway. */
  get message() {
    return this.#message;
  }
  /** What was deleted last, and can be brought back. */
  get deletion() {
    return this.#deletion;
  }

  receive(notice: RunNotice): void {
    switch (notice.kind) {
      case 'run-changed':
        if (this.#loading) this.#meanwhile.push(notice.run);
        this.#list = { ...this.#list, runs: withRun(this.#list.runs, notice.run) };
        break;
      case 'runs-changed':
        void this.load();
        break;
      case 'queue':
        this.#waiting = notice.waiting;
        break;
      case 'run-not-saved':
        this.#failure = { code: 'run-not-saved', message: notice.message };
        break;
      case 'run-saved':
        if (this.#failure?.code !== 'run-not-saved') break;
        this.#failure = undefined;
        this.#message = 'The run is on disk again. Nothing of it was lost.';
        break;
    }
  }

  /** To be called once when the page starts: also finds the run that was cut off. */
  async load(): Promise<void> {
    if (this.#loading) {
      this.#loadAgain = true;
      return;
    }
    this.#loading = true;
    do {
      this.#loadAgain = false;
      this.#meanwhile = [];
      const answer = await this.#send('listRuns', undefined);
      if (answer.ok) this.#take(answer.value);
      this.#loadFailure = answer.ok ? undefined : answer.error;
    } while (this.#loadAgain);
    this.#loading = false;
  }

  async change(id: RunId, changes: Omit<CommandArguments['changeRun'], 'id'>): Promise<void> {
    const run = await this.#ask('changeRun', { id, ...changes });
    if (run) this.receive({ kind: 'run-changed', run });
  }

  async delete(runs: readonly RunSummary[]): Promise<void> {
    if (!(await this.#done('deleteRuns', { ids: runs.map(({ id }) => id) }))) return;
    this.#deletion = [...runs];
    this.#list = { ...this.#list, runs: this.#list.runs.filter(({ id }) => !runs.some((gone) => gone.id === id)) };
    await this.load();
  }

  async undoDeletion(): Promise<void> {
    const ids = this.#deletion.map(({ id }) => id);
    if (ids.length === 0 || !(await this.#done('restoreRuns', { ids }))) return;
    this.#deletion = [];
    await this.load();
  }
  /** Takes a damaged run that was set aside back into the list, where it can be read now. @param path of its folder */
  async bringBack(path: string): Promise<void> {
    await this.#done('bringBackRun', { folder: path.split(/[\\/]/).at(-1)! });
  }
  forgetDeletion(): void {
    this.#deletion = [];
  }

  async cleanUp(what: CommandArguments['cleanUpRuns']): Promise<void> {
    const freed = await this.#ask('cleanUpRuns', what);
    if (!freed) return;
    if (what.deleted) this.#deletion = [];
    this.#message = `${formatBytes(freed.bytes)} freed`;
    await this.load();
  }

  /** Shows a run in all views, and trains it to its end. @returns whether main has taken it */
  async open(id: RunId, goOn: boolean): Promise<boolean> {
    const opened = await this.#done('openRun', { id, resume: goOn });
    if (opened && id === this.#offered) this.#offered = undefined;
    return opened;
  }

  /** Does not go on with the run that was cut off, and does not offer it again. */
  decline(): void {
    if (this.#offered) this.#storage.setItem(DECLINED_KEY, this.#offered);
    this.#offered = undefined;
  }

  /** A new run that begins with the weights of another one. @returns whether main has taken it */
  continueWith(id: RunId, settings: Settings): Promise<boolean> {
    return this.#done('continueRun', { id, settings });
  }

  /** @returns whether main has taken them */
  trainSeveral(name: string, settings: Settings[]): Promise<boolean> {
    return this.#done('trainSeveral', { name, settings });
  }

  dismiss(): void {
    this.#failure = undefined;
    this.#message = undefined;
  }

  #take(list: RunList): void {
    this.#list = { ...list, runs: this.#meanwhile.reduce<RunSummary[]>(withRun, list.runs) };
    if (this.#loaded) return;
    this.#loaded = true;
    // An older one was left behind for newer runs: it can be found in the list.
    const [newest] = this.#list.runs;
    if (newest?.status === 'cut-off' && newest.id !== this.#storage.getItem(DECLINED_KEY)) this.#offered = newest.id;
  }

  async #done<K extends RunCommandName>(name: K, args: CommandArguments[K]): Promise<boolean> {
    return (await this.#answered(name, args)).ok;
  }

  async #ask<K extends RunCommandName>(name: K, args: CommandArguments[K]): Promise<CommandResults[K] | undefined> {
    const answer = await this.#answered(name, args);
    return answer.ok ? answer.value : undefined;
  }

  async #answered<K extends RunCommandName>(name: K, args: CommandArguments[K]): Promise<Answer<CommandResults[K]>> {
    this.dismiss();
    this.#pending = name;
    const answer = await this.#send(name, args);
    if (this.#pending === name) this.#pending = undefined;
    if (!answer.ok) this.#failure = answer.error;
    return answer;
  }
}

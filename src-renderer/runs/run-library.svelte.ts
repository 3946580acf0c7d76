// The list of stored runs as main reports it, and the commands that change it. Independent of components.
import type { Answer, CommandArguments, CommandResults, RunCommandName } from '../../src-shared/contract';
import type { Failure } from '../../src-shared/errors';
import type { RunId, RunList, RunSummary } from '../../src-shared/runs/runs';
import type { Settings } from '../../src-shared/settings/settings';
import { formatBytes } from '../ui/format';
import { withRun } from './run-list';
import type { LibraryNotice, SendRunCommand } from '../client/run-api';
import { RunRecords } from './run-records.svelte';
import { canResume } from '../client/run-words';

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
  /** Changes that arrived while the list was loading, and that may be newer than it. */
  #meanwhile: RunSummary[] = [];
  #waiting = $state(0);
  #pending = $state<RunCommandName>();
  #loadFailure = $state.raw<Failure>();
  #failure = $state.raw<Failure>();
  #message = $state<string>();
  #deletion = $state.raw<RunSummary[]>([]);
  /** The cut-off run that the user is asked to resume. */
  #offered = $state<RunId>();

  /** @param storage remembers the cut-off run that the user did not want to resume */
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
  /** The newest run if it was cut off before the page started. Undefined once it was resumed or declined. */
  get cutOff() {
    return this.#list.runs.find((run) => run.id === this.#offered && run.status === 'cut-off' && canResume(run));
  }
  get loaded() {
    return this.#loaded;
  }
  /** Why the list could not be loaded. */
  get loadFailure() {
    return this.#loadFailure;
  }
  /** Runs in the queue behind the one that is training. */
  get waiting() {
    return this.#waiting;
  }
  get pending() {
    return this.#pending;
  }
  /** Why the last command failed, or why a run was not saved. Stays until the next command or until it is dismissed. */
  get failure() {
    return this.#failure;
  }
  /** The result of the last command, if nothing else on screen shows it. */
  get message() {
    return this.#message;
  }
  /** The runs that were deleted last, which can be restored. */
  get deletion() {
    return this.#deletion;
  }

  receive(notice: LibraryNotice): void {
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
        this.#message = 'The run is on disk again. Nothing was lost.';
        break;
    }
  }

  /** Loads the list. The first call, when the page starts, also finds the run that was cut off. */
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

  /** Restores a damaged run that was set aside, if it can be read now. @param path of its folder */
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

  /** Shows a run in all views. @param resume whether to train it to its end. @returns whether main accepted it */
  async open(id: RunId, resume: boolean): Promise<boolean> {
    const opened = await this.#done('openRun', { id, resume });
    if (opened && id === this.#offered) this.#offered = undefined;
    return opened;
  }

  /** Stops offering the run that was cut off, also after a restart. */
  decline(): void {
    if (this.#offered) this.#storage.setItem(DECLINED_KEY, this.#offered);
    this.#offered = undefined;
  }

  /** Trains a new run that starts with the weights of another one. @returns whether main accepted it */
  continueWith(id: RunId, settings: Settings): Promise<boolean> {
    return this.#done('continueRun', { id, settings });
  }

  /** Trains one run for each of the settings, as a group. @returns whether main accepted them */
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
    // An older cut-off run is not offered: the user has trained others since, and can find it in the list.
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

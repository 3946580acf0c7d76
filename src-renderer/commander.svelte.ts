// Sends what a person asks for and keeps the answer for the screen: what is under way, what was refused, what was done.
import type { BrowseRequest, CommandArguments, CommandName, CommandResults, FolderSource, Notice, OpenQuestion, OpenResult } from '../src-shared/contract';
import type { Failure } from '../src-shared/errors';
import type { Settings } from '../src-shared/settings';
import { send } from './trainer-client';
import type { Training } from './training.svelte';

const OPENING: readonly CommandName[] = ['chooseDataset', 'openFolder', 'openBuiltin'];

export class Commander {
  #training: Training;
  #pending = $state.raw<CommandName>();
  #failure = $state.raw<Failure>();
  #message = $state.raw<string>();
  #lastFolder = $state.raw<string>();
  #question = $state.raw<OpenQuestion>();

  constructor(training: Training) {
    this.#training = training;
  }

  /** The command whose answer is awaited. */
  get pending() {
    return this.#pending;
  }
  /** Whether a dataset is being chosen or read. */
  get opening() {
    return this.#pending !== undefined && OPENING.includes(this.#pending);
  }
  /** Why the last command was refused; stays until the next one or until it is dismissed. */
  get failure() {
    return this.#failure;
  }
  /** What the last command has done, where the screen does not show it anyway. */
  get message() {
    return this.#message;
  }
  /** What must be answered before the folder that was chosen can be opened. */
  get question() {
    return this.#question;
  }
  get lastFolder() {
    return this.#lastFolder;
  }

  /** To be called once the page listens for the port that this brings. */
  async connect(): Promise<void> {
    const info = await this.#send('connect', undefined);
    if (!info) return;
    this.#lastFolder = info.lastFolder;
    if (info.trainerLost) this.#training.lose(info.trainerLost);
  }

  receive(notice: Notice): void {
    if (notice.kind === 'trainer-lost') this.#training.lose(notice.error);
    else if (notice.item === 'open-folder') void this.chooseDataset();
    else void this.exportWeights();
  }

  async chooseDataset(): Promise<void> {
    this.#opened(await this.#send('chooseDataset', undefined));
  }
  /** @param answers to what opening the folder has asked */
  async openFolder(folder: string, answers: Pick<FolderSource, 'collection' | 'holdOut'> = {}): Promise<void> {
    this.#opened(await this.#send('openFolder', { folder, ...answers }));
  }
  async openBuiltin(): Promise<void> {
    this.#opened(await this.#send('openBuiltin', undefined));
  }
  /** Opens the folder that a question is about, with what earlier questions about it were answered. */
  async answer(answers: Pick<FolderSource, 'collection' | 'holdOut'>): Promise<void> {
    const question = this.#question;
    if (!question) return;
    const earlier = question.kind === 'hold-out' ? { collection: question.collection } : {};
    await this.openFolder(question.folder, { ...earlier, ...answers });
  }
  forgetQuestion(): void {
    this.#question = undefined;
  }
  /** The images come as an event. No message gives way to this, and a refusal only says what a banner does: the trainer is gone. */
  async browse(request: BrowseRequest): Promise<void> {
    await send('browse', request);
  }
  async train(settings: Settings): Promise<void> {
    await this.#send('train', { settings });
  }
  async pause(): Promise<void> {
    await this.#send('pause', undefined);
  }
  async resume(): Promise<void> {
    await this.#send('resume', undefined);
  }
  async stop(): Promise<void> {
    await this.#send('stop', undefined);
  }
  async exportWeights(): Promise<void> {
    const saved = await this.#send('exportWeights', undefined);
    if (saved) this.#message = `Weights of epoch ${saved.epoch} saved to ${saved.file}`;
  }
  async restartTrainer(): Promise<void> {
    await this.#send('restartTrainer', undefined);
  }

  /** Says why something cannot be done that main was never asked for. */
  refuse(message: string): void {
    this.#failure = { code: 'refused', message };
  }
  dismiss(): void {
    this.#failure = undefined;
    this.#message = undefined;
  }

  #opened(result: OpenResult | undefined): void {
    if (result?.kind === 'question') this.#question = result.question;
    else if (result?.dataset.folder) this.#lastFolder = result.dataset.folder;
  }

  async #send<K extends CommandName>(name: K, args: CommandArguments[K]): Promise<CommandResults[K] | undefined> {
    this.dismiss();
    this.#pending = name;
    if (OPENING.includes(name)) {
      this.#question = undefined;
      this.#training.endLoading();
    }
    const answer = await send(name, args);
    if (this.#pending === name) this.#pending = undefined;
    if (OPENING.includes(name)) this.#training.endLoading();
    if (answer.ok) return answer.value;
    this.#failure = answer.error;
    return undefined;
  }
}

// Sends commands to the main process, and keeps for the screen which one is pending, failed or was done.
import type { MainCommandId, PageCommandId } from '../../src-shared/app/app-commands';
import type { AboutInfo, StartInfo } from '../../src-shared/app/app-info';
import type { CommandArguments, CommandName, CommandResults } from '../../src-shared/contract';
import type { BrowseRequest } from '../../src-shared/data/data-arguments';
import type { FolderAnswers, OpenQuestion, OpenResult } from '../../src-shared/data/dataset';
import type { Step } from '../../src-shared/runs/progress';
import type { Failure } from '../../src-shared/errors';
import type { LiveChanges, Settings } from '../../src-shared/settings/settings';
import { settingsFromJson, settingsToJson } from '../../src-shared/settings/settings-json';
import { csvInWords } from '../ui/csv';
import { NewestWins } from '../ui/newest-wins';
import { partInView, scrollIntoView } from './part-in-view';
import type { StepCommand } from './steps';
import { send } from './trainer-client';
import type { Training } from './training.svelte';

const SAVED = { table: 'Table', drawing: 'Drawing', report: 'Report' } as const;
const OPENING: readonly CommandName[] = ['chooseDataset', 'openFolder', 'openBuiltin'];

export class Commander {
  #training: Training;
  #until: () => Step;
  #pending = $state.raw<CommandName>();
  #failure = $state.raw<Failure>();
  #message = $state.raw<string>();
  #recentFolders = $state.raw<readonly string[]>([]);
  #question = $state.raw<OpenQuestion>();
  #augmenting = new NewestWins<CommandArguments['augment']>((request) => {
    void send('augment', request).then(({ ok }) => !ok && this.#augmenting.answered());
  });

  /** @param until when a run that starts now pauses, if the person has not said so */
  constructor(training: Training, until: () => Step) {
    this.#training = training;
    this.#until = until;
  }

  /** The command whose answer is awaited. */
  get pending() {
    return this.#pending;
  }
  /** Whether a dataset is being chosen or loaded. */
  get opening() {
    return this.#pending !== undefined && OPENING.includes(this.#pending);
  }
  /** Why the last command failed. It stays until the next command, or until it is dismissed. */
  get failure() {
    return this.#failure;
  }
  /** What the last command did, if nothing else on screen shows it. */
  get message() {
    return this.#message;
  }
  /** A question to answer before the chosen folder can be opened. */
  get question() {
    return this.#question;
  }
  /** Folders of datasets, newest first. */
  get recentFolders() {
    return this.#recentFolders;
  }

  /** Call this when the page listens for the trainer's port, which this command delivers. */
  async connect(): Promise<StartInfo | undefined> {
    const info = await this.#send('connect', undefined);
    if (!info) return undefined;
    this.#recentFolders = info.recentFolders;
    if (info.trainerLost) this.#training.markLost(info.trainerLost);
    if (info.warning) this.refuse(info.warning);
    return info;
  }

  /** Runs a command of the main process: window, theme, folders. */
  async doInMain(id: MainCommandId): Promise<void> {
    await send('doInMain', { id });
  }
  /** Reports to the native menu which commands can run now. @param commands ids, separated by spaces */
  async offer(commands: string): Promise<void> {
    await send('offer', { commands: commands.split(' ') as PageCommandId[] });
  }
  async about(): Promise<AboutInfo | undefined> {
    const answer = await send('about', undefined);
    if (answer.ok) return answer.value;
    this.#failure = answer.error;
    return undefined;
  }

  async chooseDataset(): Promise<void> {
    this.#opened(await this.#send('chooseDataset', undefined));
  }
  /** @param answers to the questions that opening the folder raised */
  async openFolder(folder: string, answers: FolderAnswers = {}): Promise<void> {
    this.#opened(await this.#send('openFolder', { folder, ...answers }));
  }
  /** @returns whether it is open */
  async openBuiltin(): Promise<boolean> {
    const result = await this.#send('openBuiltin', undefined);
    this.#opened(result);
    return result !== undefined;
  }
  /** Opens the folder of the current question with this answer and those to earlier questions about it. */
  async answer(answers: FolderAnswers): Promise<void> {
    const question = this.#question;
    if (!question) return;
    const earlier =
      question.kind === 'which'
        ? {}
        : { collection: question.collection, ...(question.kind === 'transposed' && { holdOut: question.holdOut }) };
    await this.openFolder(question.folder, { ...earlier, ...answers });
  }
  forgetQuestion(): void {
    this.#question = undefined;
  }
  /**
   * Requests a page of images, which arrives as an event. Leaves the message on screen, and ignores a failure: the
   * trainer is gone then, and the banner says so.
   */
  async browse(request: BrowseRequest): Promise<void> {
    await send('browse', request);
  }
  /** Requests augmented training images, which arrive as an event. One request at a time; the newest is sent next. */
  augment(request: CommandArguments['augment']): void {
    this.#augmenting.ask(request);
  }
  /** The augmented images have arrived. */
  handleAugmented(): void {
    this.#augmenting.answered();
  }
  /** The trainer was restarted or has other images: it will not answer the pending request. */
  resetAugmenting(): void {
    this.#augmenting.forget();
  }

  async train(settings: Settings, until: Step = this.#until()): Promise<void> {
    await this.#send('train', { settings, until });
  }
  /** Reports to the trainer whether a view of training is visible. Leaves the message on screen. */
  async watch(watching: boolean): Promise<void> {
    await send('watch', { watching });
  }
  async pause(): Promise<void> {
    await this.#send('pause', undefined);
  }
  async resume(until: Step = 'end'): Promise<void> {
    await this.#send('resume', { until });
  }
  async extend(epochs: number, until: Step = 'end'): Promise<void> {
    await this.#send('extend', { epochs, until });
  }
  /** @returns whether the current run accepts the changes */
  async change(changes: LiveChanges): Promise<boolean> {
    await this.#send('change', { changes });
    return this.#failure === undefined;
  }
  async stop(): Promise<void> {
    await this.#send('stop', undefined);
  }
  async restartTrainer(): Promise<void> {
    await this.#send('restartTrainer', undefined);
  }

  step(command: StepCommand): Promise<void> {
    switch (command.kind) {
      case 'train':
        return this.train(command.settings, command.until);
      case 'resume':
        return this.resume(command.until);
      case 'extend':
        return this.extend(command.epochs, command.until);
    }
  }

  /** @returns whether the text is in the clipboard */
  async copy(text: string): Promise<boolean> {
    await this.#send('copyText', { text });
    return this.#failure === undefined;
  }
  async copySettings(settings: Settings): Promise<void> {
    if (await this.copy(settingsToJson(settings))) this.#message = 'Settings copied as JSON';
  }
  /** @param base values of fields that the text leaves out. @returns undefined if the text has an error */
  async pasteSettings(base: Settings): Promise<Settings | undefined> {
    const text = await this.#send('pasteText', undefined);
    if (text === undefined) return undefined;
    const settings = settingsFromJson(text, base);
    if (typeof settings === 'string') this.refuse(settings);
    else this.#message = 'Settings pasted';
    return typeof settings === 'string' ? undefined : settings;
  }
  /** @param base values of fields that the file leaves out. @returns undefined without a valid file */
  async openSettings(base: Settings): Promise<Settings | undefined> {
    const settings = await this.#send('openSettings', { base });
    if (settings) this.#message = 'Settings opened';
    return settings;
  }
  async saveSettings(settings: Settings): Promise<void> {
    const saved = await this.#send('saveSettings', { settings });
    if (saved) this.#message = `Settings saved to ${saved.file}`;
  }

  /**
   * Requests a layer's activations for every test image. The answer arrives as an event; of several requests in a row,
   * only the last is sure to be answered.
   */
  async requestActivations(layer: number): Promise<void> {
    await send('activations', { layer });
  }
  /** Requests the training images nearest to a test image, which arrive as an event. */
  async requestNearest(image: number, count: number): Promise<void> {
    await send('nearest', { image, count });
  }
  /** Scrolls as much of an element as possible into view, and saves the visible part. */
  async savePicture(name: string, element: HTMLElement): Promise<void> {
    if (!partInView(element)?.whole) await scrollIntoView(element);
    const part = partInView(element);
    if (!part) {
      this.refuse(
        'This view is not on screen now, so there is nothing to take a picture of. Please scroll to it and try again.',
      );
      return;
    }
    const { x, y, width, height } = part.box;
    // If the message disappeared now, the view would move while its picture is taken.
    const saved = await this.#send('savePicture', { name, x, y, width, height }, 'keep message until answered');
    if (saved)
      this.#message = `Picture saved to ${saved.file}${part.whole ? '' : '. It shows the part that was on screen.'}`;
  }
  async saveText(kind: CommandArguments['saveText']['kind'], name: string, text: string): Promise<void> {
    const saved = await this.#send('saveText', { kind, name, text });
    if (saved) this.#message = `${SAVED[kind]} saved to ${saved.file}${kind === 'table' ? `. ${csvInWords()}.` : ''}`;
  }

  /**
   * Sends any command. If it fails, the reason is in `failure`.
   * @returns undefined if it fails, or if the person cancels a dialog
   */
  ask<K extends CommandName>(name: K, args: CommandArguments[K]): Promise<CommandResults[K] | undefined> {
    return this.#send(name, args);
  }
  /** Shows what was done, if nothing else on screen shows it. */
  say(message: string): void {
    this.#message = message;
  }
  /** Shows why the page did not send a command at all. */
  refuse(message: string): void {
    this.#failure = { code: 'refused', message };
  }
  dismiss(): void {
    this.#failure = undefined;
    this.#message = undefined;
  }

  #opened(result: OpenResult | undefined): void {
    if (result?.kind === 'question') this.#question = result.question;
    const folder = result?.kind === 'opened' ? result.dataset.folder : undefined;
    if (folder !== undefined)
      this.#recentFolders = [folder, ...this.#recentFolders.filter((known) => known !== folder)];
  }

  async #send<K extends CommandName>(
    name: K,
    args: CommandArguments[K],
    message?: 'keep message until answered',
  ): Promise<CommandResults[K] | undefined> {
    if (message === undefined) this.dismiss();
    this.#pending = name;
    if (OPENING.includes(name)) {
      this.#question = undefined;
      this.#training.endLoading();
    }
    const answer = await send(name, args);
    if (this.#pending === name) this.#pending = undefined;
    if (OPENING.includes(name)) this.#training.endLoading();
    if (message !== undefined) this.dismiss();
    if (answer.ok) return answer.value;
    this.#failure = answer.error;
    return undefined;
  }
}

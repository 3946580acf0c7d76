// Sends what a person asks for and keeps the answer for the screen: what is under way, what was refused, what was done.
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
  #pending = $state.raw<CommandName>();
  #failure = $state.raw<Failure>();
  #message = $state.raw<string>();
  #recentFolders = $state.raw<readonly string[]>([]);
  #question = $state.raw<OpenQuestion>();
  #augmenting = new NewestWins<CommandArguments['augment']>((request) => {
    void send('augment', request).then(({ ok }) => !ok && this.#augmenting.answered());
  });

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
  /** Of datasets, newest first. */
  get recentFolders() {
    return this.#recentFolders;
  }

  /** To be called once the page listens for the port that this brings. */
  async connect(): Promise<StartInfo | undefined> {
    const info = await this.#send('connect', undefined);
    if (!info) return undefined;
    this.#recentFolders = info.recentFolders;
    if (info.trainerLost) this.#training.lose(info.trainerLost);
    if (info.warning) this.refuse(info.warning);
    return info;
  }

  /** What belongs to the main process: window, theme, folders. */
  async doInMain(id: MainCommandId): Promise<void> {
    await send('doInMain', { id });
  }
  /** Tells the native menu what can be done now. @param commands ids with spaces between them */
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
  /** @param answers to what opening the folder has asked */
  async openFolder(folder: string, answers: FolderAnswers = {}): Promise<void> {
    this.#opened(await this.#send('openFolder', { folder, ...answers }));
  }
  async openBuiltin(): Promise<void> {
    this.#opened(await this.#send('openBuiltin', undefined));
  }
  /** Opens the folder that a question is about, with what earlier questions about it were answered. */
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
   * The images come as an event. No message gives way to this, and a refusal only says what a banner does: the trainer
   * is gone.
   */
  async browse(request: BrowseRequest): Promise<void> {
    await send('browse', request);
  }
  /**
   * Asks for training images as augmentation shows them, which come as an event: one request at a time, the newest
   * next.
   */
  augment(request: CommandArguments['augment']): void {
    this.#augmenting.ask(request);
  }
  /** To be called when the images are there. */
  augmented(): void {
    this.#augmenting.answered();
  }
  /** To be called when the trainer is another one or looks at other images: what was asked for will not come. */
  forgetAugmenting(): void {
    this.#augmenting.forget();
  }

  async train(settings: Settings, until: Step = 'end'): Promise<void> {
    await this.#send('train', { settings, until });
  }
  /** Tells the trainer whether a view of training is in front. No message gives way to this. */
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
  /** @returns whether the run in flight takes the changes */
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

  /** @returns whether it is in the clipboard */
  async copy(text: string): Promise<boolean> {
    await this.#send('copyText', { text });
    return this.#failure === undefined;
  }
  async copySettings(settings: Settings): Promise<void> {
    if (await this.copy(settingsToJson(settings))) this.#message = 'Settings copied as JSON';
  }
  /** @param base what fields that the text leaves out are to be. @returns undefined where the text was refused */
  async pasteSettings(base: Settings): Promise<Settings | undefined> {
    const text = await this.#send('pasteText', undefined);
    if (text === undefined) return undefined;
    const settings = settingsFromJson(text, base);
    if (typeof settings === 'string') this.refuse(settings);
    else this.#message = 'Settings pasted';
    return typeof settings === 'string' ? undefined : settings;
  }
  /** @returns undefined where no file was chosen or it was refused */
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
   * Asks for what comes out of a layer for every test image; comes as an event, of requests in a row for the last at
   * least.
   */
  async activations(layer: number): Promise<void> {
    await send('activations', { layer });
  }
  /** Asks for the training images that look most like a test image; they come as an event. */
  async nearest(image: number, count: number): Promise<void> {
    await send('nearest', { image, count });
  }
  /** Saves what can be seen of an element, once as much of it as possible is scrolled into view. */
  async savePicture(name: string, element: HTMLElement): Promise<void> {
    if (!partInView(element)?.whole) await scrollIntoView(element);
    const part = partInView(element);
    if (!part) {
      this.refuse(
        'Nothing of this view is on screen now, so there is nothing to take a picture of. Please scroll to it ' +
          'and try again.',
      );
      return;
    }
    const { x, y, width, height } = part.box;
    // A message that went now would move the view while its picture is taken.
    const saved = await this.#send('savePicture', { name, x, y, width, height }, 'keep message until answered');
    if (saved)
      this.#message = `Picture saved to ${saved.file}${part.whole ? '' : '. It shows the part that was on screen.'}`;
  }
  async saveText(kind: CommandArguments['saveText']['kind'], name: string, text: string): Promise<void> {
    const saved = await this.#send('saveText', { kind, name, text });
    if (saved) this.#message = `${SAVED[kind]} saved to ${saved.file}${kind === 'table' ? `. ${csvInWords()}.` : ''}`;
  }

  /**
   * Sends any command; what it refuses stays as the failure.
   * @returns undefined then, and where the person closed a dialog
   */
  ask<K extends CommandName>(name: K, args: CommandArguments[K]): Promise<CommandResults[K] | undefined> {
    return this.#send(name, args);
  }
  /** Says what was done, where the screen does not show it anyway. */
  say(message: string): void {
    this.#message = message;
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

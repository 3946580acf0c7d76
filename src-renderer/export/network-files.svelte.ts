// Exports networks to files and opens them from files. Holds the state of the dialogs that ask how.
import type {
  ExportedWeights,
  NetworkAnswers,
  NetworkQuestion,
  NetworkWork,
} from '../../src-shared/networks/network-files';
import type { ExportSuffix } from '../../src-shared/networks/network-formats';
import type { RunSummary } from '../../src-shared/runs/runs';
import type { Commander } from '../client/commander.svelte';
import { RESULT_FILES, type ResultFile, saveResult } from '../report';
import type { LoadedDataset } from '../client/training';

/** What can be exported: weights in the format of a suffix, or the results of a kept run. */
export type ExportChoice = ExportSuffix | ResultFile;

export class NetworkFiles {
  #commander: Commander;
  #onopened: () => void;
  #exporting = $state.raw<{ run: RunSummary | undefined }>();
  #exported = $state.raw<ExportedWeights>();
  #question = $state.raw<NetworkQuestion>();
  #work = $state.raw<NetworkWork>();
  /** The last choice, which is the default of the next dialog. */
  #exportChoice = $state<ExportChoice>('.npz');
  #rawPixels = $state(false);

  /** @param onopened called when a network has been opened and all views show it */
  constructor(commander: Commander, onopened: () => void) {
    this.#commander = commander;
    this.#onopened = onopened;
  }

  /** Set while the export dialog is open. If `run` is undefined, the network on screen is exported. */
  get exporting() {
    return this.#exporting;
  }
  /** The last export, until it is dismissed. */
  get exported() {
    return this.#exported;
  }
  /** What must be answered before the chosen network can be opened. */
  get question() {
    return this.#question;
  }
  /** The file being written or read, if it takes longer than a moment. */
  get work() {
    return this.#work;
  }
  get exportChoice() {
    return this.#exportChoice;
  }
  get rawPixels() {
    return this.#rawPixels;
  }

  /** Called when the main process reports its progress. */
  showWork(work: NetworkWork | undefined): void {
    this.#work = work;
  }
  /** Cancels the current export or import. */
  async cancelWork(): Promise<void> {
    const work = this.#work;
    const isCancelled = await this.#commander.ask('cancelNetworkWork', undefined);
    if (work && isCancelled)
      this.#commander.say(`${work.name} was not ${work.kind === 'export' ? 'written' : 'opened'}.`);
  }

  askForExport(run?: RunSummary): void {
    if (this.#exportChoice in RESULT_FILES && !run) this.#exportChoice = '.npz';
    this.#exporting = { run };
  }
  forgetExport(): void {
    this.#exporting = undefined;
  }
  choose(exportChoice: ExportChoice): void {
    this.#exportChoice = exportChoice;
  }
  scaleInside(rawPixels: boolean): void {
    this.#rawPixels = rawPixels;
  }

  /** Asks where to save what was chosen, and writes it. @param dataset the open one */
  async export(dataset: LoadedDataset): Promise<void> {
    const run = this.#exporting?.run;
    const exportChoice = this.#exportChoice;
    this.#exporting = undefined;
    if (isResult(exportChoice)) {
      if (run) await saveResult(exportChoice, run, dataset, this.#commander);
    } else {
      this.#exported = await this.#commander.ask('exportWeights', {
        ...(run && { run: run.id }),
        suffix: exportChoice,
        rawPixels: exportChoice === '.onnx' && this.#rawPixels,
      });
    }
  }
  dismissExported(): void {
    this.#exported = undefined;
  }

  /** Answers to earlier questions about this file. */
  #answers: NetworkAnswers = {};

  /** @param file if undefined, a dialog asks for it */
  async open(file?: string): Promise<void> {
    this.#answers = {};
    await this.#open(file);
  }
  /** Opens the network that the question was about. */
  async answer(answers: NetworkAnswers): Promise<void> {
    this.#answers = { ...this.#answers, ...answers };
    await this.#open(this.#question?.file);
  }
  async #open(file: string | undefined): Promise<void> {
    this.#question = undefined;
    const answer = await this.#commander.ask('openNetwork', { ...(file !== undefined && { file }), ...this.#answers });
    if (answer?.kind === 'question') this.#question = answer;
    if (answer?.kind !== 'opened') return;
    this.#commander.say([`${answer.name} is open.`, ...answer.notes].join(' '));
    this.#onopened();
  }
  forgetQuestion(): void {
    this.#question = undefined;
  }
}

function isResult(exportChoice: ExportChoice): exportChoice is ResultFile {
  return exportChoice in RESULT_FILES;
}

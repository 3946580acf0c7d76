// Networks as files: what is asked before one is written or opened, and how one that was written can be loaded
// elsewhere.
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

/** What can be taken away: weights by the suffix of their format, or of a kept run its results. */
export type ExportChoice = ExportSuffix | ResultFile;

export class NetworkFiles {
  #commander: Commander;
  #onopened: () => void;
  #exporting = $state.raw<{ run: RunSummary | undefined }>();
  #exported = $state.raw<ExportedWeights>();
  #question = $state.raw<NetworkQuestion>();
  #work = $state.raw<NetworkWork>();
  /** Chosen last. */
  #exportChoice = $state<ExportChoice>('.npz');
  #rawPixels = $state(false);

  /** @param onopened all views show the network of a file now */
  constructor(commander: Commander, onopened: () => void) {
    this.#commander = commander;
    this.#onopened = onopened;
  }

  /** Set while a person is asked for a format; run: of a kept run, else of the network that is shown. */
  get exporting() {
    return this.#exporting;
  }
  /** What was written last, until it is dismissed. */
  get exported() {
    return this.#exported;
  }
  /** What must be answered before the network that was chosen can be opened. */
  get question() {
    return this.#question;
  }
  /** What is being written or read, if it takes longer than a moment. */
  get work() {
    return this.#work;
  }
  get exportChoice() {
    return this.#exportChoice;
  }
  get rawPixels() {
    return this.#rawPixels;
  }

  /** As main tells. */
  showWork(work: NetworkWork | undefined): void {
    this.#work = work;
  }
  /** Nothing is then written, or opened. */
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

  /** Writes what was chosen, after asking where. @param dataset that is open */
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

  /** What earlier questions about this file were answered with. */
  #answers: NetworkAnswers = {};

  /** @param file asked for where there is none */
  async open(file?: string): Promise<void> {
    this.#answers = {};
    await this.#open(file);
  }
  /** Opens the network that was asked about. */
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

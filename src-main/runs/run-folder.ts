// The files of one run, in a folder of its own: written so that they are whole at every moment, read so that nothing in them is trusted.
import { appendFile, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResumePoint, RunRecord, StoredRun } from '../../src-shared/runs';
import { appendSafely, writeFileAtomically } from '../atomic-write';
import { exists, READ_DELAYS, removePatiently, retryWhileHeld, type Wait } from '../file-retry';
import { decodeHistory, decodeRunJson, encodeHistoryLine, encodeRunJson, type HistoryLine, type RunJson } from './run-json';
import { decodeBest, decodePredictions, decodeResumePoint, encodeBest, encodePredictions, encodeResumePoint } from './run-tensors';
import type { WaitingEpochs } from './waiting-epochs';

const RUN = 'run.json';
const HISTORY = 'history.jsonl';
const LAST = 'last.safetensors';
const BEST = 'best.safetensors';
const PREDICTIONS = 'predictions.safetensors';

export class RunFolder {
  /** @param wait before an operation is repeated that another program refuses */
  constructor(
    readonly path: string,
    private readonly wait?: Wait,
  ) {}

  private file(name: string): string {
    return join(this.path, name);
  }

  async create(run: RunJson, first: ResumePoint): Promise<void> {
    await mkdir(this.path);
    await appendFile(this.file(HISTORY), '');
    await this.writePosition(first);
    await this.writeRun(run);
  }

  async readRun(): Promise<RunJson> {
    return decodeRunJson((await this.bytesOf(RUN)).toString());
  }

  async writeRun(run: RunJson): Promise<void> {
    await writeFileAtomically(this.file(RUN), encodeRunJson(run), this.wait);
  }

  async writePosition(position: ResumePoint): Promise<void> {
    await writeFileAtomically(this.file(LAST), encodeResumePoint(position), this.wait);
  }

  /**
   * last.safetensors is written last, and decides which epoch counts: what the others know of a later one is not looked at.
   * So this can be done again after it failed in its middle.
   */
  async writeEpochs({ lines, newest: { result, predictions, resume }, best }: WaitingEpochs): Promise<void> {
    await appendSafely(this.file(HISTORY), lines.map(encodeHistoryLine).join(''), this.wait);
    if (best) await writeFileAtomically(this.file(BEST), encodeBest(best.resume.layers, best.result, best.resume.settings), this.wait);
    await writeFileAtomically(this.file(PREDICTIONS), encodePredictions(predictions, result.epoch), this.wait);
    await this.writePosition(resume);
  }

  /** Without the optimizer's state. */
  async forgetOptimizer(): Promise<void> {
    const position = await this.readPosition();
    await this.writePosition({ ...position, moments: [] });
  }

  readPosition(): Promise<ResumePoint> {
    return this.decoded(LAST, decodeResumePoint);
  }

  async readHistory(lastEpoch: number): Promise<HistoryLine[]> {
    return decodeHistory((await this.bytesOf(HISTORY)).toString(), lastEpoch);
  }

  /** Leaves out what was written of an epoch that did not end, so that the history can go on. */
  async mendHistory(lastEpoch: number): Promise<HistoryLine[]> {
    const lines = await this.readHistory(lastEpoch);
    await writeFileAtomically(this.file(HISTORY), lines.map(encodeHistoryLine).join(''), this.wait);
    return lines;
  }

  async readRecord(): Promise<Omit<RunRecord, 'summary'>> {
    const { epochsTrained } = await this.readRun();
    const lines = await this.readHistory(epochsTrained);
    const predictions = (await this.has(PREDICTIONS)) ? await this.decoded(PREDICTIONS, decodePredictions) : undefined;
    return { history: lines.map(({ result }) => result), points: lines.flatMap(({ points }) => points), predictions };
  }

  async readForTraining(): Promise<Omit<StoredRun, 'record'>> {
    const resume = await this.readPosition();
    return { resume, best: (await this.has(BEST)) ? await this.decoded(BEST, decodeBest) : undefined };
  }

  /** What its files take on the disk, for the list; one that cannot be looked at counts nothing. */
  async bytes(): Promise<number> {
    const names = await readdir(this.path);
    const sizes = await Promise.all(names.map((name) => stat(this.file(name)).then(({ size }) => size, () => 0))); // prettier-ignore
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Left behind if the app ended in the middle of a write. They harm nothing, so one that cannot be deleted stays. */
  async removeTemporaryFiles(): Promise<void> {
    const names = await retryWhileHeld(() => readdir(this.path), this.wait, READ_DELAYS);
    const temporary = names.filter((name) => name.startsWith('.') && name.endsWith('.tmp'));
    await Promise.all(temporary.map((name) => removePatiently(this.file(name), this.wait).catch(console.error)));
  }

  private has(name: string): Promise<boolean> {
    return exists(this.file(name), this.wait);
  }

  private bytesOf(name: string): Promise<Buffer> {
    return retryWhileHeld(() => readFile(this.file(name)), this.wait, READ_DELAYS);
  }

  private async decoded<T>(name: string, decode: (bytes: Uint8Array, what: string) => T): Promise<T> {
    return decode(await this.bytesOf(name), `“${this.file(name)}”`);
  }
}

// The files of one run, in a folder of its own: written so that they are whole at every moment, read so that nothing in them is trusted.
import { appendFile, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResumePoint, RunRecord, StoredRun } from '../../src-shared/runs';
import { appendSafely, writeFileAtomically } from '../atomic-write';
import { decodeHistory, decodeRunJson, encodeHistoryLine, encodeRunJson, type HistoryLine, type RunJson } from './run-json';
import { decodeBest, decodePredictions, decodeResumePoint, encodeBest, encodePredictions, encodeResumePoint } from './run-tensors';
import type { WaitingEpochs } from './waiting-epochs';

const RUN = 'run.json';
const HISTORY = 'history.jsonl';
const LAST = 'last.safetensors';
const BEST = 'best.safetensors';
const PREDICTIONS = 'predictions.safetensors';

export class RunFolder {
  constructor(readonly path: string) {}

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
    return decodeRunJson(await readFile(this.file(RUN), 'utf8'));
  }

  async writeRun(run: RunJson): Promise<void> {
    await writeFileAtomically(this.file(RUN), encodeRunJson(run));
  }

  async writePosition(position: ResumePoint): Promise<void> {
    await writeFileAtomically(this.file(LAST), encodeResumePoint(position));
  }

  /** last.safetensors is written last, and decides which epoch counts: what the others know of a later one is not looked at. */
  async writeEpochs({ lines, newest: { result, predictions, resume }, best }: WaitingEpochs): Promise<void> {
    await appendSafely(this.file(HISTORY), lines.map(encodeHistoryLine).join(''));
    if (best) await writeFileAtomically(this.file(BEST), encodeBest(best.resume.layers, best.result, best.resume.settings));
    await writeFileAtomically(this.file(PREDICTIONS), encodePredictions(predictions, result.epoch));
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
    return decodeHistory(await readFile(this.file(HISTORY), 'utf8'), lastEpoch);
  }

  /** Leaves out what was written of an epoch that did not end, so that the history can go on. */
  async mendHistory(lastEpoch: number): Promise<HistoryLine[]> {
    const lines = await this.readHistory(lastEpoch);
    await writeFileAtomically(this.file(HISTORY), lines.map(encodeHistoryLine).join(''));
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

  async bytes(): Promise<number> {
    const sizes = await Promise.all((await readdir(this.path)).map(async (name) => (await stat(this.file(name))).size));
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Left behind where the app ended in the middle of a write. */
  async removeTemporaryFiles(): Promise<void> {
    const names = await readdir(this.path);
    await Promise.all(names.filter((name) => name.startsWith('.') && name.endsWith('.tmp')).map((name) => rm(this.file(name))));
  }

  private has(name: string): Promise<boolean> {
    return stat(this.file(name)).then(
      () => true,
      () => false,
    );
  }

  private async decoded<T>(name: string, decode: (bytes: Uint8Array, what: string) => T): Promise<T> {
    return decode(await readFile(this.file(name)), `“${this.file(name)}”`);
  }
}

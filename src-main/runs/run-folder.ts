// The files of one run, in a folder of its own: written so that they are whole at every moment, read so that nothing in
// them is trusted.
import { appendFile, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { EpochRecord, ResumePoint, RunId, RunRecord, StoredRun } from '../../src-shared/runs/runs';
import { appendSafely, writeFileAtomically } from '../files/atomic-write';
import { exists, isAbsent, READ_DELAYS, removePatiently, retryWhileHeld, type Wait } from '../files/file-retry';
import { decodeHistory, encodeHistoryLine, type HistoryLine } from './history';
import { decodeRunJson, encodeRunJson, type RunJson, type RunProgress } from './run-json';
import { progressOf } from './run-progress';
import {
  decodeBest,
  decodeLast,
  decodePredictions,
  encodeBest,
  encodeLast,
  encodePredictions,
  withoutOptimizer,
  type Last,
} from './run-tensors';
import type { WaitingEpochs } from './waiting-epochs';

const RUN = 'run.json';
const HISTORY = 'history.jsonl';
const LAST = 'last.safetensors';
/** Version 0.1 has one file for all epochs. */
const BEST = /^best(-\d+)?\.safetensors$/;
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

  async create(run: RunJson, first: ResumePoint): Promise<RunJson> {
    await mkdir(this.path);
    await appendFile(this.file(HISTORY), '');
    await this.writePosition(first, progressOf(run));
    return this.writeRun(run);
  }

  /** Throws OtherVersion, and run-unreadable if this is no run of this id. */
  async readRun(id: RunId): Promise<RunJson> {
    return decodeRunJson((await this.bytesOf(RUN)).toString(), id);
  }

  /** @returns the run as it will be read: texts that are too long are shortened */
  async writeRun(run: RunJson): Promise<RunJson> {
    const text = encodeRunJson(run);
    await writeFileAtomically(this.file(RUN), text, this.wait);
    return decodeRunJson(text, run.id);
  }

  /** @param progress how far the run has come with it */
  async writePosition(position: ResumePoint, progress?: RunProgress): Promise<void> {
    await writeFileAtomically(this.file(LAST), encodeLast({ position, progress }), this.wait);
  }

  /**
   * last.safetensors is written last, and decides which epoch counts: what the others know of a later one is not looked
   * at. So this can be done again after it failed in its middle. Best weights have a file of their own for each epoch:
   * those before stay until this counts.
   */
  async writeEpochs(
    { lines, newest: { result, predictions, resume }, best }: WaitingEpochs,
    progress?: RunProgress,
  ): Promise<void> {
    await appendSafely(this.file(HISTORY), lines.map(encodeHistoryLine).join(''), this.wait);
    if (best)
      await writeFileAtomically(
        this.file(bestOf(best.result.epoch)),
        encodeBest(best.resume.layers, best.result, best.resume.settings),
        this.wait,
      );
    await writeFileAtomically(this.file(PREDICTIONS), encodePredictions(predictions, result.epoch), this.wait);
    await this.writePosition(resume, progress);
  }

  /** Best weights of other epochs than that of the best, once it counts. */
  async removeOtherBest({ result }: EpochRecord): Promise<void> {
    await this.removeBest((name) => name !== bestOf(result.epoch));
  }

  /** last.safetensors without the optimizer's state. Undefined: there is none, or another version wrote the file. */
  readWithoutOptimizer(): Promise<Uint8Array | undefined> {
    return this.decoded(LAST, withoutOptimizer);
  }

  /** What readWithoutOptimizer has returned. */
  async writeWeights(bytes: Uint8Array): Promise<void> {
    await writeFileAtomically(this.file(LAST), bytes, this.wait);
  }

  readLast(): Promise<Last> {
    return this.decoded(LAST, decodeLast);
  }

  async readHistory(lastEpoch: number): Promise<HistoryLine[]> {
    return decodeHistory(await this.bytesOf(HISTORY), lastEpoch).lines;
  }

  /** Leaves out what was written of an epoch that did not end, so that the run can go on. */
  async mend(lastEpoch: number): Promise<HistoryLine[]> {
    await this.removeTemporaryFiles();
    const { lines, bytes } = decodeHistory(await this.bytesOf(HISTORY), lastEpoch);
    await writeFileAtomically(this.file(HISTORY), bytes, this.wait);
    await this.removeBest((name) => epochOfBest(name) > lastEpoch);
    return lines;
  }

  /** What is to be drawn of a run that has come so far. */
  async readRecord(epochsTrained: number): Promise<Omit<RunRecord, 'summary'>> {
    const lines = await this.readHistory(epochsTrained);
    const predictions = (await this.has(PREDICTIONS)) ? await this.decoded(PREDICTIONS, decodePredictions) : undefined;
    return {
      history: lines.map(({ result }) => result),
      points: lines.flatMap(({ points }) => points),
      predictions: predictions?.epoch === lines.at(-1)?.result.epoch ? predictions : undefined,
    };
  }

  /**
   * The best weights that go with a position: those of a later epoch may lie there if the app ended before that one
   * did. A file that is removed meanwhile, because the run went on, is passed over.
   */
  async readBest({ epoch, best }: ResumePoint): Promise<StoredRun['best']> {
    const names = (await this.names()).filter((name) => BEST.test(name) && epochOfBest(name) <= epoch);
    for (const name of names.sort((a, b) => epochOfBest(b) - epochOfBest(a))) {
      const found = await this.decoded(name, decodeBest).catch(ifAbsent);
      if (!found) continue;
      const { validation } = found.result;
      if (
        best &&
        validation &&
        found.result.epoch <= epoch &&
        Object.is(validation.loss, best.score.loss) &&
        Object.is(validation.accuracy, best.score.accuracy)
      )
        return found;
    }
    return undefined;
  }

  /** What its files take on the disk, for the list; one that cannot be looked at counts nothing. */
  async bytes(): Promise<number> {
    const names = await readdir(this.path);
    const sizes = await Promise.all(
      names.map((name) =>
        stat(this.file(name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
    );
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Left behind if the app ended in the middle of a write. They harm nothing, so one that cannot be deleted stays. */
  async removeTemporaryFiles(): Promise<void> {
    const names = await this.names();
    const temporary = names.filter((name) => name.startsWith('.') && name.endsWith('.tmp'));
    await Promise.all(temporary.map((name) => removePatiently(this.file(name), this.wait).catch(console.error)));
  }

  /** One that cannot be deleted now harms nothing, and is deleted with the next. */
  private async removeBest(isStale: (name: string) => boolean): Promise<void> {
    const names = await this.names().catch(() => []);
    await Promise.all(
      names
        .filter((name) => BEST.test(name) && isStale(name))
        .map((name) => removePatiently(this.file(name), this.wait).catch(console.error)),
    );
  }

  private names(): Promise<string[]> {
    return retryWhileHeld(() => readdir(this.path), this.wait, READ_DELAYS);
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

function bestOf(epoch: number): string {
  return `best-${epoch}.safetensors`;
}

function ifAbsent(error: unknown): undefined {
  if (!isAbsent(error)) throw error;
}

/** 0 where the name does not tell. */
function epochOfBest(name: string): number {
  return Number(/\d+/.exec(name)?.[0] ?? 0);
}

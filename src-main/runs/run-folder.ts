// The files of one run in its folder. They are written so that they are complete at every moment, and nothing in them
// is trusted when they are read.
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
/** Version 0.1 used the same file for all epochs. */
const BEST = /^best(-\d+)?\.safetensors$/;
const PREDICTIONS = 'predictions.safetensors';

export class RunFolder {
  /** @param wait before an operation is repeated because another program has a file open */
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

  /** Throws OtherVersion, and run-unreadable if this is not the run of this id. */
  async readRun(id: RunId): Promise<RunJson> {
    return decodeRunJson((await this.bytesOf(RUN)).toString(), id);
  }

  /** @returns the run as it will be read again, with shortened texts */
  async writeRun(run: RunJson): Promise<RunJson> {
    const text = encodeRunJson(run);
    await writeFileAtomically(this.file(RUN), text, this.wait);
    return decodeRunJson(text, run.id);
  }

  /** @param progress of the run at this position */
  async writePosition(position: ResumePoint, progress?: RunProgress): Promise<void> {
    await writeFileAtomically(this.file(LAST), encodeLast({ position, progress }), this.wait);
  }

  /**
   * Writes finished epochs. last.safetensors is written last, and determines which epoch counts: later epochs in the
   * other files are ignored. So this can be repeated after it failed halfway. Best weights have a file of their own for
   * each epoch, and earlier ones stay until this epoch counts.
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

  /** Removes best weights of epochs other than this one. Call it once this epoch counts. */
  async removeOtherBest({ result }: EpochRecord): Promise<void> {
    await this.removeBest((name) => name !== bestOf(result.epoch));
  }

  /** last.safetensors without optimizer state; undefined if it has none, or if another version wrote the file. */
  readWithoutOptimizer(): Promise<Uint8Array | undefined> {
    return this.decoded(LAST, withoutOptimizer);
  }

  /** @param bytes from readWithoutOptimizer */
  async writeWeights(bytes: Uint8Array): Promise<void> {
    await writeFileAtomically(this.file(LAST), bytes, this.wait);
  }

  readLast(): Promise<Last> {
    return this.decoded(LAST, decodeLast);
  }

  async readHistory(lastEpoch: number): Promise<HistoryLine[]> {
    return decodeHistory(await this.bytesOf(HISTORY), lastEpoch).lines;
  }

  /** Removes what was written of an unfinished epoch, so that the run can be resumed. */
  async repair(lastEpoch: number): Promise<HistoryLine[]> {
    await this.removeTemporaryFiles();
    const { lines, bytes } = decodeHistory(await this.bytesOf(HISTORY), lastEpoch);
    await writeFileAtomically(this.file(HISTORY), bytes, this.wait);
    await this.removeBest((name) => epochOfBest(name) > lastEpoch);
    return lines;
  }

  /** The curves and predictions of a run, up to this epoch. */
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
   * The best weights that belong to a position. The folder may also hold those of a later epoch that was not finished.
   * A file that is removed meanwhile, because the run is training, is ignored.
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

  /** Size of all files on the disk. A file whose size cannot be read counts as 0. */
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

  /** Removes files left by a write that was cut off. They do no harm, so a file that cannot be deleted stays. */
  async removeTemporaryFiles(): Promise<void> {
    const names = await this.names();
    const temporary = names.filter((name) => name.startsWith('.') && name.endsWith('.tmp'));
    await Promise.all(temporary.map((name) => removePatiently(this.file(name), this.wait).catch(console.error)));
  }

  /** A file that cannot be deleted now does no harm, and is deleted the next time. */
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

/** 0 if the name has no epoch. */
function epochOfBest(name: string): number {
  return Number(/\d+/.exec(name)?.[0] ?? 0);
}

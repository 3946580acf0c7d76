// Writes networks to files and reads them from files in a process of its own, so that main answers meanwhile. One at a
// time: several large networks would need the memory of several.
//
// A process and not a worker thread: a network may need more memory than there is, which ends the whole process in
// which that happens, and a thread is ended only between two steps of its script, so that a large JSON.parse could not
// be cancelled. It starts in about a tenth of a second.
import { basename } from 'node:path';
import type { Checkpoint } from '../../src-shared/runs/checkpoint';
import { StudioError } from '../../src-shared/errors';
import { sizesOf } from '../../src-shared/networks/layers';
import type { NetworkNotice } from '../../src-shared/contract';
import type { NetworkAnswers, NetworkWork } from '../../src-shared/networks/network-files';
import { temporaryBeside } from '../files/atomic-write';
import { exportNotWritten } from '../formats/save/write-export';
import { removeNow, removePatiently, renamePatiently, type Wait } from '../files/file-retry';
import type { ImportedNetwork } from '../formats/open/imported-network';
import type { Resolved } from '../formats/open/resolve-network';
import type { Trial } from '../formats/open/trial';
import { LayersInChunks, numbersOf } from './layers-in-chunks';
import type { ExportJob, FromProcess, ImportJob, Job, ToProcess } from './messages';
import { outOfMemory } from './out-of-memory';

/** What this needs of a child process. */
export interface NetworkProcess {
  post(message: ToProcess): void;
  onMessage(listener: (message: FromProcess) => void): void;
  /** It has ended, in whatever way. */
  onEnd(listener: () => void): void;
  kill(): void;
}

export interface NetworkWorkOptions {
  fork: () => NetworkProcess;
  notify: (notice: NetworkNotice) => void;
  /** Before a file operation is repeated that another program refuses. */
  wait?: Wait;
}

/** What is over sooner needs no telling. */
const QUIET_MS = 300;
const NOTICES_MS = 200;

interface Work extends NetworkWork {
  process: NetworkProcess | undefined;
  isCancelled: boolean;
  /** Of an export. */
  temporary: string | undefined;
  /** Once it is over: whether it was cancelled. */
  wasCancelled: Promise<boolean>;
}

export type ToExport = Pick<ExportJob, 'file' | 'version' | 'options'> & {
  network: Extract<ExportJob['network'], { kind: 'run' }> | { kind: 'checkpoint'; checkpoint: Checkpoint };
};

/** Thrown inside, where a person has cancelled. */
class Cancelled extends Error {}

export class NetworkFileWork {
  private current: Work | undefined;

  constructor(private readonly options: NetworkWorkOptions) {}

  /** Throws busy while another network is written or read. */
  refuseSecond(): void {
    if (!this.current) return;
    const { kind, name } = this.current;
    throw new StudioError(
      'busy',
      `${name} is still being ${kind === 'export' ? 'written' : 'read'}. Please wait until it is there, or cancel it.`,
    );
  }

  /**
   * Throws export-failed, busy; a file that was there before is then still there, unchanged, as it is after a cancel.
   * @returns the program that comes with the file; undefined if it was cancelled
   */
  export({ file, network, ...how }: ToExport): Promise<string | undefined> {
    const temporary = temporaryBeside(file);
    return this.during('export', file, temporary, async (work) => {
      try {
        const { layers, sent } = network.kind === 'run' ? { layers: [], sent: network } : outlined(network.checkpoint);
        const snippet = await this.write(work, { kind: 'export', file, temporary, ...how, network: sent }, layers);
        if (work.isCancelled) throw new Cancelled();
        await renamePatiently(temporary, file, this.options.wait).catch((error: unknown) => {
          throw exportNotWritten(error, file);
        });
        return snippet;
      } finally {
        // If it cannot be removed, the caller needs the first error.
        await removePatiently(temporary, this.options.wait).catch(console.error);
      }
    });
  }

  /** Throws file-unreadable, too-large, busy. @returns undefined if it was cancelled */
  import(file: string, answers: NetworkAnswers, trial: Trial): Promise<Resolved | undefined> {
    return this.during('import', file, undefined, (work) => this.read(work, { kind: 'import', file, answers, trial }));
  }

  /** Returns when the work is over. @returns false if there was none, or if it was as good as done, or failed */
  async cancel(): Promise<boolean> {
    const work = this.current;
    if (!work) return false;
    work.isCancelled = true;
    work.process?.kill();
    return work.wasCancelled;
  }

  /** At the end of the app: what is not done will never be. */
  abandon(): void {
    if (!this.current) return;
    void this.cancel();
    if (this.current.temporary !== undefined) removeNow(this.current.temporary);
  }

  private async during<T>(
    kind: Work['kind'],
    file: string,
    temporary: string | undefined,
    does: (work: Work) => Promise<T>,
  ): Promise<T | undefined> {
    this.refuseSecond();
    let end!: (wasCancelled: boolean) => void;
    const wasCancelled = new Promise<boolean>((resolve) => (end = resolve));
    const work: Work = {
      kind,
      name: basename(file),
      done: undefined,
      process: undefined,
      isCancelled: false,
      temporary,
      wasCancelled,
    };
    this.current = work;
    const stopTelling = this.tellOf(work);
    try {
      return await does(work);
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
      end(true);
      return undefined;
    } finally {
      this.current = undefined;
      stopTelling();
      end(false); // unless it has been told already
    }
  }

  /** Again and again, so that a page that is loaded anew learns of it too. @returns what ends it */
  private tellOf(work: Work): () => void {
    const { notify } = this.options;
    let next: NodeJS.Timeout;
    let isTold = false;
    const tell = () => {
      isTold = true;
      notify({ kind: 'network-work', work: { kind: work.kind, name: work.name, done: work.done } });
      next = setTimeout(tell, NOTICES_MS);
    };
    next = setTimeout(tell, QUIET_MS);
    return () => {
      clearTimeout(next);
      if (isTold) notify({ kind: 'network-work', work: undefined });
    };
  }

  private write(work: Work, job: ExportJob, layers: Checkpoint['layers']): Promise<string> {
    return this.ask(work, job, layers, (message) => (message.kind === 'written' ? message.snippet : undefined));
  }

  private read(work: Work, job: ImportJob): Promise<Resolved> {
    let arriving: { layers: LayersInChunks; network: Omit<ImportedNetwork, 'layers'> };
    return this.ask(work, job, [], (message): Resolved | undefined => {
      if (message.kind === 'question') return message;
      if (message.kind === 'network') {
        const { sizes, ...network } = message.network;
        arriving = { layers: new LayersInChunks(sizes), network };
      }
      const layers = message.kind === 'numbers' && arriving.layers.take(message.values);
      return layers ? { kind: 'network', network: { ...arriving.network, layers } } : undefined;
    });
  }

  /**
   * @param layers whose numbers follow the job.
   * @param take is given each message, and returns the answer once it is whole
   */
  private ask<T>(
    work: Work,
    job: Job,
    layers: Checkpoint['layers'],
    take: (message: FromProcess) => T | undefined,
  ): Promise<T> {
    const process = this.options.fork();
    work.process = process;
    let isOver = false;
    const answer = new Promise<T>((resolve, reject) => {
      process.onMessage((message) => {
        if (message.kind === 'progress') work.done = message.done;
        if (message.kind === 'failed') reject(thrown(message));
        try {
          const whole = take(message);
          if (whole !== undefined) resolve(whole);
          else if (message.kind === 'numbers') setImmediate(() => isOver || process.post({ kind: 'next' }));
        } catch (error) {
          reject(error instanceof RangeError ? outOfMemory(job) : error);
        }
      });
      process.onEnd(() => reject(work.isCancelled ? new Cancelled() : outOfMemory(job)));
      process.post({ kind: 'job', job });
      send(process, layers, () => isOver).catch((error: unknown) =>
        reject(error instanceof RangeError ? outOfMemory(job) : error),
      );
    });
    return answer.finally(() => {
      isOver = true;
      process.kill();
    });
  }
}

function outlined({ layers, ...checkpoint }: Checkpoint): { layers: Checkpoint['layers']; sent: ExportJob['network'] } {
  return { layers, sent: { kind: 'checkpoint', checkpoint: { ...checkpoint, sizes: sizesOf(layers) } } };
}

/** Main answers between the pieces. */
async function send(process: NetworkProcess, layers: Checkpoint['layers'], isOver: () => boolean): Promise<void> {
  for (const values of numbersOf(layers)) {
    if (isOver()) return;
    process.post({ kind: 'numbers', values });
    await new Promise(setImmediate);
  }
}

function thrown({ error, details }: Extract<FromProcess, { kind: 'failed' }>): StudioError {
  if (details !== undefined) console.error(details);
  return new StudioError(error.code, error.message);
}

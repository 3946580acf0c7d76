// Writes networks to files and reads them from files in a process of its own, so that main stays responsive. Only one
// at a time, to limit the memory that is needed.
//
// A process, not a worker thread: running out of memory ends the whole process, and a thread can only be ended between
// two steps of its script, so that a large JSON.parse could not be cancelled. It starts in about a tenth of a second.
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

/** The part of a child process that is needed here. */
export interface NetworkProcess {
  post(message: ToProcess): void;
  onMessage(listener: (message: FromProcess) => void): void;
  /** Called when the process has ended for any reason. */
  onEnd(listener: () => void): void;
  kill(): void;
}

export interface NetworkWorkOptions {
  fork: () => NetworkProcess;
  notify: (notice: NetworkNotice) => void;
  /** Waits before a file operation is repeated because another program has the file open. */
  wait?: Wait;
}

/** Work that takes less time is not shown. */
const QUIET_MS = 300;
const NOTICE_INTERVAL_MS = 200;

interface Work extends NetworkWork {
  process: NetworkProcess | undefined;
  isCancelled: boolean;
  /** The file that an export writes first. */
  temporary: string | undefined;
  /** Resolves when the work is over: true if it was cancelled. */
  wasCancelled: Promise<boolean>;
}

export type ToExport = Pick<ExportJob, 'file' | 'version' | 'options'> & {
  network: Extract<ExportJob['network'], { kind: 'run' }> | { kind: 'checkpoint'; checkpoint: Checkpoint };
};

/** Thrown inside this class after the person has cancelled the work. */
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
      `${name} is still being ${kind === 'export' ? 'written' : 'read'}. Please wait until it is done, or cancel it.`,
    );
  }

  /**
   * Throws export-failed, busy. An existing file is unchanged after an error or a cancel.
   * @returns the program that loads the file; undefined if the export was cancelled
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
        // An error of the clean-up must not hide the first one.
        await removePatiently(temporary, this.options.wait).catch(console.error);
      }
    });
  }

  /** Throws file-unreadable, too-large, busy. @returns undefined if it was cancelled */
  import(file: string, answers: NetworkAnswers, trial: Trial): Promise<Resolved | undefined> {
    return this.during('import', file, undefined, (work) => this.read(work, { kind: 'import', file, answers, trial }));
  }

  /** Resolves when the work is over: false if there was none, or if it was finished or failed before the cancel. */
  async cancel(): Promise<boolean> {
    const work = this.current;
    if (!work) return false;
    work.isCancelled = true;
    work.process?.kill();
    return work.wasCancelled;
  }

  /** Ends the work and removes its temporary file, when the app quits. */
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
    const stopNotices = this.sendNotices(work);
    try {
      return await does(work);
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
      end(true);
      return undefined;
    } finally {
      this.current = undefined;
      stopNotices();
      end(false); // without effect if it was cancelled
    }
  }

  /**
   * Sends notices until it is stopped, so that a page that is reloaded gets them too. @returns a function that stops
   */
  private sendNotices(work: Work): () => void {
    const { notify } = this.options;
    let next: NodeJS.Timeout;
    let wasSent = false;
    const sendNotice = () => {
      wasSent = true;
      notify({ kind: 'network-work', work: { kind: work.kind, name: work.name, done: work.done } });
      next = setTimeout(sendNotice, NOTICE_INTERVAL_MS);
    };
    next = setTimeout(sendNotice, QUIET_MS);
    return () => {
      clearTimeout(next);
      if (wasSent) notify({ kind: 'network-work', work: undefined });
    };
  }

  private write(work: Work, job: ExportJob, layers: Checkpoint['layers']): Promise<string> {
    return this.runJob(work, job, layers, (message) => (message.kind === 'written' ? message.snippet : undefined));
  }

  private read(work: Work, job: ImportJob): Promise<Resolved> {
    let arriving: { layers: LayersInChunks; network: Omit<ImportedNetwork, 'layers'> };
    return this.runJob(work, job, [], (message): Resolved | undefined => {
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
   * Runs a job in a new process.
   * @param layers whose numbers are sent after the job
   * @param take is called with each message, and returns the answer once it is complete
   */
  private runJob<T>(
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
        if (message.kind === 'failed') reject(errorOf(message));
        try {
          const complete = take(message);
          if (complete !== undefined) resolve(complete);
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

/** Sends one chunk a turn, so that main can do other work in between. */
async function send(process: NetworkProcess, layers: Checkpoint['layers'], isOver: () => boolean): Promise<void> {
  for (const values of numbersOf(layers)) {
    if (isOver()) return;
    process.post({ kind: 'numbers', values });
    await new Promise(setImmediate);
  }
}

function errorOf({ error, details }: Extract<FromProcess, { kind: 'failed' }>): StudioError {
  if (details !== undefined) console.error(details);
  return new StudioError(error.code, error.message);
}

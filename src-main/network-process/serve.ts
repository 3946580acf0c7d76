// Does the only job of the process: reads the file of a network, or writes one.
import { basename } from 'node:path';
import type { Checkpoint } from '../../src-shared/runs/checkpoint';
import { StudioError, toFailure } from '../../src-shared/errors';
import { sizesOf } from '../../src-shared/networks/layers';
import type { RunSummary } from '../../src-shared/runs/runs';
import { writeNewFile } from '../files/atomic-write';
import { exportFormatOf } from '../formats/save/formats';
import { exportedBytes, exportNotWritten } from '../formats/save/write-export';
import { readNetworkFile } from '../formats/open/import-network';
import type { ImportedNetwork } from '../formats/open/imported-network';
import { resolveNetwork } from '../formats/open/resolve-network';
import { readPosition } from '../runs/read-run';
import { RunFolder } from '../runs/run-folder';
import { LayersInChunks, numbersOf } from './layers-in-chunks';
import type { ExportJob, FromProcess, Job, ToProcess } from './messages';
import { outOfMemory } from './out-of-memory';
import { checkpointOf } from './run-checkpoint';

/** @returns the function that handles the messages of main, in order */
export function serve(post: (message: FromProcess) => void): (message: ToProcess) => void {
  /** The checkpoint whose numbers are being received. */
  let arriving: { layers: LayersInChunks; start: (layers: Checkpoint['layers']) => Promise<void> } | undefined;
  /** Numbers of the network that was read which main has not received yet. */
  let leaving: Iterator<Float32Array> | undefined;

  function sendNext(): void {
    const next = leaving?.next();
    if (next && !next.done) post({ kind: 'numbers', values: next.value });
  }

  async function begin(job: Job): Promise<void> {
    if (job.kind === 'import') {
      const resolved = resolveNetwork(await readNetworkFile(job.file), basename(job.file), job.answers, job.trial);
      if (resolved.kind === 'question') return post(resolved);
      const { layers, metadata, ...network } = resolved.network;
      post({ kind: 'network', network: { ...network, metadata: neededOf(metadata), sizes: sizesOf(layers) } });
      leaving = numbersOf(layers);
      sendNext();
    } else if (job.network.kind === 'run') {
      await exportNetwork(job, await readCheckpoint(job.network), post);
    } else {
      const { sizes, ...checkpoint } = job.network.checkpoint;
      arriving = {
        layers: new LayersInChunks(sizes),
        start: (layers) => exportNetwork(job, { ...checkpoint, layers }, post),
      };
    }
  }

  async function take(message: ToProcess): Promise<void> {
    if (message.kind === 'job') return begin(message.job);
    if (message.kind === 'next') return sendNext();
    const layers = arriving?.layers.take(message.values);
    if (layers) await arriving!.start(layers);
  }

  let job: Job;
  return (message) => {
    if (message.kind === 'job') job = message.job;
    void take(message).catch((error: unknown) => post(failed(error, job)));
  };
}

/**
 * The part of a file's metadata that main needs: on which images the network was trained. All of it may be large, and
 * would block main while it is received.
 */
function neededOf(metadata: ImportedNetwork['metadata']): ImportedNetwork['metadata'] {
  const dataset = metadata?.['dataset'];
  const sha256 = typeof dataset === 'object' && dataset !== null && 'sha256' in dataset ? dataset.sha256 : undefined;
  return typeof sha256 === 'string' && sha256.length <= 64 ? { dataset: { sha256 } } : undefined;
}

async function exportNetwork(
  job: ExportJob,
  checkpoint: Checkpoint,
  post: (message: FromProcess) => void,
): Promise<void> {
  const { file, temporary, version, options } = job;
  const bytes = exportedBytes(file, [checkpoint, version, options], (done) => post({ kind: 'progress', done }));
  await writeNewFile(temporary, bytes).catch((error: unknown) => {
    throw error instanceof RangeError ? error : exportNotWritten(error, file);
  });
  const name = basename(file);
  post({ kind: 'written', snippet: exportFormatOf(name).snippet(name, checkpoint, options) });
}

/** The last weights of a stored run. */
async function readCheckpoint({ folder, summary }: { folder: string; summary: RunSummary }): Promise<Checkpoint> {
  const position = await readPosition(new RunFolder(folder), summary);
  return checkpointOf(position.summary, position.resume.layers)!;
}

function failed(error: unknown, job: Job): FromProcess {
  if (error instanceof StudioError) return { kind: 'failed', error: toFailure(error), details: undefined };
  // A RangeError means that an array or a string became too large.
  const reported = error instanceof RangeError ? outOfMemory(job) : error;
  return { kind: 'failed', error: toFailure(reported), details: error instanceof Error ? error.stack : String(error) };
}

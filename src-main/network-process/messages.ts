// What the main process and the process that reads and writes files of networks say to each other. Weights travel in
// pieces, because a message stops the process that receives it for as long as it is copied.
import type { Checkpoint } from '../../src-shared/runs/checkpoint';
import type { Failure } from '../../src-shared/errors';
import type { NetworkAnswers, NetworkQuestion } from '../../src-shared/networks/network-files';
import type { ExportOptions } from '../../src-shared/networks/network-formats';
import type { RunSummary } from '../../src-shared/runs/runs';
import type { ImportedNetwork } from '../formats/open/imported-network';
import type { Trial } from '../formats/open/trial';

/** Without its layers, whose numbers follow. Sizes: units of every layer, from the pixels to the classes. */
export type WithoutLayers<T extends { layers: unknown }> = Omit<T, 'layers'> & { sizes: number[] };

export interface ExportJob {
  kind: 'export';
  /** What a person chose: its name decides on the format. */
  file: string;
  /** Where it is written first; main puts it in the place of the file. */
  temporary: string;
  version: string;
  options: ExportOptions;
  /** Of a checkpoint the numbers follow; those of a kept run are read from its folder. */
  network:
    | { kind: 'checkpoint'; checkpoint: WithoutLayers<Checkpoint> }
    | { kind: 'run'; folder: string; summary: RunSummary };
}

export interface ImportJob {
  kind: 'import';
  file: string;
  answers: NetworkAnswers;
  trial: Trial;
}

export type Job = ExportJob | ImportJob;

/** Of a layer's weight or bias, in the order of the layers. */
interface Numbers {
  kind: 'numbers';
  values: Float32Array;
}

/**
 * Next: the numbers that came have been taken. Without it the next ones do not come, or main would have no time between
 * them.
 */
export type ToProcess = { kind: 'job'; job: Job } | Numbers | { kind: 'next' };

/**
 * Progress as a share, 0 to 1. Each job ends with written, question, failed or the last numbers of a network. Details:
 * for the log.
 */
export type FromProcess =
  | { kind: 'progress'; done: number }
  | { kind: 'written'; snippet: string }
  | { kind: 'network'; network: WithoutLayers<ImportedNetwork> }
  | NetworkQuestion
  | Numbers
  | { kind: 'failed'; error: Failure; details: string | undefined };

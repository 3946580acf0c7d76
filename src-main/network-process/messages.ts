// Messages between the main process and the process that reads and writes files of networks. Weights are sent in
// chunks, because receiving a message blocks a process while the message is copied.
import type { Checkpoint } from '../../src-shared/runs/checkpoint';
import type { Failure } from '../../src-shared/errors';
import type { NetworkAnswers, NetworkQuestion } from '../../src-shared/networks/network-files';
import type { ExportOptions } from '../../src-shared/networks/network-formats';
import type { RunSummary } from '../../src-shared/runs/runs';
import type { ImportedNetwork } from '../formats/open/imported-network';
import type { Trial } from '../formats/open/trial';

/** A network without its layers, whose numbers follow. Sizes: units of every layer, from the pixels to the classes. */
export type WithoutLayers<T extends { layers: unknown }> = Omit<T, 'layers'> & { sizes: number[] };

export interface ExportJob {
  kind: 'export';
  /** The file that the person chose. Its suffix determines the format. */
  file: string;
  /** The file that is written first. Main renames it to the chosen file. */
  temporary: string;
  version: string;
  options: ExportOptions;
  /** The numbers of a checkpoint follow; those of a stored run are read from its folder. */
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

/** Some numbers of a layer's weight or bias, in the order of the layers. */
interface Numbers {
  kind: 'numbers';
  values: Float32Array;
}

/** “next” requests the next numbers. They are not sent before, so that main has time for other work in between. */
export type ToProcess = { kind: 'job'; job: Job } | Numbers | { kind: 'next' };

/**
 * Progress is a share, 0 to 1. Each job ends with “written”, “question”, “failed” or the last numbers of a network.
 * Details are for the log.
 */
export type FromProcess =
  | { kind: 'progress'; done: number }
  | { kind: 'written'; snippet: string }
  | { kind: 'network'; network: WithoutLayers<ImportedNetwork> }
  | NetworkQuestion
  | Numbers
  | { kind: 'failed'; error: Failure; details: string | undefined };

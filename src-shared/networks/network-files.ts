// How a trained network leaves the app as a file and comes back from one: a part of the commands in contract.ts.
import * as z from 'zod';
import type { LayerWeights } from '../contract';
import { EXPORT_SUFFIXES } from './network-formats';
import type { PixelScaling } from './pixel-scaling';
import { runIdSchema } from '../runs/runs';
import type { Activation } from '../settings/settings';
import { NUMBER_FIELDS } from '../settings/settings-fields';
import { activationSchema } from '../settings/settings-schema';

export const NETWORK_COMMAND_ARGUMENTS = {
  /** Opens the save dialog, then writes the newest checkpoint, or the weights that a kept run ended with. */
  exportWeights: z.strictObject({
    run: runIdSchema.optional(),
    suffix: z.enum(EXPORT_SUFFIXES),
    rawPixels: z.boolean(),
  }),
  /**
   * Opens a network of this or another program as a new run of no epochs, on the dataset that is open. Without a file a
   * dialog asks for it; opened again with the answers if the first try ended with a question.
   */
  openNetwork: z.strictObject({
    file: z.string().min(1).max(32_768).optional(),
    activation: activationSchema.optional(),
    leakySlope: z.number().min(NUMBER_FIELDS.leakySlope.min).max(NUMBER_FIELDS.leakySlope.max).optional(),
    pixels: z.strictObject({ mean: z.number(), deviation: z.number().positive() }).optional(),
  }),
  /**
   * Stops what is being written or read, if it still is: exportWeights or openNetwork then answers as if its dialog had
   * been closed.
   */
  cancelNetworkWork: z.undefined(),
  /** The weights that a kept run ended with. */
  readNetwork: z.strictObject({ run: runIdSchema }),
} as const satisfies Record<string, z.ZodType>;

/** What was written, and a program, ready to copy, that loads it and reproduces the test accuracy. */
export interface ExportedWeights {
  file: string;
  epoch: number;
  snippet: string;
}

/** What a person adds to what a file says. */
export interface NetworkAnswers {
  activation?: Activation | undefined;
  /** Of leaky ReLU. */
  leakySlope?: number | undefined;
  pixels?: PixelScaling | undefined;
}

/**
 * A value that a network was tried with, and the share of the trial images that it then reads right; undefined: not
 * tried.
 */
export interface Tried<T> {
  value: T;
  accuracy: number | undefined;
}

/** All that is open if the hidden layers have this activation. */
export interface ActivationChoice extends Tried<Activation> {
  /** Empty if the slope is known, or the activation has none. */
  slopes: Tried<number>[];
  asksSlope: boolean;
  /** Empty if the scaling is known. */
  scalings: Tried<PixelScaling>[];
  asksPixels: boolean;
  /** What reads the images best, or is usual if nothing reads them clearly better. */
  suggested: Required<Pick<NetworkAnswers, 'leakySlope' | 'pixels'>>;
}

/** What must be known before a network can be opened. */
export interface NetworkQuestion {
  kind: 'question';
  /** Path or name. */
  file: string;
  /** Units of every layer, from the pixels to the classes. */
  sizes: number[];
  asksActivation: boolean;
  /** At least one; one alone if the activation is known. */
  choices: ActivationChoice[];
  /** How many training images it was tried on. */
  images: number;
}

/** A network that is being written to a file, or read from one. */
export interface NetworkWork {
  kind: 'export' | 'import';
  /** Of the file. */
  name: string;
  /** Share of it, 0 to 1; undefined: not known. */
  done: number | undefined;
}

/** Told five times a second of work that takes longer than a moment; undefined: it is over. */
export type NetworkNotice = { kind: 'network-work'; work: NetworkWork | undefined };

export interface NetworkCommandResults {
  /** Whether it was stopped: what is as good as done is done. */
  cancelNetworkWork: boolean;
  readNetwork: { layers: LayerWeights[]; epoch: number };
  /** undefined: the user closed the dialog, or cancelled. */
  exportWeights: ExportedWeights | undefined;
  /** undefined: the user closed the dialog, or cancelled. Notes: what was done while reading, in sentences. */
  openNetwork: { kind: 'opened'; run: number; name: string; notes: string[] } | NetworkQuestion | undefined;
}

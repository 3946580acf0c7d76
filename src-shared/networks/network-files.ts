// How a trained network leaves the app as a file and comes back from one.
import type { Activation } from '../settings/settings';
import type { PixelScaling } from './pixel-scaling';

/** The file that was written, and a program, ready to copy, that loads it and reproduces the test accuracy. */
export interface ExportedWeights {
  file: string;
  epoch: number;
  snippet: string;
}

/** What a person says about a network if its file does not. */
export interface NetworkAnswers {
  activation?: Activation | undefined;
  /** Of leaky ReLU. */
  leakySlope?: number | undefined;
  pixels?: PixelScaling | undefined;
}

/** A value that the network was tried with. */
export interface Tried<T> {
  value: T;
  /** Share of the trial images that the network then classifies correctly. Undefined if it was not tried. */
  accuracy: number | undefined;
}

/** What remains to be asked if the hidden layers have this activation. */
export interface ActivationChoice extends Tried<Activation> {
  /** Empty if the slope is known, or the activation has none. */
  slopes: Tried<number>[];
  asksSlope: boolean;
  /** Empty if the scaling is known. */
  scalings: Tried<PixelScaling>[];
  asksPixels: boolean;
  /** The values with the best accuracy, or the usual ones if none is clearly better. */
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
  /** At least one; exactly one if the activation is known. */
  choices: ActivationChoice[];
  /** How many training images it was tried on. */
  images: number;
}

export interface OpenedNetwork {
  kind: 'opened';
  run: number;
  name: string;
  /** What was done while reading the file, in sentences. */
  notes: string[];
}

/** A network that is being written to a file, or read from one. */
export interface NetworkWork {
  kind: 'export' | 'import';
  /** Of the file. */
  name: string;
  /** Share of the work, 0 to 1. Undefined if it is not known. */
  done: number | undefined;
}

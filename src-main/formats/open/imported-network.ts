// What reading a network's file leads to, whatever its format; and the sentence that refuses a file.
import type { LayerWeights } from '../../../src-shared/networks/layers';
import { StudioError } from '../../../src-shared/errors';
import type { PixelScaling } from '../../../src-shared/networks/pixel-scaling';
import type { Activation, Settings } from '../../../src-shared/settings/settings';

export { RAW_PIXELS, UNIT_PIXELS, type PixelScaling } from '../../../src-shared/networks/pixel-scaling';

/** One order of a file's layers. */
export interface Candidate {
  /** Such as “hidden1, hidden2, output”: names the order in questions and notes. */
  description: string;
  /**
   * At least one; each takes what the one before gives. All numbers are finite. Copies are made only when asked for.
   */
  layers: () => LayerWeights[];
  /** Set if the file also has a mean or a deviation of each pixel: whether the first layer is folded with them. */
  pixelStatistics?: 'used' | 'unused';
}

export interface SizedCandidate extends Candidate {
  /** Units of every layer, from the pixels to the classes: known without a copy of the layers. */
  sizes: number[];
}

/** What reading a file leads to, before it is known which images the network is for. */
export interface NetworkFile {
  /** At least one. Several: names and shapes leave it open in which order the layers follow each other. */
  candidates: SizedCandidate[];
  /** undefined: the file does not say. Without hidden layers it is of no use, and ReLU. */
  activation: Activation | undefined;
  /** Of leaky ReLU. undefined: the file does not say, or the activation is another one. */
  leakySlope: number | undefined;
  /** How the first layer expects its pixels. undefined: the file does not say. */
  pixels: PixelScaling | undefined;
  /** Set if only arrays named mean and std say it, which a program may keep without using them. */
  pixelsAreHint?: boolean;
  /** Rows and columns, whose product is the inputs of the first layer. */
  imageShape: [number, number] | undefined;
  /** One for each output. */
  classNames: string[] | undefined;
  settings: Settings | undefined;
  /** All that the file says beside its weights. */
  metadata: Record<string, unknown> | undefined;
  /** What was done while reading, in sentences: numbers rounded, weights transposed, arrays passed over. */
  notes: string[];
}

/** Where an answer came from: what the file says, what a person said, or what is usual. */
export type Source = 'file' | 'answer' | 'assumed';

export interface ImportedNetwork {
  /** At least one; each takes what the one before gives. They take pixels divided by 255. All numbers are finite. */
  layers: LayerWeights[];
  /** Without hidden layers it is of no use, and ReLU. */
  activation: Activation;
  activationFrom: Source;
  /** Of leaky ReLU, undefined otherwise. */
  leakySlope: number | undefined;
  leakySlopeFrom: Source | undefined;
  /** How the file's first layer expects its pixels, before the scaling was folded into it. */
  pixels: PixelScaling;
  pixelsFrom: Source;
  /** Which of several orders of its layers it is; undefined if there was only one. */
  order: string | undefined;
  /** Rows and columns, whose product is the inputs of the first layer. */
  imageShape: [number, number] | undefined;
  /** One for each output. */
  classNames: string[] | undefined;
  /** What it was trained with. */
  settings: Settings | undefined;
  /** All that the file says beside its weights. */
  metadata: Record<string, unknown> | undefined;
  /** What was done while reading, and what was assumed, in sentences. */
  notes: string[];
}

/** The candidate of a format that says how its layers follow each other. */
export function onlyCandidate(layers: LayerWeights[]): Candidate[] {
  return [{ description: `${layers.length} layers in the order of the file`, layers: () => layers }];
}

/** @param reason half a sentence. @param advice a sentence */
export function refusal(file: string, reason: string, advice = 'Please choose another file.'): StudioError {
  return new StudioError('file-unreadable', `${file} cannot be read as a network: ${reason}. ${advice}`);
}

/** How many numbers an array of this shape has. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** How far apart neighbours along each side lie, row by row. */
export function stridesOf(shape: readonly number[]): number[] {
  return shape.map((_, axis) => countOf(shape.slice(axis + 1)));
}

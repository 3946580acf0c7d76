// The result of importing a network, whatever its format, and the error for a file that is refused.
import type { LayerWeights } from '../../../src-shared/networks/layers';
import { StudioError } from '../../../src-shared/errors';
import type { PixelScaling } from '../../../src-shared/networks/pixel-scaling';
import type { Activation, Settings } from '../../../src-shared/settings/settings';

export { RAW_PIXELS, UNIT_PIXELS, type PixelScaling } from '../../../src-shared/networks/pixel-scaling';

/** One possible order of a file's layers. */
export interface Candidate {
  /** Names the order in questions and notes, such as “hidden1, hidden2, output”. */
  description: string;
  /** At least one; each takes the outputs of the one before. All numbers are finite. Copies are made only on demand. */
  layers: () => LayerWeights[];
  /** Whether a mean or deviation of each pixel is folded into the first layer. Set only if the file has them. */
  pixelStatistics?: 'used' | 'unused';
}

export interface SizedCandidate extends Candidate {
  /** Units of each layer, from the pixels to the classes. Known without copying the layers. */
  sizes: number[];
}

/** The content of a file, before it is matched with the images of a dataset. */
export interface NetworkFile {
  /** At least one. There are several if names and shapes leave the order of the layers open. */
  candidates: SizedCandidate[];
  /** If undefined, the file does not say. Without hidden layers it has no effect and is ReLU. */
  activation: Activation | undefined;
  /** If undefined, the file does not say, or the activation is not leaky ReLU. */
  leakySlope: number | undefined;
  /** The scaling that the first layer expects. If undefined, the file does not say. */
  pixels: PixelScaling | undefined;
  /** Set if `pixels` comes only from arrays named mean and std, which a program may store without using them. */
  pixelsAreHint?: boolean;
  /** Rows and columns, whose product is the inputs of the first layer. */
  imageShape: [number, number] | undefined;
  /** One for each output. */
  classNames: string[] | undefined;
  settings: Settings | undefined;
  /** Everything that the file stores besides its weights. */
  metadata: Record<string, unknown> | undefined;
  /** What was done during the import, in sentences: numbers rounded, weights transposed, arrays ignored. */
  notes: string[];
}

/** Where a value comes from: the file, the user's answer, or a default. */
export type Source = 'file' | 'answer' | 'assumed';

export interface ImportedNetwork {
  /** At least one; each takes the outputs of the one before. They take pixels from 0 to 1. All numbers are finite. */
  layers: LayerWeights[];
  /** Without hidden layers it has no effect and is ReLU. */
  activation: Activation;
  activationFrom: Source;
  /** undefined unless the activation is leaky ReLU. */
  leakySlope: number | undefined;
  leakySlopeFrom: Source | undefined;
  /** The scaling that the file's first layer expects, before it was folded into that layer. */
  pixels: PixelScaling;
  pixelsFrom: Source;
  /** The chosen order of its layers. If undefined, there was only one. */
  order: string | undefined;
  /** Rows and columns, whose product is the inputs of the first layer. */
  imageShape: [number, number] | undefined;
  /** One for each output. */
  classNames: string[] | undefined;
  /** The settings that it was trained with. */
  settings: Settings | undefined;
  /** Everything that the file stores besides its weights. */
  metadata: Record<string, unknown> | undefined;
  /** What was done during the import and what was assumed, in sentences. */
  notes: string[];
}

/** The only candidate, for a format that stores the order of its layers. */
export function onlyCandidate(layers: LayerWeights[]): Candidate[] {
  return [{ description: `${layers.length} layers in the order of the file`, layers: () => layers }];
}

/** @param reason a clause without a full stop @param advice a sentence */
export function refusal(file: string, reason: string, advice = 'Please choose another file.'): StudioError {
  return new StudioError('file-unreadable', `${file} cannot be read as a network: ${reason}. ${advice}`);
}

/** How many numbers an array of this shape has. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** The distance between neighbours along each axis, for a row-by-row layout. */
export function stridesOf(shape: readonly number[]): number[] {
  return shape.map((_, axis) => countOf(shape.slice(axis + 1)));
}

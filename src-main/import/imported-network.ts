// What reading a network's file leads to, whatever its format; and the sentence that refuses a file.
import type { LayerWeights } from '../../src-shared/contract';
import { StudioError } from '../../src-shared/errors';
import type { Activation, Settings } from '../../src-shared/settings';

export interface ImportedNetwork {
  /** At least one; each takes what the one before gives. They take pixels divided by 255. All numbers are finite. */
  layers: LayerWeights[];
  /** undefined: the file does not say, and there are hidden layers: a person must. Without hidden layers it is of no use, and ReLU. */
  activation: Activation | undefined;
  /** Whether the file says that the pixels are divided by 255, or only nothing else. */
  pixelScaling: 'stated' | 'assumed';
  /** Rows and columns, whose product is the inputs of the first layer. */
  imageShape: [number, number] | undefined;
  /** One for each output. */
  classNames: string[] | undefined;
  /** What it was trained with. */
  settings: Settings | undefined;
  /** All that the file says beside its weights. */
  metadata: Record<string, unknown> | undefined;
  /** What was done while reading, in sentences: numbers rounded, weights turned. */
  notes: string[];
}

/** An array of a file, made float32. */
export interface NumberArray {
  name: string;
  /** Row by row. */
  shape: readonly number[];
  values: Float32Array;
}

/** @param reason half a sentence */
export function refusal(file: string, reason: string): StudioError {
  return new StudioError('file-unreadable', `${file} cannot be read as a network: ${reason}. Please choose another file.`);
}

/** How many numbers an array of this shape has. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

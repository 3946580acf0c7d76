// Finds where batch normalizations belong in a chain of layers, and folds them into the layers.
import type { LayerWeights } from '../../../src-shared/networks/layers';
import {
  batchNormAffine,
  foldAfter,
  foldBefore,
  hasOnlyFiniteNumbers,
  roundedLayer,
  type LinearLayer,
} from '../open/fold';
import { countOf, refusal } from '../open/imported-network';
import { naturalOrder } from '../../files/natural-order';
import { inWords, listed } from './file-array';
import type { NamedLayer, NamedNorm } from './group-layers';

export interface Placed {
  norm: NamedNorm;
  /** Index of the layer before it. −1 if it comes before the first layer. */
  behind: number;
  isAfterActivation: boolean;
}

/**
 * @returns the possible placements, the most likely first. Throws file-unreadable if the layers before them are
 * unknown.
 */
export function placesOf(
  norms: readonly NamedNorm[],
  layers: readonly NamedLayer[],
  outputs: readonly number[],
  inputs: number,
  file: string,
): Placed[][] {
  if (norms.length === 0) return [[]];
  // A Sequential numbers its modules, so that all of them are in the order of their numbers.
  const ofSequence = placesInSequence(norms, layers);
  const behind = ofSequence ?? placesByNumber(norms, outputs, inputs);
  const isFitting = behind?.every(
    (place, k) => (place === -1 ? inputs : outputs[place]) === countOf(norms[k]!.mean.shape),
  );
  if (!behind || !isFitting) {
    throw refusal(
      file,
      'the positions of its batch normalizations between its layers are unknown: ' +
        `${listed(norms.map(({ mean }) => inWords(mean)))}`,
    );
  }
  const lastLayer = layers.length - 1;
  const ways = [false, true].map((isAfter) =>
    norms.map((norm, k): Placed => {
      const at = behind[k]!;
      // There is no activation before the first layer or after the last one.
      return { norm, behind: at, isAfterActivation: at === -1 || (isAfter && at < lastLayer) };
    }),
  );
  const isCertain =
    ofSequence &&
    norms.every((norm, k) => behind[k] !== -1 && positionOf(norm) === positionOf(layers[behind[k]!]!) + 1);
  return isCertain || JSON.stringify(ways[0]!.map(placeOnly)) === JSON.stringify(ways[1]!.map(placeOnly))
    ? [ways[0]!]
    : ways;
}

/** Throws file-unreadable if a number becomes too large. */
export function foldNorms(layers: readonly LayerWeights[], placed: readonly Placed[], file: string): LayerWeights[] {
  const folded: LinearLayer[] = [...layers];
  for (const { norm, behind, isAfterActivation } of placed) {
    const affine = batchNormAffine({
      gamma: norm.gamma?.numbers(),
      beta: norm.beta?.numbers(),
      mean: norm.mean.numbers(),
      variance: norm.variance.numbers(),
      epsilon: norm.epsilon,
    });
    const at = isAfterActivation ? behind + 1 : behind;
    folded[at] = isAfterActivation ? foldBefore(folded[at]!, affine) : foldAfter(folded[at]!, affine);
  }
  const rounded = folded.map(roundedLayer);
  if (!rounded.every(hasOnlyFiniteNumbers))
    throw refusal(file, 'its batch normalizations lead to numbers that float32 cannot hold');
  return rounded;
}

export function describePlaces(placed: readonly Placed[]): string {
  if (placed.length === 0) return '';
  return (
    ', batch normalization ' +
    `${placed.some(({ isAfterActivation, behind }) => isAfterActivation && behind >= 0) ? 'after' : 'before'} ` +
    'the activation'
  );
}

function placeOnly({ behind, isAfterActivation }: Placed): unknown {
  return [behind, isAfterActivation];
}

/** By the numbers of a Sequential: 0 is a linear layer, 1 a normalization, 2 an activation without arrays, … */
function placesInSequence(norms: readonly NamedNorm[], layers: readonly NamedLayer[]): number[] | undefined {
  const stem = (key: string) => key.replace(/\.?\d+$/, '');
  const all = [...norms, ...layers];
  if (new Set(all.map(({ key }) => stem(key))).size > 1 || !all.every(({ key }) => /\d$/.test(key))) return undefined;
  return norms.map((norm) => layers.filter((layer) => positionOf(layer) < positionOf(norm)).length - 1);
}

function positionOf({ key }: { key: string }): number {
  return Number(/\d+$/.exec(key)?.[0]);
}

/** One for each hidden layer in the order of their numbers, or each after the only layer of its width. */
function placesByNumber(norms: readonly NamedNorm[], outputs: readonly number[], inputs: number): number[] | undefined {
  const widthOf = ({ mean }: NamedNorm) => countOf(mean.shape);
  const inOrder = [...norms].sort((a, b) => naturalOrder(a.key, b.key));
  const hidden = outputs.length - 1;
  const starts = [0, -1].filter(
    (start) =>
      inOrder.length === hidden - start &&
      inOrder.every((norm, k) => widthOf(norm) === (k + start === -1 ? inputs : outputs[k + start])),
  );
  if (starts.length === 1) return norms.map((norm) => inOrder.indexOf(norm) + starts[0]!);
  const boundaries = [inputs, ...outputs];
  const unique = norms.map((norm) => boundaries.flatMap((width, k) => (width === widthOf(norm) ? [k - 1] : [])));
  return unique.every((places) => places.length === 1) ? unique.map(([place]) => place!) : undefined;
}

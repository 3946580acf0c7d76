// The possible meanings of a graph's input: which axis is the batch, and how many pixels an image has, if the file
// leaves that open.
import { countOf } from '../open/imported-network';
import type { OnnxInput, OnnxModel } from './model';
import type { Signal } from './signal';
import { withDimension } from './tensor';
import { isIntegerType } from './tensor-message';

/**
 * Placeholder for the batch size. It is a prime above the number of pixels, so that no product of other dimensions is
 * mistaken for it.
 */
const ANY_COUNT = 65_537;
const MAX_PIXELS = 256 * 256;
const MAX_INTERPRETATIONS = 60;

/** The most likely interpretation first. */
export function interpretationsOf(input: OnnxInput, model: OnnxModel): Signal[] {
  const isInteger = isIntegerType(input.type);
  const shapes = input.shape
    ? [input.shape]
    : [
        [undefined, undefined],
        [undefined, 1, undefined, undefined],
        [undefined, undefined, undefined],
      ];
  const interpretations = shapes.flatMap((shape) =>
    batchesOf(shape).flatMap((batch) => pixelShapes(batch.shape, model).map((sides) => ({ ...batch, shape: sides }))),
  );
  return interpretations.slice(0, MAX_INTERPRETATIONS).map(({ shape, batchAxis }) => {
    const size = countOf(shape.filter((_, axis) => axis !== batchAxis));
    return {
      kind: 'signal',
      source: { kind: 'pixels', size },
      shape,
      batchAxis,
      order: undefined,
      scale: 1,
      offset: 0,
      isInteger,
      isMeasured: false,
    };
  });
}

interface Batch {
  shape: (number | undefined)[];
  batchAxis: number | undefined;
}

function batchesOf(shape: readonly (number | undefined)[]): Batch[] {
  const open = shape.flatMap((side, axis) => (side === undefined ? [axis] : []));
  // A single open dimension is the batch, wherever it is; otherwise the first dimension is.
  const axis = open.length === 1 ? open[0]! : 0;
  const counts = shape[axis] === undefined ? [ANY_COUNT, 1] : [shape[axis]];
  const withBatch =
    shape.length === 0
      ? []
      : counts.map((count) => ({ shape: withDimension<number | undefined>(shape, axis, count), batchAxis: axis }));
  return open.length === 0 ? [...withBatch, { shape: [...shape], batchAxis: undefined }] : withBatch;
}

/** Fills in the open dimensions. The candidates for the number of pixels are the dimensions of matrices in the file. */
function pixelShapes(shape: readonly (number | undefined)[], model: OnnxModel): number[][] {
  const open = shape.flatMap((side, axis) => (side === undefined ? [axis] : []));
  if (open.length === 0) return [shape as number[]];
  const known = (batch: number) => countOf(shape.filter((side) => side !== undefined)) / batch;
  const others = known(shape.includes(ANY_COUNT) ? ANY_COUNT : 1);
  return pixelCounts(model).flatMap((count) => {
    // Images are square; further dimensions are channels.
    const side = open.length === 1 ? count / others : Math.sqrt(count / others);
    if (!Number.isInteger(side)) return [];
    return [shape.map((own, axis) => own ?? (open.indexOf(axis) >= open.length - 2 ? side : 1))];
  });
}

function pixelCounts({ graph, functions }: OnnxModel): number[] {
  const nodes = [...graph.nodes, ...[...functions.values()].flatMap((definition) => definition.nodes)];
  const tensors = [
    ...graph.constants.values(),
    ...nodes.flatMap(({ attributes }) => attributes.get('value')?.tensor ?? []),
  ];
  const sides = tensors.flatMap(({ shape }) => (shape.length === 2 ? shape : []));
  const classifiers = nodes.flatMap(({ attributes }) => {
    const [weights, biases] = [
      attributes.get('coefficients')?.floats.length ?? 0,
      attributes.get('intercepts')?.floats.length ?? 0,
    ];
    return weights > 0 && biases > 0 ? [weights / biases] : [];
  });
  // Larger numbers first: most layers have fewer units than there are pixels.
  return [...new Set([784, ...[...classifiers, ...sides].sort((a, b) => b - a)])].filter(
    (count) => count >= 1 && count <= MAX_PIXELS,
  );
}

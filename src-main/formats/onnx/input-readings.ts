// What the input of a graph may stand for: which side counts images, and how many pixels an image has, where the file
// leaves it open.
import { countOf } from '../open/imported-network';
import type { OnnxInput, OnnxModel } from './model';
import type { Signal } from './signal';
import { withSide } from './tensor';
import { isIntegerType } from './tensor-message';

/**
 * Stands for any number of images: a prime that is no number of pixels, so that no product of other sides is taken for
 * it.
 */
const ANY_COUNT = 65_537;
const MOST_PIXELS = 256 * 256;
const MOST_READINGS = 60;

/** The likeliest first. */
export function readingsOf(input: OnnxInput, model: OnnxModel): Signal[] {
  const isInteger = isIntegerType(input.type);
  const shapes = input.shape
    ? [input.shape]
    : [
        [undefined, undefined],
        [undefined, 1, undefined, undefined],
        [undefined, undefined, undefined],
      ];
  const readings = shapes.flatMap((shape) =>
    batchesOf(shape).flatMap((batch) => pixelShapes(batch.shape, model).map((sides) => ({ ...batch, shape: sides }))),
  );
  return readings.slice(0, MOST_READINGS).map(({ shape, batchAxis }) => {
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
  // One open side is that of the images, wherever it stands; else the first side is.
  const axis = open.length === 1 ? open[0]! : 0;
  const counts = shape[axis] === undefined ? [ANY_COUNT, 1] : [shape[axis]];
  const withBatch =
    shape.length === 0
      ? []
      : counts.map((count) => ({ shape: withSide<number | undefined>(shape, axis, count), batchAxis: axis }));
  return open.length === 0 ? [...withBatch, { shape: [...shape], batchAxis: undefined }] : withBatch;
}

/** All sides known. Numbers of pixels are those that a matrix of the file takes. */
function pixelShapes(shape: readonly (number | undefined)[], model: OnnxModel): number[][] {
  const open = shape.flatMap((side, axis) => (side === undefined ? [axis] : []));
  if (open.length === 0) return [shape as number[]];
  const known = (batch: number) => countOf(shape.filter((side) => side !== undefined)) / batch;
  const others = known(shape.includes(ANY_COUNT) ? ANY_COUNT : 1);
  return pixelCounts(model).flatMap((count) => {
    // An image has as many rows as columns; further sides are channels.
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
  // The pixels are more than the units of most layers.
  return [...new Set([784, ...[...classifiers, ...sides].sort((a, b) => b - a)])].filter(
    (count) => count >= 1 && count <= MOST_PIXELS,
  );
}

// What the operators that change a shape make of it, of constants and signals alike.
import { countOf } from '../open/imported-network';
import type { Operation } from './operation';
import { axisOf } from './tensor';

/** The new shape of Reshape, Flatten, Squeeze or Unsqueeze; undefined if the node is none of these. */
export function changedShape(operation: Operation, shape: readonly number[]): number[] | undefined {
  switch (operation.node.operator) {
    case 'Reshape':
      return requested(operation, shape);
    case 'Flatten': {
      const axis = operation.integer('axis', 1);
      const at = axis < 0 ? axis + shape.length : axis;
      return [countOf(shape.slice(0, at)), countOf(shape.slice(at))];
    }
    case 'Squeeze': {
      const axes = axesOf(operation, shape.length) ?? shape.flatMap((side, axis) => (side === 1 ? [axis] : []));
      if (axes.some((axis) => shape[axis] !== 1))
        throw operation.refuse(`takes away a side of [${shape.join(', ')}] that is not 1`);
      return shape.filter((_, axis) => !axes.includes(axis));
    }
    case 'Unsqueeze': {
      const count = operation.integersOf('axes', 1)?.length ?? 0;
      const axes = axesOf(operation, shape.length + count) ?? [];
      const rest = [...shape];
      return Array.from({ length: shape.length + count }, (_, axis) => (axes.includes(axis) ? 1 : (rest.shift() ?? 1)));
    }
    default:
      return undefined;
  }
}

function requested(operation: Operation, shape: readonly number[]): number[] {
  const sides = operation.integersOf('shape', 1);
  if (!sides) throw operation.refuse('does not say to which shape');
  const copiesZero = operation.integer('allowzero', 0) === 0;
  const copied = sides.map((side, axis) => (side === 0 && copiesZero ? (shape[axis] ?? 0) : side));
  const rest = countOf(shape) / countOf(copied.filter((side) => side !== -1));
  const result = copied.map((side) => (side === -1 ? rest : side));
  const areSides =
    copied.filter((side) => side === -1).length <= 1 && result.every((side) => Number.isInteger(side) && side >= 0);
  if (!areSides || countOf(result) !== countOf(shape))
    throw operation.refuse(
      `makes [${sides.join(', ')}] of the shape [${shape.join(', ')}], which has another number of elements`,
    );
  return result;
}

/** Throws file-unreadable if an axis is not there, or named twice. */
function axesOf(operation: Operation, rank: number): number[] | undefined {
  const named = operation.integersOf('axes', 1);
  if (!named) return undefined;
  const axes = named.map((axis) => axisOf(axis, rank));
  if (axes.includes(undefined) || new Set(axes).size !== axes.length)
    throw operation.refuse('names a side that its input does not have, or one side twice');
  return axes as number[];
}

/** The old axis of each new one. */
export function permutationOf(operation: Operation, rank: number): number[] {
  const permutation = operation.integers('perm') ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
  const isRight = permutation.length === rank && [...permutation].sort((a, b) => a - b).every((axis, n) => axis === n);
  if (!isRight)
    throw operation.refuse(`puts sides into the order [${permutation.join(', ')}], but its input has ${rank}`);
  return permutation;
}

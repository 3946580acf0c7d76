// The results of operators that change a shape, for constants and signals.
import { countOf } from '../open/imported-network';
import type { Operation } from './operation';
import { axisOf } from './tensor';

/** The new shape after Reshape, Flatten, Squeeze or Unsqueeze. @returns undefined for other operators */
export function changedShape(operation: Operation, shape: readonly number[]): number[] | undefined {
  switch (operation.node.operator) {
    case 'Reshape':
      return reshapeTarget(operation, shape);
    case 'Flatten': {
      const axis = operation.integer('axis', 1);
      const at = axis < 0 ? axis + shape.length : axis;
      return [countOf(shape.slice(0, at)), countOf(shape.slice(at))];
    }
    case 'Squeeze': {
      const axes = axesOf(operation, shape.length) ?? shape.flatMap((side, axis) => (side === 1 ? [axis] : []));
      if (axes.some((axis) => shape[axis] !== 1))
        throw operation.refuse(`squeezes an axis of [${shape.join(', ')}] whose length is not 1`);
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

function reshapeTarget(operation: Operation, shape: readonly number[]): number[] {
  const sides = operation.integersOf('shape', 1);
  if (!sides) throw operation.refuse('does not name its new shape');
  const copiesZero = operation.integer('allowzero', 0) === 0;
  const copied = sides.map((side, axis) => (side === 0 && copiesZero ? (shape[axis] ?? 0) : side));
  const rest = countOf(shape) / countOf(copied.filter((side) => side !== -1));
  const result = copied.map((side) => (side === -1 ? rest : side));
  const areSides =
    copied.filter((side) => side === -1).length <= 1 && result.every((side) => Number.isInteger(side) && side >= 0);
  if (!areSides || countOf(result) !== countOf(shape))
    throw operation.refuse(
      `reshapes [${shape.join(', ')}] to [${sides.join(', ')}], which has a different number of elements`,
    );
  return result;
}

/** Throws file-unreadable if an axis does not exist, or is named twice. */
function axesOf(operation: Operation, rank: number): number[] | undefined {
  const named = operation.integersOf('axes', 1);
  if (!named) return undefined;
  const axes = named.map((axis) => axisOf(axis, rank));
  if (axes.includes(undefined) || new Set(axes).size !== axes.length)
    throw operation.refuse('names an axis that its input does not have, or one axis twice');
  return axes as number[];
}

/** The old axis of each new axis. */
export function permutationOf(operation: Operation, rank: number): number[] {
  const permutation = operation.integers('perm') ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
  const isRight = permutation.length === rank && [...permutation].sort((a, b) => a - b).every((axis, n) => axis === n);
  if (!isRight) throw operation.refuse(`permutes the axes to [${permutation.join(', ')}], but its input has ${rank}`);
  return permutation;
}

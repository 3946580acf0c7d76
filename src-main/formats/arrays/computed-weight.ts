// Weights that PyTorch stores in parts: those with a pruning mask, and those of weight_norm.
import { refusal } from '../open/imported-network';
import type { Role } from './array-roles';
import type { FileArray } from './file-array';
import type { Part } from './sort-arrays';

/** @returns undefined if these are not the parts of a weight. Throws file-unreadable if their shapes do not match. */
export function computedWeight(
  { original, mask, length, direction }: Partial<Record<Role, Part>>,
  file: string,
): { weight: FileArray; note: string } | undefined {
  if (original && mask) {
    const { shape, name } = original.array;
    if (mask.array.shape.join() !== shape.join())
      throw refusal(file, `its mask “${mask.array.name}” has a different shape than “${name}”`);
    const numbers = () => {
      const kept = mask.array.numbers();
      return original.array.numbers().map((value, n) => value * kept[n]!);
    };
    return {
      weight: { ...original.array, numbers },
      note: `“${name}” was multiplied by its mask “${mask.array.name}”, as pruning does.`,
    };
  }
  if (length && direction) {
    const { shape, name } = direction.array;
    const [rows, columns] = shape as [number, number];
    if (shape.length !== 2 || length.array.shape.join() !== `${rows},1`)
      throw refusal(file, `its lengths “${length.array.name}” are not one number for each row of “${name}”`);
    const numbers = () => {
      const lengths = length.array.numbers();
      const directions = direction.array.numbers();
      const norms = Float64Array.from({ length: rows }, (_, row) =>
        Math.hypot(...directions.subarray(row * columns, (row + 1) * columns)),
      );
      return directions.map(
        (value, n) => (value * lengths[Math.floor(n / columns)]!) / norms[Math.floor(n / columns)]!,
      );
    };
    return {
      weight: { ...direction.array, numbers },
      note: `The weight was computed from “${length.array.name}” and “${name}”, as weight_norm does.`,
    };
  }
  return undefined;
}

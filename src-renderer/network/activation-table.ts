// The activations of every layer for one image, as a table. Pure.
import { toCsv } from '../ui/csv';

/**
 * One row per pixel, per unit of each hidden layer, and per class.
 * @param input [pixels], 0 to 1
 * @param activations of each layer, see forward; undefined if there is no network or no image
 */
export function activationTable(
  input: ArrayLike<number>,
  activations: readonly ArrayLike<number>[] | undefined,
  classNames: readonly string[],
): string {
  const layers = activations ?? [];
  const rows = layers.flatMap((values, layer) => {
    const last = layer === layers.length - 1;
    return Array.from(values, (value, unit) => [
      last ? 'output' : layer + 1,
      last ? classNames[unit]! : unit + 1,
      value,
    ]);
  });
  return toCsv(
    ['layer', 'unit', 'activation'],
    [...Array.from(input, (value, pixel) => ['pixels', pixel + 1, value]), ...rows],
  );
}

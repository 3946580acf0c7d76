// What an image becomes, layer by layer, as a table. Pure.
import { toCsv } from '../ui/csv';
import type { Pass } from './forward';

/** A row a pixel, a row a unit of each hidden layer, a row a class. @param input [pixels], 0 to 1 */
export function activationTable(
  input: ArrayLike<number>,
  pass: Pass | undefined,
  classNames: readonly string[],
): string {
  const layers = pass?.a ?? [];
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

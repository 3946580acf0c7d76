// The numbers behind the pictures and the histograms of weights, as tables. Pure.
import type { LayerWeights } from '../../src-shared/contract';
import { toCsv } from '../csv';
import type { Histogram } from './histogram';
import { unitNorms } from './unit-order';
import { usefulness, type UnitStatistics } from './units';

/** A row a unit, as they are shown; where they were measured, with its mean activation on and its usefulness for every class. */
export function unitsTable(layer: LayerWeights, order: readonly number[], statistics: UnitStatistics | undefined, classNames: readonly string[]): string {
  const norms = unitNorms(layer);
  const useful = statistics ? classNames.map((_, label) => usefulness(statistics, label)) : [];
  const measured = statistics
    ? ['mean activation', 'active share', 'saturated share', ...classNames.map((name) => `mean activation on ${name}`), ...classNames.map((name) => `usefulness for ${name}`)]
    : [];
  const rows = order.map((unit) => {
    const row = [unit + 1, norms[unit]!, layer.bias[unit]!];
    if (!statistics) return row;
    const { mean, active, saturated, classMeans, units } = statistics;
    const means = classNames.map((_, label) => classMeans[label * units + unit]!);
    return [...row, mean[unit]!, active[unit]!, saturated[unit]!, ...means, ...useful.map((values) => values[unit]!)];
  });
  return toCsv(['unit', 'norm', 'bias', ...measured], rows);
}

/** A row a pixel: the weight that leads from it to the unit, or its linear path. @param weights [pixels] */
export function unitTable(weights: Float32Array, columns: number): string {
  return toCsv(['row', 'column', 'weight'], Array.from(weights, (weight, pixel) => [Math.floor(pixel / columns), pixel % columns, weight]));
}

/** A row a bar. */
export function histogramsTable(histograms: readonly { layer: number; what: string; histogram: Histogram }[]): string {
  const rows = histograms.flatMap(({ layer, what, histogram: { low, high, counts } }) => {
    const width = (high - low) / counts.length;
    return Array.from(counts, (count, bin) => [layer + 1, what, low + bin * width, low + (bin + 1) * width, count]);
  });
  return toCsv(['layer', 'what', 'from', 'to', 'count'], rows);
}

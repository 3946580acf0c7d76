// The numbers behind the weight pictures and the histograms, as CSV tables. Pure.
import type { LayerWeights } from '../../src-shared/networks/layers';
import type { LayerGradient } from '../../src-shared/runs/gradients';
import { toCsv } from '../ui/csv';
import type { LayerActivity } from './activation-histograms';
import { gradientHistogram, weightHistogram, type Histogram } from './histogram';
import { unitNorms } from './unit-order';
import { usefulness, type UnitStatistics } from './units';

/** A row for each unit, in the given order. If statistics are known, with its activations and usefulness by class. */
export function unitsTable(
  layer: LayerWeights,
  order: readonly number[],
  statistics: UnitStatistics | undefined,
  classNames: readonly string[],
): string {
  const norms = unitNorms(layer);
  const useful = statistics ? classNames.map((_, label) => usefulness(statistics, label)) : [];
  const measured = statistics
    ? [
        'mean activation',
        'active share',
        'saturated share',
        ...classNames.map((name) => `mean activation on ${name}`),
        ...classNames.map((name) => `usefulness for ${name}`),
      ]
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

/** A row for each pixel: its weight to the unit, or its linear path. @param weights [pixels] */
export function unitTable(weights: Float32Array, columns: number): string {
  return toCsv(
    ['row', 'column', 'weight'],
    Array.from(weights, (weight, pixel) => [Math.floor(pixel / columns), pixel % columns, weight]),
  );
}

/** A row for each bar of each layer, without activations and gradients that are not known. */
export function histogramsTable(
  layers: readonly LayerWeights[],
  activity: readonly (LayerActivity | undefined)[],
  gradients: readonly LayerGradient[] | undefined,
): string {
  const rows = layers.flatMap(({ weight }, layer) => {
    const gradient = gradients?.[layer];
    return [
      ...bars(layer, 'weights', weightHistogram(weight)),
      ...bars(layer, 'activations', activity[layer]?.histogram),
      ...bars(layer, 'gradients', gradient && gradientHistogram(gradient)),
    ];
  });
  return toCsv(['layer', 'what', 'from', 'to', 'count'], rows);
}

function bars(layer: number, what: string, histogram: Histogram | undefined): (string | number)[][] {
  if (!histogram) return [];
  const { low, high, counts } = histogram;
  const width = (high - low) / counts.length;
  return Array.from(counts, (count, bin) => [layer + 1, what, low + bin * width, low + (bin + 1) * width, count]);
}

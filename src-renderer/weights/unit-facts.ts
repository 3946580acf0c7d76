// Facts about one unit, as rows of bars and in words. Pure.
import type { LayerWeights } from '../../src-shared/networks/layers';
import { formatExponent, formatPercent, formatSignificant } from '../ui/format';
import { flatEnds, SATURATED_SHARE, unitState, type LayerActivation, type UnitStatistics } from './units';

export interface BarRow {
  name: string;
  value: number;
}

/** If there are more classes or units than this, only the strongest are listed. */
export const MOST_ROWS = 10;

/** All rows in their order; if there are too many, those of the largest magnitude, sorted by it. */
export function strongest(rows: readonly BarRow[], most = MOST_ROWS): readonly BarRow[] {
  if (rows.length <= most) return rows;
  return [...rows].sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, most);
}

/** Weights from the units of the layer below. */
export function incoming({ weight, inputs }: LayerWeights, unit: number): readonly BarRow[] {
  return strongest(
    Array.from({ length: inputs }, (_, i) => ({ name: `Unit ${i + 1}`, value: weight[unit * inputs + i]! })),
  );
}

/** Weights to the layer above. @param names of its units, if they are classes */
export function outgoing(
  { weight, inputs, outputs }: LayerWeights,
  unit: number,
  names: readonly string[] | undefined,
): readonly BarRow[] {
  return strongest(
    Array.from({ length: outputs }, (_, k) => ({
      name: names?.[k] ?? `Unit ${k + 1}`,
      value: weight[k * inputs + unit]!,
    })),
  );
}

export function classActivations(
  { classMeans, units }: UnitStatistics,
  unit: number,
  names: readonly string[],
): readonly BarRow[] {
  return strongest(names.map((name, label) => ({ name, value: classMeans[label * units + unit]! })));
}

/** The state of a unit, and what that word means. */
export function healthOf(
  statistics: UnitStatistics,
  unit: number,
  activation: LayerActivation,
): { word: string; meaning: string } {
  const state = unitState(statistics, unit, activation);
  const ends = flatEnds(activation);
  if (ends) {
    const [low, high] = ends.map((end) => String(end).replace('-', '−'));
    return {
      word: state === 'saturated' ? 'Saturated' : 'Not saturated',
      meaning:
        `Saturated: below ${low} or above ${high} on more than ${formatPercent(SATURATED_SHARE, 0)} of the test ` +
        `images (here ${formatPercent(statistics.saturated[unit]!)}), where it hardly learns.`,
    };
  }
  if (activation === 'softmax')
    return { word: 'Output', meaning: 'Active: this class has more than half of the probability.' };
  return { word: state === 'dead' ? 'Dead' : 'Alive', meaning: 'Dead: active on none of the test images.' };
}

/** 0 as "0", others with two digits and a real minus sign. */
export function formatActivation(value: number): string {
  return value === 0
    ? '0'
    : (Math.abs(value) < 1e-6 ? formatExponent(value, 1) : formatSignificant(value, 2)).replaceAll('-', '−');
}

/** When a unit counts as active. */
export function activeMeans(activation: LayerActivation): string {
  return activation === 'softmax' ? 'probability above 50%' : 'its incoming sum is above 0';
}

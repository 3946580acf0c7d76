// Describes a unit of the drawing in a sentence. Pure.
import type { LayerWeights } from '../../src-shared/networks/layers';
import { formatFixed, formatPercent } from '../ui/format';
import { strongestConnections } from './flow';
import type { UnitPlace } from '../weights';

/**
 * @param signals the pixels, then the activations of every layer
 * @returns such as “Unit 1 of layer 1: gives 2.50 · most from pixel 2 (+2.00)”; undefined if there is no such unit
 */
export function unitInWords(
  { layer, unit }: UnitPlace,
  signals: readonly ArrayLike<number>[],
  layers: readonly LayerWeights[],
  classNames: readonly string[],
): string | undefined {
  const signal = signals[layer]?.[unit];
  if (signal === undefined) return undefined;
  const nameIn = (index: number, k: number): string => {
    if (index === 0) return `pixel ${k + 1}`;
    return index === layers.length ? `“${classNames[k]}”` : `unit ${k + 1} of layer ${index}`;
  };
  const name = nameIn(layer, unit);
  const what =
    layer === 0
      ? `ink ${formatPercent(signal, 0)}`
      : layer === layers.length
        ? formatPercent(signal)
        : `gives ${formatFixed(signal, 2)}`;
  const above = layers[layer] && strongestConnections(layers[layer], signals[layer]!, 1, { from: unit })[0];
  const below =
    layer > 0 ? strongestConnections(layers[layer - 1]!, signals[layer - 1]!, 1, { to: unit })[0] : undefined;
  const signed = (value: number): string => `${value < 0 ? '−' : '+'}${formatFixed(Math.abs(value), 2)}`;
  const parts = [`${name[0]!.toUpperCase()}${name.slice(1)}: ${what}`];
  if (below) parts.push(`most from ${nameIn(layer - 1, below.from)} (${signed(below.value)})`);
  if (above) parts.push(`most to ${nameIn(layer + 1, above.to)} (${signed(above.value)})`);
  return parts.join(' · ');
}

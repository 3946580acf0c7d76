// How active the units of a layer are on the test images, overall, by class and by image. Pure.
import type { TestActivations } from '../../src-shared/runs/predictions';
import type { Activation } from '../../src-shared/settings/settings';

/** The non-linearity of a layer. The last layer has the softmax. */
export type LayerActivation = Activation | 'softmax';

export interface UnitStatistics {
  units: number;
  images: number;
  /** Test images of each class, [classes] */
  perClass: Uint32Array;
  /** Mean activation, [units] */
  mean: Float64Array;
  /** Standard deviation of the activation over the images, [units] */
  deviation: Float64Array;
  /** Mean activation on the images of a class, [classes, units]; 0 if a class has no images */
  classMeans: Float64Array;
  /** Share of images on which a unit is active, 0 to 1, [units] */
  active: Float64Array;
  /** Share of images on which a unit is near an end of its range, 0 to 1, [units]; 0 if the range is unbounded */
  saturated: Float64Array;
}

/**
 * A unit counts as active above this value: if its incoming sum z is above 0. An output unit of the softmax counts as
 * active if its class has more than half of the probability.
 */
export function activeAbove(activation: LayerActivation): number {
  return activation === 'sigmoid' || activation === 'softmax' ? 0.5 : 0;
}

/**
 * A unit is saturated below `low` or above `high`, which lie a twentieth of the range from its ends.
 * @returns undefined if the range of the activation is unbounded
 */
export function flatEnds(activation: LayerActivation): readonly [low: number, high: number] | undefined {
  if (activation === 'sigmoid') return [0.05, 0.95];
  return activation === 'tanh' ? [-0.9, 0.9] : undefined;
}

/** A unit counts as saturated if it is on more than this share of the test images. */
export const SATURATED_SHARE = 0.95;

/** @param labels [testCount] */
export function unitStatistics(
  { units, values }: Pick<TestActivations, 'units' | 'values'>,
  labels: Uint16Array,
  classes: number,
  activation: LayerActivation,
): UnitStatistics {
  const images = values.length / units;
  const perClass = new Uint32Array(classes);
  const classMeans = new Float64Array(classes * units);
  const [mean, squares, active, saturated] = Array.from({ length: 4 }, () => new Float64Array(units)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const threshold = activeAbove(activation);
  const [low, high] = flatEnds(activation) ?? [-Infinity, Infinity];
  for (let image = 0, k = 0; image < images; image++) {
    const label = labels[image]!;
    perClass[label]!++;
    for (let unit = 0, sum = label * units; unit < units; unit++, k++, sum++) {
      const value = values[k]!;
      classMeans[sum]! += value;
      squares[unit]! += value * value;
      if (value > threshold) active[unit]!++;
      if (value < low || value > high) saturated[unit]!++;
    }
  }
  for (let label = 0; label < classes; label++) {
    for (let unit = 0; unit < units; unit++) {
      mean[unit]! += classMeans[label * units + unit]! / images;
      classMeans[label * units + unit]! /= Math.max(1, perClass[label]!);
    }
  }
  const deviation = squares.map((sum, unit) => Math.sqrt(Math.max(0, sum / images - mean[unit]! ** 2)));
  const shareOf = (counts: Float64Array): Float64Array => counts.map((count) => count / images);
  return {
    units,
    images,
    perClass,
    mean,
    deviation,
    classMeans,
    active: shareOf(active),
    saturated: shareOf(saturated),
  };
}

/**
 * How useful each unit is for a class: the correlation, −1 to 1, of its activation with "the image is of this class" (1
 * or 0), over the test images. It does not depend on the layers above, so it means the same in every layer.
 * Point-biserial correlation, with a share p of images of the class:
 * r = (mean on the class − mean on all) / deviation × √(p / (1 − p)).
 * @returns [units]; 0 for a unit that never changes
 */
export function usefulness(
  { units, images, perClass, mean, deviation, classMeans }: UnitStatistics,
  label: number,
): Float64Array {
  const share = perClass[label]! / images;
  const odds = share < 1 ? Math.sqrt(share / (1 - share)) : 0;
  return Float64Array.from({ length: units }, (_, unit) => {
    // Because of rounding, a unit that never changes may have a deviation slightly above 0.
    if (deviation[unit]! <= 1e-7 * Math.abs(mean[unit]!)) return 0;
    return ((classMeans[label * units + unit]! - mean[unit]!) / deviation[unit]!) * odds;
  });
}

export type UnitState = 'dead' | 'saturated' | 'alive';

/**
 * Dead: active on no test image. Saturated: near an end of its range on nearly all of them. A unit with a bounded range
 * can only be saturated, another hidden unit can only be dead, and a softmax unit is always alive.
 */
export function unitState(
  { active, saturated }: Pick<UnitStatistics, 'active' | 'saturated'>,
  unit: number,
  activation: LayerActivation,
): UnitState {
  if (flatEnds(activation)) return saturated[unit]! > SATURATED_SHARE ? 'saturated' : 'alive';
  return activation !== 'softmax' && active[unit] === 0 ? 'dead' : 'alive';
}

export interface Extremes {
  /** Positions in the test set, the most exciting first. */
  most: number[];
  /** The least exciting first. */
  least: number[];
  /** How many images share the lowest activation. */
  ties: number;
}

/** The images on which a unit is most and least active. Of equal ones, those that come first in the test set. */
export function extremes(
  { units, values }: Pick<TestActivations, 'units' | 'values'>,
  unit: number,
  count: number,
): Extremes {
  const images = values.length / units;
  const most: number[] = [];
  const least: number[] = [];
  const valueOf = (image: number): number => values[image * units + unit]!;
  for (let image = 0; image < images; image++) {
    const value = valueOf(image);
    insert(most, image, count, (other) => value > valueOf(other));
    insert(least, image, count, (other) => value < valueOf(other));
  }
  let ties = 0;
  for (let image = 0; image < images; image++) if (valueOf(image) === valueOf(least[0]!)) ties++;
  return { most, least, ties };
}

/** Inserts into a sorted list, of which it keeps the first `count`. */
function insert(list: number[], image: number, count: number, comesBefore: (other: number) => boolean): void {
  if (list.length === count && !comesBefore(list[count - 1]!)) return;
  let place = list.length;
  while (place > 0 && comesBefore(list[place - 1]!)) place--;
  list.splice(place, 0, image);
  list.length = Math.min(list.length, count);
}

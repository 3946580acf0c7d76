// The place of a unit in a network. Pure.

export interface UnitPlace {
  /** 0 is the pixels. */
  layer: number;
  unit: number;
}

/**
 * The place, or undefined if the network has no such unit: a view may remember a place in an earlier, larger network.
 * @param sizes units of every layer, from the pixels to the classes
 */
export function placeWithin(place: UnitPlace | undefined, sizes: readonly number[]): UnitPlace | undefined {
  return place && place.unit < (sizes[place.layer] ?? 0) ? place : undefined;
}

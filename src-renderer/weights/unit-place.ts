// A unit of a network by its place. Pure.

export interface UnitPlace {
  /** 0 is the pixels. */
  layer: number;
  unit: number;
}

/**
 * The place if there is such a unit. A place that a view remembers may be of an earlier network with more layers or
 * units.
 */
export function placeWithin(place: UnitPlace | undefined, sizes: readonly number[]): UnitPlace | undefined {
  return place && place.unit < (sizes[place.layer] ?? 0) ? place : undefined;
}

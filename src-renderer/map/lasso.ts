// Finds the points inside a closed line. Pure; all coordinates have the same unit.

/** x and y of each corner in turn. The last corner is joined to the first. */
export type Polygon = readonly number[];

/**
 * Even-odd rule: a point is inside if a ray to its right crosses the line an odd number of times (Shimrat 1962,
 * "Position of point relative to polygon").
 */
export function isInside(polygon: Polygon, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, before = polygon.length - 2; i < polygon.length; before = i, i += 2) {
    const [x0, y0, x1, y1] = [polygon[before]!, polygon[before + 1]!, polygon[i]!, polygon[i + 1]!];
    // The comparison is half open, so a corner at the height of the point counts for one of its two edges only.
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
  }
  return inside;
}

/**
 * @param points [count, 2]
 * @param isSelectable whether a point can be chosen at all
 * @returns indices of the points inside, ascending
 */
export function pointsInside(
  polygon: Polygon,
  points: Float32Array,
  isSelectable: (point: number) => boolean,
): Uint32Array {
  const found: number[] = [];
  for (let point = 0; point < points.length / 2; point++) {
    if (isSelectable(point) && isInside(polygon, points[2 * point]!, points[2 * point + 1]!)) found.push(point);
  }
  return Uint32Array.from(found);
}

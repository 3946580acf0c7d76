// Smooths a stroke: quadratic curves whose ends are the midpoints between points, and whose controls are the points.
import type { Point } from './drawing.svelte';

/** A quadratic curve from where the last one ended. */
export interface Curve {
  control: Point;
  end: Point;
}

/**
 * The curves of a stroke, which begins at its first point and ends at its last. Neighbours have the same direction
 * where they meet, and a curve never leaves the triangle of its control and its ends.
 * @param points at least one; a stroke of one point becomes a curve of length zero
 */
export function smoothCurves(points: readonly Point[]): Curve[] {
  const last = points.length - 1;
  return points.map((point, k) => {
    const next = points[Math.min(k + 1, last)]!;
    return { control: point, end: { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 } };
  });
}

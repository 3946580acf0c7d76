// The view of a map: where its points lie on the screen, pan and zoom, and which point is near. Pure; screen lengths in
// CSS pixels.
import type { Projection } from './projection';

/** The point of the map in the middle of the room, and the zoom: 1 shows the whole map. */
export interface MapView {
  zoom: number;
  x: number;
  y: number;
}

export interface Room {
  width: number;
  height: number;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

export const WHOLE_MAP: MapView = { zoom: 1, x: 0, y: 0 };
export const MOST_ZOOM = 60;
/** Margin around the whole map, for rings and for the labels of the axes. */
const MARGIN = 30;

/** CSS pixels per unit of the map. Both axes have the same scale, so that distances can be compared. */
export function scaleOf({ extent }: Pick<Projection, 'extent'>, { zoom }: MapView, { width, height }: Room): number {
  const fit = Math.min(
    (width / 2 - MARGIN) / Math.max(extent[0], 1e-9),
    (height / 2 - MARGIN) / Math.max(extent[1], 1e-9),
  );
  return Math.max(1, fit) * zoom;
}

/** @param positions [count, 2], y upwards. @returns [count, 2], from the top left corner, y downwards */
export function toScreen(positions: Float32Array, scale: number, view: MapView, { width, height }: Room): Float32Array {
  const screen = new Float32Array(positions.length);
  for (let i = 0; i < positions.length; i += 2) {
    screen[i] = width / 2 + (positions[i]! - view.x) * scale;
    screen[i + 1] = height / 2 - (positions[i + 1]! - view.y) * scale;
  }
  return screen;
}

/** The view after dragging the map by CSS pixels. @param scale of the view, see scaleOf */
export function panned(view: MapView, scale: number, dx: number, dy: number): MapView {
  const within = (value: number): number => Math.max(-1, Math.min(1, value));
  return { ...view, x: within(view.x - dx / scale), y: within(view.y + dy / scale) };
}

/** The view zoomed around a point of the room, which stays in place. @param scale of the view before, see scaleOf */
export function zoomed(
  view: MapView,
  scale: number,
  factor: number,
  at: { x: number; y: number },
  room: Room,
): MapView {
  const zoom = Math.max(1, Math.min(MOST_ZOOM, view.zoom * factor));
  if (zoom === 1) return WHOLE_MAP;
  const [dx, dy] = [at.x - room.width / 2, at.y - room.height / 2];
  const change = 1 / scale - view.zoom / (zoom * scale);
  return panned({ zoom, x: view.x + dx * change, y: view.y - dy * change }, 1, 0, 0);
}

/**
 * @param points [count, 2], on the screen
 * @param reach largest distance, CSS pixels
 * @param isSelectable whether a point can be chosen at all
 * @returns the nearest selectable point; undefined if none is within reach
 */
export function nearestPoint(
  points: Float32Array,
  x: number,
  y: number,
  reach: number,
  isSelectable: (point: number) => boolean,
): number | undefined {
  let nearest: number | undefined;
  let least = reach ** 2;
  for (let point = 0; point < points.length / 2; point++) {
    const distance = (points[2 * point]! - x) ** 2 + (points[2 * point + 1]! - y) ** 2;
    if (distance <= least && isSelectable(point)) [nearest, least] = [point, distance];
  }
  return nearest;
}

const ALONG: Record<Direction, readonly [x: number, y: number]> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/**
 * The nearest selectable point within 45 degrees of a direction; undefined if there is none.
 * @param points [count, 2], on the screen
 */
export function pointTowards(
  points: Float32Array,
  from: number,
  direction: Direction,
  isSelectable: (point: number) => boolean,
): number | undefined {
  const [ux, uy] = ALONG[direction];
  let nearest: number | undefined;
  let least = Infinity;
  for (let point = 0; point < points.length / 2; point++) {
    const [dx, dy] = [points[2 * point]! - points[2 * from]!, points[2 * point + 1]! - points[2 * from + 1]!];
    const ahead = dx * ux + dy * uy;
    const aside = Math.abs(dx * uy - dy * ux);
    if (ahead <= 0 || aside > ahead || point === from) continue;
    const distance = dx * dx + dy * dy;
    if (distance < least && isSelectable(point)) [nearest, least] = [point, distance];
  }
  return nearest;
}

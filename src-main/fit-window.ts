// Keeps a window on the screen. Pure.

export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const SMALLEST = { width: 800, height: 560 } as const;

/** Moves and shrinks a rectangle until it lies within an area, as far as the smallest size of a window lets it. */
export function fitInto(area: Bounds, wanted: Bounds): Bounds {
  const width = Math.max(SMALLEST.width, Math.min(wanted.width, area.width));
  const height = Math.max(SMALLEST.height, Math.min(wanted.height, area.height));
  const x = Math.max(area.x, Math.min(wanted.x, area.x + area.width - width));
  const y = Math.max(area.y, Math.min(wanted.y, area.y + area.height - height));
  return { x, y, width, height };
}

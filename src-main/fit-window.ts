// Keeps a window on the screen. Pure.

export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const SMALLEST = { width: 800, height: 560 } as const;

/** Wayland tells no program where its window is: 0,0 is reported, wherever it is. */
export function isKnownPlace({ x, y }: Pick<Bounds, 'x' | 'y'>): boolean {
  return x !== 0 || y !== 0;
}

/** Shrinks a window until an area can hold it, as far as the smallest size of a window permits. */
export function sizeWithin(area: Pick<Bounds, 'width' | 'height'>, wanted: Pick<Bounds, 'width' | 'height'>): Pick<Bounds, 'width' | 'height'> {
  return {
    width: Math.max(SMALLEST.width, Math.min(wanted.width, area.width)),
    height: Math.max(SMALLEST.height, Math.min(wanted.height, area.height)),
  };
}

/** Moves and shrinks a rectangle until it lies within an area, as far as the smallest size of a window lets it. */
export function fitInto(area: Bounds, wanted: Bounds): Bounds {
  const { width, height } = sizeWithin(area, wanted);
  const x = Math.max(area.x, Math.min(wanted.x, area.x + area.width - width));
  const y = Math.max(area.y, Math.min(wanted.y, area.y + area.height - height));
  return { x, y, width, height };
}

// Keeps a window on the screen. Pure functions.

export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const SMALLEST = { width: 800, height: 560 } as const;

/** False for the position 0,0, which Wayland reports for every window, wherever it is. */
export function isKnownPlace({ x, y }: Pick<Bounds, 'x' | 'y'>): boolean {
  return x !== 0 || y !== 0;
}

/** Shrinks a window to fit into an area, but never below the smallest size. */
export function sizeWithin(
  area: Pick<Bounds, 'width' | 'height'>,
  wanted: Pick<Bounds, 'width' | 'height'>,
): Pick<Bounds, 'width' | 'height'> {
  return {
    width: Math.max(SMALLEST.width, Math.min(wanted.width, area.width)),
    height: Math.max(SMALLEST.height, Math.min(wanted.height, area.height)),
  };
}

/** Approximate size of the title bar and borders, which Linux adds outside the bounds. */
const FRAME = { width: 16, height: 48 } as const;

/** Bounds of the very first window: centred in an area, with room for its frame. */
export function centredIn(area: Bounds, wanted: Pick<Bounds, 'width' | 'height'>): Bounds {
  const { width, height } = sizeWithin({ width: area.width - FRAME.width, height: area.height - FRAME.height }, wanted);
  const x = area.x + Math.max(0, Math.floor((area.width - width) / 2));
  const y = area.y + Math.max(0, Math.floor((area.height - height) / 2));
  return { x, y, width, height };
}

/** Moves and shrinks a rectangle to fit into an area, but never below the smallest size. */
export function fitInto(area: Bounds, wanted: Bounds): Bounds {
  const { width, height } = sizeWithin(area, wanted);
  const x = Math.max(area.x, Math.min(wanted.x, area.x + area.width - width));
  const y = Math.max(area.y, Math.min(wanted.y, area.y + area.height - height));
  return { x, y, width, height };
}

// Moving in a grid with the keyboard. Pure.

export interface GridShape {
  /** Cells in total, filled row by row. */
  count: number;
  columns: number;
  /** Rows that Page Up and Page Down move. */
  page: number;
}

/** The cell that a key moves to. @param place current cell, from 0. @returns undefined if the key does not move */
export function targetPlace(key: string, place: number, { count, columns, page }: GridShape): number | undefined {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -columns * page,
    PageDown: columns * page,
    Home: -place,
    End: count - 1 - place,
  };
  const step = steps[key];
  if (step === undefined) return undefined;
  const target = place + step;
  if (target >= 0 && target < count) return target;
  // Beyond the first or last row, a move stays in its column or goes to the end, but does not wrap around.
  if (key === 'PageUp') return place % columns;
  return key === 'PageDown' || (key === 'ArrowDown' && Math.floor(place / columns) < Math.floor((count - 1) / columns))
    ? count - 1
    : place;
}

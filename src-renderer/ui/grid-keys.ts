// Which place of a grid a key leads to. Pure.

export interface GridShape {
  /** Places in all, filled row by row. */
  count: number;
  columns: number;
  /** Rows that PageUp and PageDown go. */
  page: number;
}

/** @param place from 0. @returns undefined where the key leads nowhere in particular */
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
  // By a row more than there is: stays in its column or goes to the end, but never to the other side.
  if (key === 'PageUp') return place % columns;
  return key === 'PageDown' || (key === 'ArrowDown' && Math.floor(place / columns) < Math.floor((count - 1) / columns))
    ? count - 1
    : place;
}

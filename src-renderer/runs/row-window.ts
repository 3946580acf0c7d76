// Which rows of a long list are drawn: those in sight and a few around them. Pure; lengths in CSS pixels.

export interface RowRoom {
  /** How far it is scrolled. */
  scrolled: number;
  height: number;
  rowHeight: number;
}

/** @param around rows above and below those in sight. @returns the first row, and the one after the last */
export function rowsInSight(
  { scrolled, height, rowHeight }: RowRoom,
  count: number,
  around: number,
): { from: number; to: number } {
  const from = Math.max(0, Math.min(count, Math.floor(scrolled / rowHeight) - around));
  return { from, to: Math.min(count, Math.ceil((scrolled + height) / rowHeight) + around) };
}

/** How far the list is to be scrolled, and no further than needed, for a row to be in sight. */
export function scrollTo(row: number, { scrolled, height, rowHeight }: RowRoom): number {
  const top = row * rowHeight;
  if (top < scrolled) return top;
  return Math.max(scrolled, top + rowHeight - height);
}

// Selects the rows of a long list to render: the visible ones and a few around them. Pure; lengths in CSS pixels.

export interface RowRoom {
  /** Scroll position. */
  scrolled: number;
  height: number;
  rowHeight: number;
}

/**
 * @param around extra rows above and below the visible ones
 * @returns the first row, and the one after the last
 */
export function rowsToRender(
  { scrolled, height, rowHeight }: RowRoom,
  count: number,
  around: number,
): { from: number; to: number } {
  const from = Math.max(0, Math.min(count, Math.floor(scrolled / rowHeight) - around));
  return { from, to: Math.min(count, Math.ceil((scrolled + height) / rowHeight) + around) };
}

/** The nearest scroll position at which a row is fully visible. */
export function scrollTo(row: number, { scrolled, height, rowHeight }: RowRoom): number {
  const top = row * rowHeight;
  if (top < scrolled) return top;
  return Math.max(scrolled, top + rowHeight - height);
}

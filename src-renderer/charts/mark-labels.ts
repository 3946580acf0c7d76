// Positions of the labels of marks above a chart, so that no two overlap. Pure.

export interface Mark {
  x: number;
  /** Width of its label. */
  width: number;
}

/** Distance between a mark and its label, and least distance between two labels. */
const GAP = 5;

/**
 * Left edges of the labels: right of the mark, else left of it, or undefined if there is no room on either side.
 * @param marks from left to right
 * @param left, right bounds of the labels
 */
export function placeMarkLabels(marks: readonly Mark[], left: number, right: number): (number | undefined)[] {
  let free = left;
  return marks.map(({ x, width }, index) => {
    // A label may take the room before the next mark, but must not cross it.
    const end = Math.min(right, (marks[index + 1]?.x ?? Infinity) - GAP);
    const places = [x + GAP, x - GAP - width];
    const place = places.find((from) => from >= free && from + width <= (from > x ? end : right));
    if (place !== undefined) free = place + width + GAP;
    return place;
  });
}

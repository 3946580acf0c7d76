// Where the labels of marks on a chart stand, so that all that are shown can be read. Pure.

export interface Mark {
  x: number;
  /** Of its label. */
  width: number;
}

/** Between a mark and its label, and at least between two labels. */
const GAP = 5;

/**
 * Left edges of the labels: right of the mark, or left of it where there is no room, or undefined where there is none
 * either.
 * @param marks from left to right
 * @param left, right what the labels must stay between
 */
export function placeMarkLabels(marks: readonly Mark[], left: number, right: number): (number | undefined)[] {
  let free = left;
  return marks.map(({ x, width }, index) => {
    // The next mark's label may need the room before its mark less than this one does: it only must not be crossed.
    const end = Math.min(right, (marks[index + 1]?.x ?? Infinity) - GAP);
    const places = [x + GAP, x - GAP - width];
    const place = places.find((from) => from >= free && from + width <= (from > x ? end : right));
    if (place !== undefined) free = place + width + GAP;
    return place;
  });
}

// The range of epochs that a run's charts show. Pure.

/** Epochs. */
export interface Range {
  from: number;
  to: number;
}

/** Epochs; a shorter range shows only noise. */
const SHORTEST = 0.05;

/**
 * @param factor below 1 zooms in
 * @param about the epoch that keeps its position
 * @returns undefined for the whole run
 */
export function zoomed(range: Range, factor: number, about: number, whole: Range): Range | undefined {
  const span = Math.max(SHORTEST, (range.to - range.from) * factor);
  if (span >= whole.to - whole.from) return undefined;
  const share = (about - range.from) / (range.to - range.from);
  return within({ from: about - share * span, to: about + (1 - share) * span }, whole);
}

/** @param by epochs; positive moves to later ones */
export function panned(range: Range, by: number, whole: Range): Range {
  return within({ from: range.from + by, to: range.to + by }, whole);
}

/** The part of a range inside the whole run. @returns undefined, for the whole run, if there is none */
export function clipped(range: Range | undefined, whole: Range): Range | undefined {
  if (!range || range.from >= whole.to) return undefined;
  return { from: Math.max(range.from, whole.from), to: Math.min(range.to, whole.to) };
}

/** A range of the same length, moved inside the whole run. */
function within({ from, to }: Range, whole: Range): Range {
  const by = Math.max(0, whole.from - from) - Math.max(0, to - whole.to);
  return { from: from + by, to: to + by };
}

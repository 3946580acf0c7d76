// Fuzzy search: a text matches if it contains all letters of the query in order. Word starts and adjacent letters score
// more. Pure.

const WORD_START = 4;
const ADJACENT = 3;
const GAP = 0.05;
/** Of a text that is the query. */
const WHOLE = 10;
/** Of the texts after the first. */
const LATER = 0.5;

/** @returns how well the text matches, higher is better; undefined if it does not contain all letters in order */
export function fuzzyScore(query: string, text: string): number | undefined {
  const letters = [...query.toLowerCase().replace(/\s+/g, '')];
  const candidates = text.toLowerCase();
  /** Best score of the letters so far, by the position of the last one. */
  let best = new Map<number, number>([[-1, 0]]);
  for (const letter of letters) {
    const next = new Map<number, number>();
    for (let at = candidates.indexOf(letter); at >= 0; at = candidates.indexOf(letter, at + 1)) {
      const start = at === 0 || !/[\p{L}\p{N}]/u.test(candidates[at - 1]!) ? WORD_START : 0;
      for (const [before, score] of best) {
        if (before >= at) continue;
        const near = before >= 0 && before === at - 1 ? ADJACENT : 0;
        const total = score + 1 + start + near - GAP * (at - before - 1);
        if (total > (next.get(at) ?? -Infinity)) next.set(at, total);
      }
    }
    if (next.size === 0) return undefined;
    best = next;
  }
  return Math.max(...best.values());
}

/**
 * The matching items, best first. Equal scores, and all items of an empty query, keep their order.
 * @param textsOf the texts of which one has to match; a match of the first counts a little more
 */
export function fuzzyFilter<T>(items: readonly T[], query: string, textsOf: (item: T) => readonly string[]): T[] {
  return items
    .map((item) => {
      const scores = textsOf(item).flatMap((text, at) => {
        const score = fuzzyScore(query, text);
        const whole = text.toLowerCase() === query.trim().toLowerCase();
        return score === undefined ? [] : [score + (whole ? WHOLE : 0) - (at > 0 ? LATER : 0)];
      });
      return { item, score: scores.length > 0 ? Math.max(...scores) : undefined };
    })
    .filter((found): found is { item: T; score: number } => found.score !== undefined)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}

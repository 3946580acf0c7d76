// Finds what a person means by a few letters: all of them in their order, beginnings of words and neighbours first.
// Pure.

const WORD_START = 4;
const NEIGHBOUR = 3;
const GAP = 0.05;

/**
 * @returns how well the letters of the query are found in a text, more is better; undefined where they are not all
 * there
 */
export function fuzzyScore(query: string, text: string): number | undefined {
  const letters = [...query.toLowerCase().replace(/\s+/g, '')];
  const candidates = text.toLowerCase();
  /** Best score with the letters so far, by the place of the last one. */
  let best = new Map<number, number>([[-1, 0]]);
  for (const letter of letters) {
    const next = new Map<number, number>();
    for (let at = candidates.indexOf(letter); at >= 0; at = candidates.indexOf(letter, at + 1)) {
      const start = at === 0 || !/[\p{L}\p{N}]/u.test(candidates[at - 1]!) ? WORD_START : 0;
      for (const [before, score] of best) {
        if (before >= at) continue;
        const near = before >= 0 && before === at - 1 ? NEIGHBOUR : 0;
        const total = score + 1 + start + near - GAP * (at - before - 1);
        if (total > (next.get(at) ?? -Infinity)) next.set(at, total);
      }
    }
    if (next.size === 0) return undefined;
    best = next;
  }
  return Math.max(...best.values());
}

/** Those that match, best first; of equals, and without a query, in their order. */
export function fuzzyFilter<T>(items: readonly T[], query: string, textOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, score: fuzzyScore(query, textOf(item)) }))
    .filter((found): found is { item: T; score: number } => found.score !== undefined)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}

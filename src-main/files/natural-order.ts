// The order in which people count, 2 before 10, whatever the language of the system.

const collator = new Intl.Collator('en', { numeric: true });

/** For sort(). */
export const naturalOrder = (a: string, b: string): number => collator.compare(a, b);

/** Never says that two different names are the same, as “1” and “01” are in the natural order. */
export function strictNaturalOrder(a: string, b: string): number {
  return naturalOrder(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

// Natural order of names, with 2 before 10, independent of the system's language.

const collator = new Intl.Collator('en', { numeric: true });

/** A comparison for sort(). */
export const naturalOrder = (a: string, b: string): number => collator.compare(a, b);

/** The same, but never equal for different names, such as “1” and “01”. */
export function strictNaturalOrder(a: string, b: string): number {
  return naturalOrder(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

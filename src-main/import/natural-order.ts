/** Compares names as people count: layer 10 after layer 9. */
export function naturalOrder(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** Formats a share from 0 to 1 with one decimal, as 97.5%. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

// Parsing of the stylesheet's hex colours, for pictures that are drawn pixel by pixel. Pure.

/** Each from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** "#1c1b19" → [28, 27, 25]. Also parses "#fff", because the build shortens "#ffffff" to that. */
export function parseHex(color: string): Rgb {
  const digits = color.slice(1);
  const value = Number.parseInt(digits.length === 3 ? digits.replace(/./g, '$&$&') : digits, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** The same colour, which lets through what lies behind it. @param percent of its strength that is left, 0 to 100 */
export function faded(color: string, percent: number): string {
  return `rgb(${parseHex(color).join(' ')} / ${percent}%)`;
}

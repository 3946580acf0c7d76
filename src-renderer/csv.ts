// Tables as comma-separated values. Pure.

/** RFC 4180: a row a line, and what holds a comma, a quote or a line break in quotes. Numbers in full. */
export function toCsv(header: readonly string[], rows: Iterable<readonly (string | number)[]>): string {
  const line = (cells: readonly (string | number)[]): string => `${cells.map((cell) => quoted(String(cell))).join(',')}\r\n`;
  let text = line(header);
  for (const row of rows) text += line(row);
  return text;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

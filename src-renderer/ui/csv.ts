// CSV tables as the system's spreadsheet programs expect them. Pure.
import { decimalMark, numberSeparator } from './format';

/** Characters that start a formula in a spreadsheet. East Asian programs also accept the full-width ones. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i;

/**
 * RFC 4180, with numbers in full precision. In locales with a decimal comma, semicolons separate the cells, because
 * their spreadsheets would read a comma-separated row as one column. Text that a spreadsheet would run as a formula
 * gets an apostrophe before it, which marks it as text.
 */
export function toCsv(header: readonly string[], rows: Iterable<readonly (string | number)[]>): string {
  const [separator, mark] = [numberSeparator(), decimalMark()];
  const written = (cell: string | number): string =>
    typeof cell === 'number' ? String(cell).replace('.', mark) : quoted(harmless(cell));
  const line = (cells: readonly (string | number)[]): string => `${cells.map(written).join(separator)}\r\n`;
  let text = line(header);
  for (const row of rows) text += line(row);
  return text;
}

/** A sentence that describes the format of saved tables. */
export function csvInWords(): string {
  return decimalMark() === ','
    ? 'Semicolons between the cells and decimal commas, for spreadsheets of this system'
    : 'Commas between the cells and decimal points';
}

function harmless(cell: string): string {
  return FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

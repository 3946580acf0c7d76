// Tables for spreadsheets, as those of this system expect them. Pure.
import { decimalMark, numberSeparator } from './format';

/** What a spreadsheet takes for a formula if a cell begins with it; the wide signs are those of East Asian programs. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i;

/**
 * RFC 4180: a row a line, and what holds a separator, a quote or a line break in quotes. Numbers in full. Where numbers
 * have a decimal comma, semicolons separate the cells: its spreadsheets would read anything else as one column of text.
 * Text that a spreadsheet would run as a formula gets an apostrophe before it, which spreadsheets take for “this is
 * text”.
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

/** How tables are written here: a sentence for wherever one is saved. */
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

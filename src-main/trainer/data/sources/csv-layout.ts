// Which column of a table is the label and which are pixels: by the names in its first line, or by how many there are.

export interface CsvLayout {
  /** The character between two values. */
  separator: ',' | ';' | '\t' | '|';
  hasHeader: boolean;
  columns: number;
  /** The column of the labels, from 0. Undefined if the table has only pixels. */
  label: number | undefined;
  /** Columns that are neither label nor pixel, such as the number of the line. */
  others: number[];
}

const SEPARATORS = [',', ';', '\t', '|'] as const;
const LABEL = /^(?:labels?|class(?:es)?|targets?|y|digits?|number|category|character|letter)$/i;
/** What pandas and Kaggle write before the pixels: the number of the line. */
const LINE_NUMBER = /^(?:|id|index|image_?id|unnamed: \d+)$/i;
/** “pixel12”, “1x1”, “px_3”, “12”. */
const PIXEL = /^(?:(?:pixel|pix|px|p|x|f|col|column|feature|v)[ _-]?)?\d+(?:[x_ -]\d+)?$/i;
/** Fewer columns are no picture, unless their names say so. */
const LEAST_PIXELS = 16;
/** So many lines must agree that the first column says nothing. */
const LEAST_LINES = 5;

/** @param text the first lines of the file. @returns undefined if it is no table of labels or pixels */
export function csvLayout(text: string): CsvLayout | undefined {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n?|\n/).filter((line) => line.trim() !== ''); // prettier-ignore
  const [first] = lines;
  if (first === undefined) return undefined;
  const counts = SEPARATORS.map((separator) => first.split(separator).length);
  const separator = SEPARATORS[counts.indexOf(Math.max(...counts))]!;
  const fields = split(first, separator);
  return fields.every(isNumber) ? fromNumbers(lines, separator) : fromNames(fields, separator);
}

/** How many columns are pixels. */
export function pixelColumns({ columns, label, others }: CsvLayout): number {
  return columns - others.length - (label === undefined ? 0 : 1);
}

function fromNames(names: string[], separator: CsvLayout['separator']): CsvLayout | undefined {
  const others = names.flatMap((name, column) => (LINE_NUMBER.test(name) ? [column] : []));
  const isPixel = (name: string | undefined) => name !== undefined && PIXEL.test(name);
  const named = names.findIndex((name) => LABEL.test(name));
  const pixels = names.filter(isPixel).length;
  // A single column of another name may be the labels: all others are pixels.
  const strange = names.flatMap((name, column) => (isPixel(name) || others.includes(column) ? [] : [column]));
  const label = named >= 0 ? named : strange.length === 1 ? strange[0] : undefined;
  const layout = { separator, hasHeader: true, columns: names.length, label, others };
  if (strange.some((column) => column !== label)) return named >= 0 && pixelColumns(layout) >= LEAST_PIXELS && pixels * 2 > names.length ? layout : undefined;
  return pixels > 0 || (named >= 0 && names.length - others.length === 1) ? layout : undefined;
}

function fromNumbers(lines: string[], separator: CsvLayout['separator']): CsvLayout | undefined {
  const rows = lines.slice(0, -1).map((line) => split(line, separator));
  const columns = split(lines[0]!, separator).length;
  const layout = { separator, hasHeader: false, columns, others: [] };
  if (columns === 1) return { ...layout, label: 0 };
  if (columns <= LEAST_PIXELS) return undefined;
  if (isSquare(columns) && !isSquare(columns - 1)) return { ...layout, label: undefined };
  // The corner of an image is always background; a label is not always the same.
  const isConstant = (column: number) => rows.every((row) => row[column] === rows[0]![column]);
  const isLast = rows.length >= LEAST_LINES && isConstant(0) && !isConstant(columns - 1);
  return { ...layout, label: isLast ? columns - 1 : 0 };
}

function split(line: string, separator: string): string[] {
  return line.split(separator).map((field) => field.trim().replace(/^"(.*)"$/, '$1').trim()); // prettier-ignore
}

function isNumber(field: string): boolean {
  return field !== '' && Number.isFinite(Number(field));
}

function isSquare(count: number): boolean {
  return Number.isInteger(Math.sqrt(count));
}

// Determines which column of a table is the label and which are pixels, by the names in its first line or by their
// number. In a table without names the label is the first column, until label-column.ts decides.

export interface CsvLayout {
  /** The character between values. */
  separator: ',' | ';' | '\t' | '|';
  hasHeader: boolean;
  columns: number;
  /** Column of the labels, from 0; undefined if the table has only pixels. */
  label: number | undefined;
  /** Columns that are neither label nor pixel, such as the line number. */
  others: number[];
  /** Whether the label may also be the last column. */
  isGuessed?: boolean;
}

const SEPARATORS = [',', ';', '\t', '|'] as const;
const LABEL = /^(?:labels?|class(?:es)?|targets?|y|digits?|number|category|character|letter)$/i;
/** Names that pandas and Kaggle give to a column of line numbers. */
const LINE_NUMBER = /^(?:|id|index|image_?id|unnamed: \d+)$/i;
/** “pixel12”, “1x1”, “px_3”, “12”. */
const PIXEL = /^(?:(?:pixel|pix|px|p|x|f|col|column|feature|v)[ _-]?)?\d+(?:[x_ -]\d+)?$/i;
/** Fewer columns are not an image, unless their names say so. */
const LEAST_PIXELS = 16;

/**
 * @param text the start of the file, with its whole first line
 * @returns undefined if it is not a table of labels or pixels
 */
export function csvLayout(text: string): CsvLayout | undefined {
  const first = /[^\s][^\r\n]*/.exec(text.replace(/^\ufeff/, ''))?.[0];
  if (first === undefined) return undefined;
  const counts = SEPARATORS.map((separator) => first.split(separator).length);
  const separator = SEPARATORS[counts.indexOf(Math.max(...counts))]!;
  const fields = split(first, separator);
  const words = fields.flatMap((field, column) => (isNumber(field) ? [] : [column]));
  if (words.length === 0) return fromNumbers(fields.length, separator);
  // Names are unique: a line with one word and repeated numbers is an image and its label.
  const isImage =
    words.length === 1 &&
    fields.length > LEAST_PIXELS &&
    new Set(fields).size < fields.length &&
    !LABEL.test(fields[words[0]!]!);
  return isImage
    ? { separator, hasHeader: false, columns: fields.length, label: words[0], others: [] }
    : fromNames(fields, separator);
}

/** Number of pixel columns. */
export function pixelColumns({ columns, label, others }: CsvLayout): number {
  return columns - others.length - (label === undefined ? 0 : 1);
}

function fromNames(names: string[], separator: CsvLayout['separator']): CsvLayout | undefined {
  const others = names.flatMap((name, column) => (LINE_NUMBER.test(name) ? [column] : []));
  const isPixel = (name: string | undefined) => name !== undefined && PIXEL.test(name);
  const named = names.findIndex((name) => LABEL.test(name));
  const pixels = names.filter(isPixel).length;
  // A single column with an unknown name may be the label if all others are pixels.
  const unknown = names.flatMap((name, column) => (isPixel(name) || others.includes(column) ? [] : [column]));
  const label = named >= 0 ? named : unknown.length === 1 ? unknown[0] : undefined;
  const layout = { separator, hasHeader: true, columns: names.length, label, others };
  if (unknown.some((column) => column !== label))
    return named >= 0 && pixelColumns(layout) >= LEAST_PIXELS && pixels * 2 > names.length ? layout : undefined;
  return pixels > 0 || (named >= 0 && names.length - others.length === 1) ? layout : undefined;
}

function fromNumbers(columns: number, separator: CsvLayout['separator']): CsvLayout | undefined {
  const layout = { separator, hasHeader: false, columns, others: [] };
  if (columns === 1) return { ...layout, label: 0 };
  if (columns <= LEAST_PIXELS) return undefined;
  if (isSquare(columns) && !isSquare(columns - 1)) return { ...layout, label: undefined };
  return { ...layout, label: 0, isGuessed: true };
}

/** Keeps separators between quotation marks. */
function split(line: string, separator: string): string[] {
  const fields: string[] = [];
  for (const part of line.split(separator)) {
    const isOpen = fields.length > 0 && (fields.at(-1)!.match(/"/g)?.length ?? 0) % 2 === 1;
    if (isOpen) fields.push(`${fields.pop()}${separator}${part}`);
    else fields.push(part);
  }
  return fields.map((field) =>
    field
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );
}

function isNumber(field: string): boolean {
  return field !== '' && Number.isFinite(Number(field));
}

function isSquare(count: number): boolean {
  return Number.isInteger(Math.sqrt(count));
}

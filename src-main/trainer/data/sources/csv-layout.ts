// Which column of a table is the label and which are pixels: by the names in its first line, or by how many there are.
// Of a table without names, the first column is taken for the label until all lines are read: see label-column.ts.

export interface CsvLayout {
  /** The character between two values. */
  separator: ',' | ';' | '\t' | '|';
  hasHeader: boolean;
  columns: number;
  /** The column of the labels, from 0. Undefined if the table has only pixels. */
  label: number | undefined;
  /** Columns that are neither label nor pixel, such as the number of the line. */
  others: number[];
  /** Whether the label may as well be the last column. */
  isGuessed?: boolean;
}

const SEPARATORS = [',', ';', '\t', '|'] as const;
const LABEL = /^(?:labels?|class(?:es)?|targets?|y|digits?|number|category|character|letter)$/i;
/** What pandas and Kaggle write before the pixels: the number of the line. */
const LINE_NUMBER = /^(?:|id|index|image_?id|unnamed: \d+)$/i;
/** “pixel12”, “1x1”, “px_3”, “12”. */
const PIXEL = /^(?:(?:pixel|pix|px|p|x|f|col|column|feature|v)[ _-]?)?\d+(?:[x_ -]\d+)?$/i;
/** Fewer columns are no picture, unless their names say so. */
const LEAST_PIXELS = 16;

/**
 * @param text the start of the file, with its whole first line.
 * @returns undefined if it is no table of labels or pixels
 */
export function csvLayout(text: string): CsvLayout | undefined {
  const first = /[^\s][^\r\n]*/.exec(text.replace(/^\ufeff/, ''))?.[0];
  if (first === undefined) return undefined;
  const counts = SEPARATORS.map((separator) => first.split(separator).length);
  const separator = SEPARATORS[counts.indexOf(Math.max(...counts))]!;
  const fields = split(first, separator);
  const words = fields.flatMap((field, column) => (isNumber(field) ? [] : [column]));
  if (words.length === 0) return fromNumbers(fields.length, separator);
  // Names differ: a line of numbers that occur again, with one word among them, is an image and its label.
  const isImage =
    words.length === 1 &&
    fields.length > LEAST_PIXELS &&
    new Set(fields).size < fields.length &&
    !LABEL.test(fields[words[0]!]!);
  return isImage
    ? { separator, hasHeader: false, columns: fields.length, label: words[0], others: [] }
    : fromNames(fields, separator);
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
  if (strange.some((column) => column !== label))
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

/** A separator between quotation marks is part of its field. */
function split(line: string, separator: string): string[] {
  const fields: string[] = [];
  for (const piece of line.split(separator)) {
    const isOpen = fields.length > 0 && (fields.at(-1)!.match(/"/g)?.length ?? 0) % 2 === 1;
    if (isOpen) fields.push(`${fields.pop()}${separator}${piece}`);
    else fields.push(piece);
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

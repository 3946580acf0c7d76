// Which column of a table without names is the label: the first one, unless the numbers in all of its lines say that it
// is the last one.
import { StudioError } from '../../../../src-shared/errors';
import type { CsvTable } from './read-csv';

/** A corner of an image is nearly always background. */
const MOST_OF_ONE_CLASS = 0.9;
const MOST_CLASSES = 100;
const ADVICE = 'Please add a first line that names the columns, such as “label,pixel0,pixel1”.';

type Place = 'first' | 'last';

/**
 * All tables of a dataset have the same layout.
 * @param notes is added to. Throws file-unreadable if nobody can tell the labels from a pixel.
 */
export function settleLabelColumns(tables: readonly CsvTable[], notes: string[]): CsvTable[] {
  if (!tables.some(({ layout }) => layout.isGuessed)) return [...tables];
  const known = tables.flatMap((table) => {
    const place = placeOf(table);
    return place ? [{ table, place }] : [];
  });
  const place = known[0]?.place ?? (tables.every(hasConstantEnds) ? 'first' : undefined);
  if (place === undefined) {
    const name = nameOf(tables.find(({ layout }) => layout.isGuessed)!);
    throw new StudioError(
      'file-unreadable',
      `${name} does not name its columns, and its numbers do not tell whether the first or the last one is the ` +
        `label. ${ADVICE}`,
    );
  }
  const other = known.find((table) => table.place !== place);
  if (other) {
    const words = [known[0]!, other].map((one) => `${nameOf(one.table)} has its labels in the ${one.place} column`);
    throw new StudioError(
      'file-unreadable',
      `It seems that ${words.join(', and ')}: expected the same in both. ${ADVICE}`,
    );
  }
  if (place === 'first') return [...tables];
  notes.push(
    'The tables do not name their columns: the last one was taken for the labels, since the first one looks ' +
      'like a pixel.',
  );
  return tables.map((table) => (table.layout.isGuessed ? withLastLabel(table) : table));
}

const nameOf = ({ pixels }: CsvTable) => pixels?.name ?? 'The table';

/** Undefined if the table does not tell. */
function placeOf({ layout, pixels, labels }: CsvTable): Place | undefined {
  if (!layout.isGuessed) return layout.label === 0 ? 'first' : layout.label === layout.columns - 1 ? 'last' : undefined;
  if (!pixels || typeof labels![0] === 'string') return 'first';
  const [first, last] = [tally(labels as number[]), tally(lastColumn(pixels))];
  if (first.isLabels && last.isLabels)
    return first.isRow && !(last.isRow && last.distinct > first.distinct) ? 'first' : undefined;
  if (first.isLabels || (last.distinct === 1 && first.distinct > 1 && first.isWhole)) return 'first';
  return last.isLabels ? 'last' : undefined;
}

function hasConstantEnds({ pixels, labels }: CsvTable): boolean {
  return (
    pixels !== undefined &&
    labels !== undefined &&
    new Set<number | string>(labels).size === 1 &&
    new Set(lastColumn(pixels)).size === 1
  );
}

function lastColumn({ shape: [count = 0, width = 0], values }: NonNullable<CsvTable['pixels']>): number[] {
  return Array.from({ length: count }, (_, k) => values[(k + 1) * width - 1]!);
}

function tally(column: readonly number[]): { distinct: number; isWhole: boolean; isLabels: boolean; isRow: boolean } {
  const counts = new Map<number, number>();
  for (const value of column) counts.set(value, (counts.get(value) ?? 0) + 1);
  const values = [...counts.keys()];
  const distinct = values.length;
  const isWhole = values.every(Number.isInteger);
  const isLabels =
    isWhole &&
    distinct > 1 &&
    distinct <= MOST_CLASSES &&
    Math.max(...counts.values()) <= MOST_OF_ONE_CLASS * column.length;
  // Such as 0 to 9.
  const isRow = isLabels && Math.max(...values) - Math.min(...values) === distinct - 1;
  return { distinct, isWhole, isLabels, isRow };
}

/** The first column becomes the first pixel. */
function withLastLabel({ layout, pixels, labels }: CsvTable): CsvTable {
  const { name, shape, values: old } = pixels!;
  const [count = 0, width = 0] = shape;
  // A first column of fractions does not fit into bytes.
  const values = labels!.every((value) => Number(value) >= 0 && Number(value) <= 255 && Number.isInteger(value))
    ? old.slice()
    : Float32Array.from(old);
  const moved = lastColumn(pixels!);
  for (let k = 0; k < count; k++) {
    values.copyWithin(k * width + 1, k * width, (k + 1) * width - 1);
    values[k * width] = Number(labels![k]);
  }
  return { layout: { ...layout, label: layout.columns - 1 }, pixels: { name, shape, values }, labels: moved };
}

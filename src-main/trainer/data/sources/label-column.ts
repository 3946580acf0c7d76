// Decides which column of a table without names is the label: the first one, unless the numbers in all lines show that
// it is the last one.
import { StudioError } from '../../../../src-shared/errors';
import type { CsvTable } from './read-csv';

/** Largest share of one label. A corner pixel of an image nearly always has the same value. */
const MOST_OF_ONE_CLASS = 0.9;
const MOST_CLASSES = 100;
const ADVICE = 'Please add a first line that names the columns, such as “label,pixel0,pixel1”.';

type Side = 'first' | 'last';

/**
 * All tables of a dataset must have the same layout.
 * @param notes notes for the person are added to it
 * Throws file-unreadable if labels and pixels cannot be distinguished.
 */
export function settleLabelColumns(tables: readonly CsvTable[], notes: string[]): CsvTable[] {
  if (!tables.some(({ layout }) => layout.isGuessed)) return [...tables];
  const known = tables.flatMap((table) => {
    const side = sideOf(table);
    return side ? [{ table, side }] : [];
  });
  const side = known[0]?.side ?? (tables.every(hasConstantEnds) ? 'first' : undefined);
  if (side === undefined) {
    const name = nameOf(tables.find(({ layout }) => layout.isGuessed)!);
    throw new StudioError(
      'file-unreadable',
      `${name} does not name its columns, and its numbers do not show whether the first or the last one is the ` +
        `label. ${ADVICE}`,
    );
  }
  const other = known.find((table) => table.side !== side);
  if (other) {
    const words = [known[0]!, other].map((one) => `${nameOf(one.table)} has its labels in the ${one.side} column`);
    throw new StudioError(
      'file-unreadable',
      `It seems that ${words.join(', and ')}: expected the same in both. ${ADVICE}`,
    );
  }
  if (side === 'first') return [...tables];
  notes.push(
    'The tables do not name their columns: the last one was taken for the labels, since the first one looks ' +
      'like a pixel.',
  );
  return tables.map((table) => (table.layout.isGuessed ? withLastLabel(table) : table));
}

const nameOf = ({ pixels }: CsvTable) => pixels?.name ?? 'The table';

/** The side of the label; undefined if the numbers do not show it. */
function sideOf({ layout, pixels, labels }: CsvTable): Side | undefined {
  if (!layout.isGuessed) return layout.label === 0 ? 'first' : layout.label === layout.columns - 1 ? 'last' : undefined;
  if (!pixels || typeof labels![0] === 'string') return 'first';
  const [first, last] = [tally(labels as number[]), tally(lastColumn(pixels))];
  if (first.isLabels && last.isLabels)
    return first.isConsecutive && !(last.isConsecutive && last.distinct > first.distinct) ? 'first' : undefined;
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

interface Tally {
  /** Number of different values. */
  distinct: number;
  isWhole: boolean;
  isLabels: boolean;
  isConsecutive: boolean;
}

function tally(column: readonly number[]): Tally {
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
  // Consecutive numbers, such as 0 to 9.
  const isConsecutive = isLabels && Math.max(...values) - Math.min(...values) === distinct - 1;
  return { distinct, isWhole, isLabels, isConsecutive };
}

/** The first column becomes the first pixel. */
function withLastLabel({ layout, pixels, labels }: CsvTable): CsvTable {
  const { name, shape, values: old } = pixels!;
  const [count = 0, width = 0] = shape;
  // A first column that is not bytes needs floats.
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

// Turns images upright, and detects their orientation: EMNIST's files swap the rows and columns of every image.
import { DIGIT_MEANS, GRID } from './digit-means';

/** Transposes every image in place, from rows × columns to columns × rows. */
export function turnUpright(pixels: Uint8Array, rows: number, columns: number): void {
  const size = rows * columns;
  const from = new Uint32Array(size);
  for (let y = 0; y < columns; y++) for (let x = 0; x < rows; x++) from[y * rows + x] = x * columns + y;
  const image = new Uint8Array(size);
  for (let start = 0; start < pixels.length; start += size) {
    image.set(pixels.subarray(start, start + size));
    for (let k = 0; k < size; k++) pixels[start + k] = image[from[k]!]!;
  }
}

/** The first images of a dataset. */
export interface FirstImages {
  rows: number;
  columns: number;
  /** [count, rows × columns], at least GRID each way */
  pixels: Uint8Array;
  /** [count], as in the file */
  labels: Int32Array;
}

/** EMNIST's letters have labels above its digits. */
const isDigit = (label: number) => label >= 0 && label <= 9;

/** The means of fewer different digits do not show their orientation. */
const LEAST_DIGITS = 3;
/** Least correlation of digits. MNIST reaches 0.95 upright and 0.6 on its side, Fashion-MNIST 0.4 either way. */
const LEAST_CORRELATION = 0.8;
/** Least difference of the correlations of the two orientations. */
const MARGIN = 0.15;

/**
 * Detects whether digits are upright or on their side, by the correlation of the mean image of each of the labels 0 to
 * 9 with that of MNIST, as it is and transposed.
 * @returns undefined if the images are not digits, or both orientations fit
 */
export function orientationOf({ rows, columns, pixels, labels }: FirstImages): 'upright' | 'transposed' | undefined {
  const kinds = new Set(labels.filter(isDigit));
  if (kinds.size < LEAST_DIGITS) return undefined;
  const means = gridMeans({ rows, columns, pixels, labels });
  const upright = correlation(kinds, (cell) => means[cell]!);
  const transposed = correlation(kinds, (cell, x, y) => means[cell - y * GRID - x + x * GRID + y]!);
  if (Math.max(upright, transposed) < LEAST_CORRELATION || Math.abs(upright - transposed) < MARGIN) return undefined;
  return upright > transposed ? 'upright' : 'transposed';
}

/** [10, GRID × GRID]: the mean image of each label on the grid. */
function gridMeans({ rows, columns, pixels, labels }: FirstImages): Float64Array {
  const sums = new Float64Array(10 * GRID * GRID);
  const counts = new Float64Array(sums.length);
  for (let pixel = 0; pixel < pixels.length; pixel++) {
    const position = pixel % (rows * columns);
    const label = labels[(pixel - position) / (rows * columns)]!;
    if (!isDigit(label)) continue;
    const [y, x] = [Math.floor(position / columns), position % columns];
    const cell = label * GRID * GRID + Math.floor((y * GRID) / rows) * GRID + Math.floor((x * GRID) / columns);
    sums[cell]! += pixels[pixel]!;
    counts[cell]!++;
  }
  return sums.map((sum, cell) => sum / Math.max(1, counts[cell]!));
}

/** Pearson correlation with MNIST's means, over all cells of these digits. */
function correlation(digits: ReadonlySet<number>, valueAt: (cell: number, x: number, y: number) => number): number {
  let [n, a, b, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (const digit of digits) {
    for (let position = 0; position < GRID * GRID; position++) {
      const cell = digit * GRID * GRID + position;
      const [p, q] = [valueAt(cell, position % GRID, Math.floor(position / GRID)), DIGIT_MEANS[cell]!];
      [n, a, b, aa, bb, ab] = [n + 1, a + p, b + q, aa + p * p, bb + q * q, ab + p * q];
    }
  }
  const spread = Math.sqrt((aa - (a * a) / n) * (bb - (b * b) / n));
  return spread > 0 ? (ab - (a * b) / n) / spread : 0;
}

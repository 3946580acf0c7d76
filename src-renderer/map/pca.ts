// Principal component analysis: the directions in which the rows of a table differ most. Pure and deterministic.
import { symmetricEigen } from './symmetric-eigen';

/** Rows of numbers without their zeros. Row i has the entries from starts[i] to starts[i + 1]. */
export interface SparseRows {
  rows: number;
  columns: number;
  starts: Uint32Array;
  column: Uint32Array;
  value: Float64Array;
}

export interface Pca {
  /** [columns] */
  mean: Float64Array;
  /** [count][columns], orthonormal, the one with the largest variance first */
  components: Float64Array[];
  /** [count]: variance of the rows along each component, divided by rows − 1 */
  variances: Float64Array;
  /** [count]: the same as a share of the total variance of all columns, 0 to 1 */
  shares: Float64Array;
  /** [rows, count]: coordinates of each row along the components, relative to the mean */
  scores: Float64Array;
}

/** Additional directions to iterate: they make those that are wanted converge faster. */
const GUARDS = 6;
const MAX_ITERATIONS = 300;
/** What hard cases take. Decides whether it pays to form the covariance matrix. */
const EXPECTED_ITERATIONS = 30;
/** Most columns for which the covariance matrix is formed. */
const MAX_FORMED_COLUMNS = 2048;

/** @param values [rows, columns]. @param scale each value is multiplied by this */
export function sparseRows(values: ArrayLike<number>, columns: number, scale = 1): SparseRows {
  const rows = columns === 0 ? 0 : values.length / columns;
  let filled = 0;
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) filled++;
  const sparse = {
    rows,
    columns,
    starts: new Uint32Array(rows + 1),
    column: new Uint32Array(filled),
    value: new Float64Array(filled),
  };
  for (let row = 0, i = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, i++) {
      if (values[i] === 0) continue;
      sparse.column[at] = column;
      sparse.value[at++] = values[i]! * scale;
    }
    sparse.starts[row + 1] = at;
  }
  return sparse;
}

export interface PcaOptions {
  /** Components of similar rows to start from. They affect the time only, not the result. */
  start?: readonly Float64Array[];
  /** Largest residual |C v − λ v| relative to the largest variance. The error of a variance is about its square. */
  tolerance?: number;
}

/**
 * Subspace iteration with a Rayleigh-Ritz step (Saad, "Numerical Methods for Large Eigenvalue Problems", 2011, section
 * 5.2) on the covariance, which is formed only if that is less work. Each component's largest loading is positive.
 * @param count of components; there are never more than columns
 */
export function pca(data: SparseRows, count: number, { start = [], tolerance = 1e-8 }: PcaOptions = {}): Pca {
  const { columns } = data;
  const wanted = Math.min(count, columns);
  const width = Math.min(wanted + GUARDS, columns);
  const { mean, variance } = moments(data);
  const timesCovariance = covarianceProduct(data, mean, width);

  let basis = orthonormal(firstBasis(columns, width, start), columns, width);
  let values: Float64Array = new Float64Array(width);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const image = timesCovariance(basis);
    const ritz = symmetricEigen(inner(basis, image, width), width);
    values = ritz.values;
    basis = times(basis, ritz.vectors, width);
    const rotated = times(image, ritz.vectors, width);
    if (hasConverged(basis, rotated, values, wanted, tolerance)) break;
    basis = orthonormal(rotated, columns, width);
  }

  const components = Array.from({ length: wanted }, (_, k) =>
    positive(Float64Array.from({ length: columns }, (_, i) => basis[i * width + k]!)),
  );
  const variances = values.slice(0, wanted).map((value) => Math.max(0, value));
  const shares = variances.map((value) => (variance > 0 ? value / variance : 0));
  const packed = new Float64Array(columns * wanted);
  components.forEach((component, k) => component.forEach((loading, i) => (packed[i * wanted + k] = loading)));
  return { mean, components, variances, shares, scores: centredTimes(data, mean, packed, wanted) };
}

/** Mean of every column, and the sum of their variances. */
function moments({ rows, columns, column, value }: SparseRows): { mean: Float64Array; variance: number } {
  const mean = new Float64Array(columns);
  for (let at = 0; at < value.length; at++) mean[column[at]!]! += value[at]! / rows;
  // Deviations from the mean, rather than a difference of two large sums, which would lose digits.
  const filled = new Uint32Array(columns);
  let sum = 0;
  for (let at = 0; at < value.length; at++) {
    sum += (value[at]! - mean[column[at]!]!) ** 2;
    filled[column[at]!]!++;
  }
  for (let i = 0; i < columns; i++) sum += (rows - filled[i]!) * mean[i]! ** 2;
  return { mean, variance: sum / Math.max(1, rows - 1) };
}

/** @returns a function that multiplies [columns, width] by the covariance, the faster way for these rows */
function covarianceProduct(data: SparseRows, mean: Float64Array, width: number): (basis: Float64Array) => Float64Array {
  const { rows, columns, starts, value } = data;
  const divisor = Math.max(1, rows - 1);
  let pairs = 0;
  for (let row = 0; row < rows; row++) pairs += (starts[row + 1]! - starts[row]!) ** 2 / 2;
  if (columns <= MAX_FORMED_COLUMNS && pairs < 2 * value.length * width * EXPECTED_ITERATIONS) {
    const matrix = covariance(data, mean, divisor);
    return (basis) => matrixTimes(matrix, basis, columns, width);
  }
  return (basis) => transposedTimes(data, centredTimes(data, mean, basis, width), width).map((sum) => sum / divisor);
}

/** (Xᵀ X − rows · mean meanᵀ) / divisor. @returns [columns, columns] */
function covariance(
  { rows, columns, starts, column, value }: SparseRows,
  mean: Float64Array,
  divisor: number,
): Float64Array {
  const matrix = new Float64Array(columns * columns);
  for (let row = 0; row < rows; row++) {
    const end = starts[row + 1]!;
    for (let a = starts[row]!; a < end; a++) {
      const to = column[a]! * columns;
      const factor = value[a]!;
      for (let b = a; b < end; b++) matrix[to + column[b]!]! += factor * value[b]!;
    }
  }
  for (let i = 0; i < columns; i++) {
    for (let j = i; j < columns; j++) {
      const entry = (matrix[i * columns + j]! - rows * mean[i]! * mean[j]!) / divisor;
      matrix[i * columns + j] = entry;
      matrix[j * columns + i] = entry;
    }
  }
  return matrix;
}

/** @param matrix [columns, columns]. @param basis [columns, width]. @returns [columns, width] */
function matrixTimes(matrix: Float64Array, basis: Float64Array, columns: number, width: number): Float64Array {
  const product = new Float64Array(columns * width);
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < columns; j++) {
      const factor = matrix[i * columns + j]!;
      for (let k = 0; k < width; k++) product[i * width + k]! += factor * basis[j * width + k]!;
    }
  }
  return product;
}

/** (X − mean) V. @param basis [columns, width]. @returns [rows, width] */
function centredTimes(
  { rows, columns, starts, column, value }: SparseRows,
  mean: Float64Array,
  basis: Float64Array,
  width: number,
): Float64Array {
  const offset = new Float64Array(width);
  for (let i = 0; i < columns; i++) for (let k = 0; k < width; k++) offset[k]! += mean[i]! * basis[i * width + k]!;
  const product = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const to = row * width;
    for (let k = 0; k < width; k++) product[to + k] = -offset[k]!;
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const from = column[at]! * width;
      const factor = value[at]!;
      for (let k = 0; k < width; k++) product[to + k]! += factor * basis[from + k]!;
    }
  }
  return product;
}

/**
 * Xᵀ S, which equals (X − mean)ᵀ S if the columns of S sum to zero.
 * @param scores [rows, width]
 * @returns [columns, width]
 */
function transposedTimes(
  { rows, columns, starts, column, value }: SparseRows,
  scores: Float64Array,
  width: number,
): Float64Array {
  const product = new Float64Array(columns * width);
  for (let row = 0; row < rows; row++) {
    const from = row * width;
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const to = column[at]! * width;
      const factor = value[at]!;
      for (let k = 0; k < width; k++) product[to + k]! += factor * scores[from + k]!;
    }
  }
  return product;
}

/** Aᵀ B. @param a, b [columns, width]. @returns [width, width] */
function inner(a: Float64Array, b: Float64Array, width: number): Float64Array {
  const product = new Float64Array(width * width);
  for (let from = 0; from < a.length; from += width) {
    for (let j = 0; j < width; j++)
      for (let k = 0; k < width; k++) product[j * width + k]! += a[from + j]! * b[from + k]!;
  }
  return product;
}

/** A U. @param a [columns, width]. @param u [width, width] */
function times(a: Float64Array, u: Float64Array, width: number): Float64Array {
  const product = new Float64Array(a.length);
  for (let to = 0; to < a.length; to += width) {
    for (let j = 0; j < width; j++) for (let k = 0; k < width; k++) product[to + k]! += a[to + j]! * u[j * width + k]!;
  }
  return product;
}

/** Whether |C v − λ v| is within the tolerance, relative to the largest variance, for each wanted component. */
function hasConverged(
  basis: Float64Array,
  image: Float64Array,
  values: Float64Array,
  wanted: number,
  tolerance: number,
): boolean {
  const width = values.length;
  for (let k = 0; k < wanted; k++) {
    let error = 0;
    for (let at = k; at < basis.length; at += width) error += (image[at]! - values[k]! * basis[at]!) ** 2;
    if (Math.sqrt(error) > tolerance * values[0]!) return false;
  }
  return true;
}

/** @returns [columns, width]: the start, then pseudorandom numbers that are the same in every call */
function firstBasis(columns: number, width: number, start: readonly Float64Array[]): Float64Array {
  let state = 12345;
  return Float64Array.from({ length: columns * width }, (_, at) => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    const known = start[at % width];
    return known?.length === columns ? known[Math.floor(at / width)]! : state / 2 ** 31 - 1;
  });
}

/** Gram-Schmidt, done twice to be exact. A column that depends linearly on those before it becomes zero. */
function orthonormal(vectors: Float64Array, columns: number, width: number): Float64Array {
  const basis = vectors.slice();
  for (let k = 0; k < width; k++) {
    const before = length(basis, columns, width, k);
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < k; j++) {
        let dot = 0;
        for (let i = 0; i < columns; i++) dot += basis[i * width + j]! * basis[i * width + k]!;
        for (let i = 0; i < columns; i++) basis[i * width + k]! -= dot * basis[i * width + j]!;
      }
    }
    const after = length(basis, columns, width, k);
    const factor = after > 1e-12 * before ? 1 / after : 0;
    for (let i = 0; i < columns; i++) basis[i * width + k]! *= factor;
  }
  return basis;
}

function length(basis: Float64Array, columns: number, width: number, k: number): number {
  let sum = 0;
  for (let i = 0; i < columns; i++) sum += basis[i * width + k]! ** 2;
  return Math.sqrt(sum);
}

/** Flips the sign if the largest loading is negative. */
function positive(component: Float64Array): Float64Array {
  const largest = component.reduce((best, loading) => (Math.abs(loading) > Math.abs(best) ? loading : best), 0);
  return largest < 0 ? component.map((loading) => -loading) : component;
}

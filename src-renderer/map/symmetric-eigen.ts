// Eigenvalues and eigenvectors of a small symmetric matrix. Pure.

export interface Eigen {
  /** [size], the largest first */
  values: Float64Array;
  /** [size, size]: eigenvector k is column k */
  vectors: Float64Array;
}

const MOST_SWEEPS = 60;

/**
 * The cyclic Jacobi method (Golub and Van Loan, "Matrix Computations", 2013, section 8.5): rotates two axes at a time
 * until the matrix is diagonal.
 * @param matrix [size, size]
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const a = matrix.slice();
  const v = new Float64Array(size * size);
  for (let i = 0; i < size; i++) v[i * size + i] = 1;
  for (let sweep = 0; sweep < MOST_SWEEPS && !isDiagonal(a, size); sweep++) {
    for (let p = 0; p < size - 1; p++) for (let q = p + 1; q < size; q++) rotate(a, v, size, p, q);
  }
  const byValue = Array.from({ length: size }, (_, i) => i).sort(
    (i, j) => a[j * size + j]! - a[i * size + i]! || i - j,
  );
  const vectors = new Float64Array(size * size);
  byValue.forEach((from, k) => {
    for (let i = 0; i < size; i++) vectors[i * size + k] = v[i * size + from]!;
  });
  return { values: Float64Array.from(byValue, (i) => a[i * size + i]!), vectors };
}

/** Rotates axes p and q so that element (p, q) becomes zero. */
function rotate(a: Float64Array, v: Float64Array, size: number, p: number, q: number): void {
  const element = a[p * size + q]!;
  if (element === 0) return;
  const theta = (a[q * size + q]! - a[p * size + p]!) / (2 * element);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  const rotatePair = (m: Float64Array, at: number, to: number): void => {
    const [x, y] = [m[at]!, m[to]!];
    m[at] = cosine * x - sine * y;
    m[to] = sine * x + cosine * y;
  };
  for (let i = 0; i < size; i++) rotatePair(a, i * size + p, i * size + q);
  for (let i = 0; i < size; i++) rotatePair(a, p * size + i, q * size + i);
  for (let i = 0; i < size; i++) rotatePair(v, i * size + p, i * size + q);
}

function isDiagonal(a: Float64Array, size: number): boolean {
  let [diagonal, rest] = [0, 0];
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      if (i === j) diagonal += a[i * size + j]! ** 2;
      else rest += a[i * size + j]! ** 2;
    }
  }
  return rest <= 1e-30 * diagonal;
}

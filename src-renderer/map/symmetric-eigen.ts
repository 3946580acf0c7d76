// Eigenvalues and eigenvectors of a small symmetric matrix. Pure.

export interface Eigen {
  /** [size], the largest first */
  values: Float64Array;
  /** [size, size]: eigenvector k is column k */
  vectors: Float64Array;
}

const MOST_SWEEPS = 60;

/**
 * The cyclic Jacobi method (Golub and Van Loan, "Matrix Computations", 2013, section 8.5): turns two axes at a time
 * until nothing is left beside the diagonal.
 * @param matrix [size, size]
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  const a = matrix.slice();
  const v = new Float64Array(size * size);
  for (let i = 0; i < size; i++) v[i * size + i] = 1;
  for (let sweep = 0; sweep < MOST_SWEEPS && !isDiagonal(a, size); sweep++) {
    for (let p = 0; p < size - 1; p++) for (let q = p + 1; q < size; q++) rotate(a, v, size, p, q);
  }
  const order = Array.from({ length: size }, (_, i) => i).sort((i, j) => a[j * size + j]! - a[i * size + i]! || i - j);
  const vectors = new Float64Array(size * size);
  order.forEach((from, k) => {
    for (let i = 0; i < size; i++) vectors[i * size + k] = v[i * size + from]!;
  });
  return { values: Float64Array.from(order, (i) => a[i * size + i]!), vectors };
}

/** Turns axes p and q so that the number where they cross becomes zero. */
function rotate(a: Float64Array, v: Float64Array, size: number, p: number, q: number): void {
  const crossing = a[p * size + q]!;
  if (crossing === 0) return;
  const theta = (a[q * size + q]! - a[p * size + p]!) / (2 * crossing);
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  const turn = (m: Float64Array, at: number, to: number): void => {
    const [x, y] = [m[at]!, m[to]!];
    m[at] = cosine * x - sine * y;
    m[to] = sine * x + cosine * y;
  };
  for (let i = 0; i < size; i++) turn(a, i * size + p, i * size + q);
  for (let i = 0; i < size; i++) turn(a, p * size + i, q * size + i);
  for (let i = 0; i < size; i++) turn(v, i * size + p, i * size + q);
}

function isDiagonal(a: Float64Array, size: number): boolean {
  let [on, beside] = [0, 0];
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      if (i === j) on += a[i * size + j]! ** 2;
      else beside += a[i * size + j]! ** 2;
    }
  }
  return beside <= 1e-30 * on;
}

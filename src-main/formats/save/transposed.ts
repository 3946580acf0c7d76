// Converts weights from [out, in], as in PyTorch and this app, to [in, out], as in Keras and many NumPy programs, or
// back.

/** @param values [rows, columns], row by row @returns [columns, rows] */
export function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) result[c * rows + r] = values[r * columns + c]!;
  }
  return result;
}

// A matrix: rows × columns numbers in one flat array, row by row. All of nn/ computes with it.

/** float32 as in most training, or float64 to compare digit by digit. */
export type Precision = 'float32' | 'float64';
export type Numbers = Float32Array | Float64Array;

export class Matrix {
  /** @param data rows × columns numbers; element (r, c) is data[r * columns + c] */
  constructor(
    readonly rows: number,
    readonly columns: number,
    readonly data: Numbers,
  ) {
    if (data.length !== rows * columns) {
      throw new RangeError(`A ${rows}×${columns} matrix needs ${rows * columns} numbers, not ${data.length}.`);
    }
  }

  static zeros(rows: number, columns: number, precision: Precision): Matrix {
    const ArrayType = precision === 'float64' ? Float64Array : Float32Array;
    return new Matrix(rows, columns, new ArrayType(rows * columns));
  }

  get precision(): Precision {
    return this.data instanceof Float64Array ? 'float64' : 'float32';
  }

  /** Zeros of the same shape and precision. */
  zerosLike(): Matrix {
    return Matrix.zeros(this.rows, this.columns, this.precision);
  }

  /** One row, [columns], as a view: writing to it writes to the matrix. */
  row(index: number): Numbers {
    return this.data.subarray(index * this.columns, (index + 1) * this.columns);
  }
}

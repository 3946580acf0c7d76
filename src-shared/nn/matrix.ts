// A matrix: rows × columns numbers in one flat array, row after row. All that nn/ computes with.
import type { Precision } from '../settings/settings';

export type Numbers = Float32Array | Float64Array;

/** Zeros in the given precision. */
export function zeros(length: number, precision: Precision): Numbers {
  return precision === 'float64' ? new Float64Array(length) : new Float32Array(length);
}

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
    return new Matrix(rows, columns, zeros(rows * columns, precision));
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

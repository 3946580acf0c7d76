// Images as grids of pixels. Pure.

/** Transposes an image. @param image [rows × columns] @returns [columns × rows] */
export function swapRowsAndColumns(image: Uint8Array, rows: number, columns: number): Uint8Array {
  return Uint8Array.from(image, (_, k) => image[(k % rows) * columns + Math.floor(k / rows)]!);
}

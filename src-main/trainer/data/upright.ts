// EMNIST's files hold every image with its rows and columns swapped.

/** Swaps the rows and columns of every image in place; what was rows × columns is then columns × rows. */
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

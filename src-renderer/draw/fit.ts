// Turns a drawing into an input of the network: scaled, centred and darkened like MNIST's images. Pure.

export interface GreyPicture {
  width: number;
  height: number;
  /** [height × width], 0 paper to 255 ink */
  ink: ArrayLike<number>;
}

/** MNIST's digits lie in a box of 20 pixels in an image of 28. */
const BOX_SHARE = 20 / 28;

interface Axis {
  /** The first pixel with ink, and the one after the last. */
  from: number;
  to: number;
  /** Mean position of the ink, in pixels. */
  mass: number;
}

/**
 * Does what made MNIST of NIST's digits (LeCun, Cortes and Burges, "The MNIST database"): scales the ink so that its
 * longer side fills the box, and moves it by whole pixels so that its centre of mass is within half a pixel of the
 * middle pixel's centre, or as close as the image's edges allow. Each new pixel is the mean of the pixels that it
 * covers, and the darkest one becomes 255.
 * @returns [rows × columns], 0 to 255; all 0 if there is no ink
 */
export function fitDrawing({ width, height, ink }: GreyPicture, rows: number, columns: number): Uint8Array {
  const [alongX, alongY] = [new Float64Array(width), new Float64Array(height)];
  for (let y = 0, k = 0; y < height; y++) {
    for (let x = 0; x < width; x++, k++) {
      alongX[x]! += ink[k]!;
      alongY[y]! += ink[k]!;
    }
  }
  const [across, down] = [axisOf(alongX), axisOf(alongY)];
  const fitted = new Uint8Array(rows * columns);
  if (!across || !down) return fitted;

  const scale = Math.min((BOX_SHARE * columns) / (across.to - across.from), (BOX_SHARE * rows) / (down.to - down.from));
  const shares = { x: coverage(across, scale, columns, width), y: coverage(down, scale, rows, height) };
  const grey = new Float64Array(rows * columns);
  shares.y.forEach((row, r) => {
    shares.x.forEach((column, c) => {
      let sum = 0;
      for (const { at: y, share: shareY } of row)
        for (const { at: x, share: shareX } of column) sum += ink[y * width + x]! * shareX * shareY;
      grey[r * columns + c] = sum;
    });
  });
  const darkest = grey.reduce((most, value) => Math.max(most, value), 0);
  grey.forEach((value, k) => (fitted[k] = Math.round((255 * value) / darkest)));
  return fitted;
}

function axisOf(sums: Float64Array): Axis | undefined {
  const from = sums.findIndex((sum) => sum > 0);
  let [to, total, moment] = [0, 0, 0];
  sums.forEach((sum, at) => {
    if (sum > 0) to = at + 1;
    total += sum;
    moment += sum * (at + 0.5);
  });
  return from < 0 ? undefined : { from, to, mass: moment / total };
}

/** For each pixel of the new image, the pixels of the old one that it covers, each with its share of the new one. */
function coverage(
  { from, to, mass }: Axis,
  scale: number,
  length: number,
  oldLength: number,
): { at: number; share: number }[][] {
  // The fifteenth of 28 pixels: the centre of mass of every MNIST image lies within half a pixel of its centre.
  const middle = Math.floor(length / 2) + 0.5;
  // The box starts at a whole pixel, as in MNIST: the one that best centres the mass without moving ink outside.
  const start = Math.ceil(Math.min(length - (to - from) * scale, Math.max(0, middle - (mass - from) * scale)) - 0.5);
  const oldOf = (edge: number): number => (edge - start) / scale + from;
  return Array.from({ length }, (_, pixel) => {
    const [first, last] = [oldOf(pixel), oldOf(pixel + 1)];
    const covered: { at: number; share: number }[] = [];
    for (let at = Math.max(0, Math.floor(first)); at < Math.min(oldLength, Math.ceil(last)); at++) {
      const share = (Math.min(last, at + 1) - Math.max(first, at)) / (last - first);
      if (share > 0) covered.push({ at, share });
    }
    return covered;
  });
}

// Augmentation: distorts each training image differently in every epoch, so that the network learns what distortions
// preserve. Each epoch has random tables, from which an image picks by a few random bits. Positions are integers in
// units of 1/256 pixel, so that the kernels of the fast engine get exactly the same pixels.
import type { Settings } from '../../../../src-shared/settings/settings';
import { randomBits, updateKey } from '../../../../src-shared/nn/counter-random';
import { Random } from '../../../../src-shared/nn/rng';
import { FAINTEST_INK, FIELD_SIDE, TRANSFORMS } from './augment-numbers';
import { gaussianBlur } from './gaussian-blur';

export type AugmentSettings = Pick<
  Settings,
  'seed' | 'shift' | 'rotation' | 'scaling' | 'shear' | 'elasticStrength' | 'elasticSmoothness'
>;

/** Numbers of 16 bits can displace no further: 127 pixels. */
const LARGEST_DISPLACEMENT = 127 * 256;

export interface AugmentTables {
  /** [TRANSFORMS, 6], in 1/65536 pixel: source x = a x + b y + e, source y = c x + d y + f, as a b e c d f. */
  transforms: Int32Array;
  /**
   * Displacements along x, in 1/256 pixel: [FIELD_SIDE + rows, FIELD_SIDE + columns]. The first rows and columns are
   * repeated at the end.
   */
  alongX: Int16Array;
  alongY: Int16Array;
}

export function augments({ shift, rotation, scaling, shear, elasticStrength }: AugmentSettings): boolean {
  return [shift, rotation, scaling, shear, elasticStrength].some((strength) => strength > 0);
}

/** The tables of an epoch, for images of this size. @param epoch 1 for the first */
export function augmentTables(settings: AugmentSettings, rows: number, columns: number, epoch: number): AugmentTables {
  const random = new Random(settings.seed, 'augmentation', epoch);
  const transforms = new Int32Array(TRANSFORMS * 6);
  for (let k = 0; k < TRANSFORMS; k++) transforms.set(randomTransform(random, settings, rows, columns), 6 * k);
  return {
    transforms,
    alongX: displacementField(random, settings, rows, columns),
    alongY: displacementField(random, settings, rows, columns),
  };
}

/**
 * Maps each pixel of the distorted image to its source: the inverse of rotating, shearing and scaling the image about
 * its center and shifting it. Each amount is uniform in its range, in both directions.
 */
function randomTransform(
  random: Random,
  { shift, rotation, scaling, shear }: AugmentSettings,
  rows: number,
  columns: number,
): number[] {
  const within = (limit: number) => limit * (2 * random.uniform() - 1);
  const angle = (within(rotation) * Math.PI) / 180;
  const slant = Math.tan((within(shear) * Math.PI) / 180);
  const width = 1 + within(scaling) / 100;
  const height = 1 + within(scaling) / 100;
  const shiftX = within(shift);
  const shiftY = within(shift);
  // Forwards: rotation × shear × scale, [[p, q], [r, s]].
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [p, q] = [cos * width, (cos * slant - sin) * height];
  const [r, s] = [sin * width, (sin * slant + cos) * height];
  const determinant = p * s - q * r;
  const [a, b, c, d] = [s / determinant, -q / determinant, -r / determinant, p / determinant];
  const middleX = (columns - 1) / 2;
  const middleY = (rows - 1) / 2;
  const e = middleX - a * (middleX + shiftX) - b * (middleY + shiftY);
  const f = middleY - c * (middleX + shiftX) - d * (middleY + shiftY);
  return [a, b, e, c, d, f].map((value) => Math.round(65536 * value));
}

/**
 * Elastic deformation after Simard, Steinkraus and Platt 2003, "Best practices for convolutional neural networks":
 * random numbers from −1 to 1, smoothed by a Gaussian of σ pixels, times α pixels. One large field serves all images of
 * an epoch, each with its own window.
 */
function displacementField(
  random: Random,
  { elasticStrength, elasticSmoothness }: AugmentSettings,
  rows: number,
  columns: number,
): Int16Array {
  const stride = FIELD_SIDE + columns;
  const field = new Int16Array((FIELD_SIDE + rows) * stride);
  if (elasticStrength === 0) return field;
  const noise = Float64Array.from({ length: FIELD_SIDE * FIELD_SIDE }, () => 2 * random.uniform() - 1);
  const smooth = gaussianBlur(noise, FIELD_SIDE, elasticSmoothness);
  for (let y = 0; y < FIELD_SIDE + rows; y++) {
    for (let x = 0; x < stride; x++) {
      const displacement = Math.round(
        256 * elasticStrength * smooth[(y % FIELD_SIDE) * FIELD_SIDE + (x % FIELD_SIDE)]!,
      );
      field[y * stride + x] = Math.max(-LARGEST_DISPLACEMENT, Math.min(LARGEST_DISPLACEMENT, displacement));
    }
  }
  return field;
}

/** The random choices for an image: its transform, its window, and one of the eight symmetries of the window. */
export interface ImageChoice {
  transform: number;
  windowX: number;
  windowY: number;
  signX: number;
  signY: number;
  swapped: boolean;
}

/** @param update number of updates made before. @param row of the image in its batch */
export function chooseImage(seed: number, update: number, row: number): ImageChoice {
  const key = updateKey(seed, 'augmentation', update);
  const bits = randomBits(key, row, 0);
  const place = randomBits(key, row, 1);
  return {
    transform: bits & (TRANSFORMS - 1),
    signX: bits & 1024 ? -1 : 1,
    signY: bits & 2048 ? -1 : 1,
    swapped: (bits & 4096) !== 0,
    windowX: place & (FIELD_SIDE - 1),
    windowY: (place >>> 8) & (FIELD_SIDE - 1),
  };
}

/**
 * Draws the distorted image by bilinear interpolation. Pixels from beyond the edges, and pixels below FAINTEST_INK,
 * become background.
 * @param source [rows, columns]
 * @param target [rows, columns]
 */
export function distort(
  source: Uint8Array,
  target: Uint8Array,
  rows: number,
  columns: number,
  tables: AugmentTables,
  choice: ImageChoice,
): void {
  const [a, b, e, c, d, f] = tables.transforms.subarray(6 * choice.transform) as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const alongX = choice.swapped ? tables.alongY : tables.alongX;
  const alongY = choice.swapped ? tables.alongX : tables.alongY;
  const pixel = (x: number, y: number) => (x >= 0 && x < columns && y >= 0 && y < rows ? source[y * columns + x]! : 0);
  for (let y = 0; y < rows; y++) {
    const window = (choice.windowY + y) * (FIELD_SIDE + columns) + choice.windowX;
    for (let x = 0; x < columns; x++) {
      const sourceX = ((a * x + b * y + e) >> 8) + choice.signX * alongX[window + x]!;
      const sourceY = ((c * x + d * y + f) >> 8) + choice.signY * alongY[window + x]!;
      const left = sourceX >> 8;
      const top = sourceY >> 8;
      const right = sourceX & 255;
      const below = sourceY & 255;
      const upper = pixel(left, top) * (256 - right) + pixel(left + 1, top) * right;
      const lower = pixel(left, top + 1) * (256 - right) + pixel(left + 1, top + 1) * right;
      const grey = (upper * (256 - below) + lower * below + 32768) >> 16;
      target[y * columns + x] = grey < FAINTEST_INK ? 0 : grey;
    }
  }
}

/**
 * Distorts the images of one batch.
 * @param update number of updates made before the batch
 * @returns [positions, rows × columns]
 */
export function distortBatch(
  pixels: Uint8Array,
  positions: ArrayLike<number>,
  { rows, columns }: { rows: number; columns: number },
  tables: AugmentTables,
  { seed, update }: { seed: number; update: number },
): Uint8Array {
  const size = rows * columns;
  const distorted = new Uint8Array(positions.length * size);
  for (let n = 0; n < positions.length; n++) {
    const source = pixels.subarray(positions[n]! * size, (positions[n]! + 1) * size);
    distort(source, distorted.subarray(n * size, (n + 1) * size), rows, columns, tables, chooseImage(seed, update, n));
  }
  return distorted;
}

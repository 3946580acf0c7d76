// Collects single pictures into a set of images. Their classes are the names of their folders.
import { StudioError } from '../../../../src-shared/errors';
import { bytesInWords, inWords } from '../number-words';
import { decodePng, PngFault } from './decode-png';

/** EMNIST's largest part has 814,255. */
export const MOST_PICTURES = 1_000_000;
/** Bytes of a file, far more than a small gray picture needs. */
export const LARGEST_PICTURE = 1 << 20;
/** Bytes of all pixels. */
const LARGEST_SET = 2 ** 30;

export interface PictureSet {
  /** [count, rows, columns] */
  shape: [number, number, number];
  pixels: Uint8Array;
  /** The folder name of each picture. */
  classes: string[];
}

export class PictureGatherer {
  private readonly classes: string[] = [];
  private size: { rows: number; columns: number; file: string } | undefined;
  private pixels = new Uint8Array(0);

  /** @param file its path, for error messages. Throws file-unreadable, sizes-differ, too-large. */
  add(file: string, className: string, bytes: Uint8Array): void {
    const { rows, columns, pixels } = decode(file, bytes);
    this.size ??= { rows, columns, file };
    if (rows !== this.size.rows || columns !== this.size.columns) {
      const first = `${this.size.file} has ${this.size.rows}×${this.size.columns}`;
      throw new StudioError(
        'sizes-differ',
        `${file} has ${rows}×${columns} pixels, but ${first}: expected the same size. Please make all pictures ` +
          'the same size.',
      );
    }
    const used = this.classes.length * pixels.length;
    if (used + pixels.length > this.pixels.length) this.grow(used, pixels.length);
    this.pixels.set(pixels, used);
    this.classes.push(className);
  }

  /** @param folder for error messages. Throws file-missing if there are no pictures. */
  end(folder: string): PictureSet {
    if (!this.size)
      throw new StudioError('file-missing', `${folder} no longer holds PNG pictures. Please open the folder again.`);
    const { rows, columns } = this.size;
    const count = this.classes.length;
    return {
      shape: [count, rows, columns],
      pixels: this.pixels.subarray(0, count * rows * columns),
      classes: this.classes,
    };
  }

  private grow(used: number, size: number): void {
    const larger = Math.max(2 * this.pixels.length, 1024 * size);
    if (used > LARGEST_SET || this.classes.length >= MOST_PICTURES) {
      throw new StudioError(
        'too-large',
        `There are more than ${inWords(this.classes.length)} pictures: expected at most ` +
          `${inWords(MOST_PICTURES)} and ${bytesInWords(LARGEST_SET)} of pixels. Please use a smaller dataset.`,
      );
    }
    const pixels = new Uint8Array(larger);
    pixels.set(this.pixels);
    this.pixels = pixels;
  }
}

function decode(file: string, bytes: Uint8Array) {
  try {
    return decodePng(bytes);
  } catch (error) {
    if (!(error instanceof PngFault)) throw error;
    throw new StudioError('file-unreadable', `${file} ${error.message}. Please save the picture again, or remove it.`);
  }
}

/**
 * Whether the pictures show dark ink on light paper, unlike MNIST. Looks at the borders, which are nearly always
 * background.
 */
export function isInkOnPaper({ shape: [count, rows, columns], pixels }: PictureSet): boolean {
  let [sum, seen] = [0, 0];
  for (let i = 0; i < count; i++) {
    const start = i * rows * columns;
    for (let x = 0; x < columns; x++) sum += pixels[start + x]! + pixels[start + (rows - 1) * columns + x]!;
    for (let y = 0; y < rows; y++) sum += pixels[start + y * columns]! + pixels[start + y * columns + columns - 1]!;
    seen += 2 * (rows + columns);
  }
  return sum > 128 * seen;
}

/** Inverts all pixels in place. */
export function invert({ pixels }: PictureSet): void {
  for (let k = 0; k < pixels.length; k++) pixels[k] = 255 - pixels[k]!;
}

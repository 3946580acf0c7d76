// The header of an IDX file: two zero bytes, the type of the numbers, the number of dimensions, and each dimension as a
// big-endian uint32. Checks whether a header can be read as images or labels.
import { StudioError } from '../../../../src-shared/errors';
import { bytesInWords, inWords } from '../number-words';

export type Content = 'images' | 'labels';

export interface IdxHeader {
  /** One of the six types below. */
  type: number;
  /** As in the file. */
  dimensions: number[];
}

export const UNSIGNED_BYTE = 0x08;
export const SIGNED_BYTE = 0x09;
export const SHORT = 0x0b;
export const INT = 0x0c;
export const FLOAT = 0x0d;
export const DOUBLE = 0x0e;

/** Bytes of a number of each type. */
const WIDTHS: Record<number, number> = {
  [UNSIGNED_BYTE]: 1,
  [SIGNED_BYTE]: 1,
  [SHORT]: 2,
  [INT]: 4,
  [FLOAT]: 4,
  [DOUBLE]: 8,
};
const MOST_DIMENSIONS = 4;
/** Bytes. The largest dataset of the family, EMNIST ByClass, has 547 MB. */
const LARGEST_FILE = 1 << 30;
const LARGEST_SIDE = 256;
/** Sums of pixels must fit in 32 bits. EMNIST ByClass, the largest of the family, has 814,255 images. */
const MOST_IMAGES = 1 << 24;

/** Bytes of one number. */
export function widthOf({ type }: IdxHeader): number {
  return WIDTHS[type]!;
}

/** Bytes of the header. */
export function headerLength(dimensions: number): number {
  return 4 + 4 * dimensions;
}

/** @param start at least four bytes. @returns undefined if this is not the start of an IDX file */
export function readMagic(start: Uint8Array): { type: number; dimensions: number } | undefined {
  const [first, second, type, dimensions] = start as unknown as [number, number, number, number];
  const known =
    first === 0 && second === 0 && WIDTHS[type] !== undefined && dimensions >= 1 && dimensions <= MOST_DIMENSIONS;
  return known ? { type, dimensions } : undefined;
}

/**
 * @param start the start of a file
 * @returns undefined if it is not the header of an IDX file, or incomplete
 */
export function readHeader(start: Uint8Array): IdxHeader | undefined {
  const magic = start.length >= 4 ? readMagic(start) : undefined;
  if (!magic || start.length < headerLength(magic.dimensions)) return undefined;
  return { type: magic.type, dimensions: words(start.subarray(4), magic.dimensions, false) };
}

/** Whether these are the first four bytes of an IDX file that was written in little-endian order. */
export function isLittleEndianMagic(start: Uint8Array): boolean {
  return readMagic(Uint8Array.of(start[3]!, start[2]!, start[1]!, start[0]!)) !== undefined;
}

/** Rows and columns of each image; undefined if the dimensions are not those of gray images. */
export function imageSize([, ...sides]: readonly number[]): { rows: number; columns: number } | undefined {
  if (sides.length === 1) {
    const side = Math.sqrt(sides[0]!);
    return Number.isInteger(side) ? { rows: side, columns: side } : undefined;
  }
  const [rows, columns] =
    sides.length === 2 ? sides : sides[0] === 1 ? sides.slice(1) : sides.at(-1) === 1 ? sides.slice(0, 2) : [];
  return rows === undefined || columns === undefined ? undefined : { rows, columns };
}

/**
 * Throws not-idx or too-large if the file cannot be read as this content.
 * @param name of the file, for error messages
 * @returns bytes of all numbers
 */
export function checkHeader(name: string, content: Content, header: IdxHeader): number {
  const { dimensions } = header;
  const [count, ...sides] = dimensions as [number, ...number[]];
  if (content === 'labels' ? sides.length > 1 : sides.length === 0) throw otherContent(name, content, dimensions);
  if (isReversed(dimensions)) throw littleEndian(name);
  if (dimensions.includes(0)) {
    throw new StudioError(
      'not-idx',
      `${name} says that it holds no ${content}: expected at least one. Please use the original file.`,
    );
  }
  const size = content === 'images' ? imageSize(dimensions) : undefined;
  if (content === 'images' && !size) throw notGrayImages(name, sides);
  const widest = size ? Math.max(size.rows, size.columns) : (sides[0] ?? 1);
  // One-hot rows may be longer than an image is wide.
  if (widest > (content === 'images' ? LARGEST_SIDE : MOST_COLUMNS)) {
    const what = size
      ? `images of ${size.rows}×${size.columns} pixels: expected at most ${LARGEST_SIDE} each way`
      : `${inWords(widest)} numbers for each label: expected one`;
    throw new StudioError(
      'too-large',
      `${name} says that it holds ${what}. Please use ${size ? 'smaller images' : 'the file of the labels'}.`,
    );
  }
  const length = dimensions.reduce((product, side) => product * side, widthOf(header));
  if (count > MOST_IMAGES || length > LARGEST_FILE) {
    throw new StudioError(
      'too-large',
      `${name} says that it holds ${inWords(count)} ${content}, which are ${bytesInWords(length)}: expected at ` +
        `most ${inWords(MOST_IMAGES)} ` +
        `and ${bytesInWords(LARGEST_FILE)}. Please use a smaller dataset.`,
    );
  }
  return length;
}
const MOST_COLUMNS = 1000;
/** Numbers per pixel, without and with transparency. */
const COLOURS = [3, 4];

export function littleEndian(name: string): StudioError {
  return new StudioError(
    'not-idx',
    `${name} is written with the lowest byte first (little-endian): expected IDX’s order, the highest byte first. ` +
      'Please write it again as big-endian, in NumPy with .astype(">u4") for the numbers of the header.',
  );
}

/**
 * Whether the dimensions only make sense in little-endian order: some programs write headers in the byte order of the
 * machine.
 */
function isReversed(dimensions: readonly number[]): boolean {
  const possible = ([count, ...sides]: readonly number[]) =>
    count! > 0 && count! <= MOST_IMAGES && sides.every((side) => side > 0 && side <= LARGEST_SIDE ** 2);
  const bytes = new Uint8Array(4 * dimensions.length);
  dimensions.forEach((size, d) => new DataView(bytes.buffer).setUint32(4 * d, size));
  return !possible(dimensions) && possible(words(bytes, dimensions.length, true));
}

function words(bytes: Uint8Array, count: number, little: boolean): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: count }, (_, d) => view.getUint32(4 * d, little));
}

function otherContent(name: string, content: Content, dimensions: readonly number[]): StudioError {
  const found =
    content === 'images'
      ? 'one number each, as labels are'
      : `${dimensions.slice(1).map(inWords).join('×')} numbers each, as images are`;
  return new StudioError(
    'not-idx',
    `${name} holds ${inWords(dimensions[0]!)} items of ${found}: expected ${content}. Please check whether the ` +
      'files of images and labels were mixed up.',
  );
}

function notGrayImages(name: string, sides: readonly number[]): StudioError {
  const shape = sides.map(inWords).join('×');
  const axis =
    sides.length !== 3 ? undefined : COLOURS.includes(sides[2]!) ? -1 : COLOURS.includes(sides[0]!) ? 1 : undefined;
  if (axis !== undefined) {
    return new StudioError(
      'not-idx',
      `${name} holds colour images (${shape} numbers each): expected one gray value for each pixel. ` +
        `Please make them gray and save them again, in NumPy with images.mean(axis=${axis}).astype("uint8").`,
    );
  }
  return new StudioError(
    'not-idx',
    `${name} holds ${shape} numbers for each image, which are not a gray image: expected rows × columns, or a ` +
      'square number in one row. ' +
      'Please save them again in this shape.',
  );
}

// Converts the numbers of images to bytes from 0, background, to 255, ink.
import { StudioError } from '../../../../src-shared/errors';
import { UNSIGNED_BYTE } from './idx-header';
import { isWhole, numbersOf } from './idx-numbers';
import { inWords } from '../number-words';
import type { IdxFile } from './read-idx';

/** A byte is (number − from) × 255 / (to − from). */
interface Range {
  from: number;
  to: number;
}
const BYTES: Range = { from: 0, to: 255 };
/** The first of these that contains all numbers is taken. */
const RANGES: Range[] = [{ from: 0, to: 1 }, BYTES, { from: -0.5, to: 0.5 }, { from: -1, to: 1 }];
const SIGNED_BYTES: Range = { from: -128, to: 127 };
/**
 * Integers whose maximum is between 1 and this are gray levels, such as the 17 of scikit-learn's digits. The scale of
 * fractions with such a maximum is unknown.
 */
const LEAST_OF_BYTES = 20;
/** Tolerance for ranges that were computed with rounding errors. */
const ROUNDING = 1e-5;

export interface Pixels {
  /** Pixels of each file, [count, rows × columns]. */
  bytes: Uint8Array[];
  /** A pixel from 0 to 1 is scale × the number in the file + offset. */
  scale: number;
  offset: number;
  notes: string[];
}

/**
 * Scales all files alike. Unsigned bytes are used without a copy.
 * @param files the training images, and the test images if there are any
 * @param keepBytes whether unsigned bytes are never scaled, as in version 0.1
 * Throws not-idx if the numbers are in no range of pixels, sizes-differ if the files are in different ones.
 */
export function pixelsOf(files: readonly IdxFile[], { keepBytes = false } = {}): Pixels {
  const range = keepBytes && files.every(({ type }) => type === UNSIGNED_BYTE) ? BYTES : rangeOf(files);
  const { from, to } = range;
  const notes: string[] = [];
  if (range.to > 1 && range.to < LEAST_OF_BYTES)
    notes.push(
      `The pixels of the files go from 0 to ${range.to}: they were multiplied by ${rounded(255 / range.to)}, ` +
        `so that ${range.to} is full ink.`,
    );
  else if (range !== BYTES)
    notes.push(
      `The pixels of the files go from ${inWords(from)} to ${inWords(to)}: they were read so that ` +
        `${inWords(from)} is the background and ${inWords(to)} is ink.`,
    );
  else if (files.some(({ type }) => !isWhole(type)))
    notes.push('The pixels of the files are fractions from 0 to 255: they were rounded.');
  return {
    bytes: files.map((file) => bytesOf(file, range)),
    scale: 1 / (to - from),
    offset: -from / (to - from),
    notes,
  };
}

function rangeOf(files: readonly IdxFile[]): Range {
  return grayLevels(files) ?? commonRange(files);
}

/** From 0 to the maximum of all files, if they hold few gray levels. */
function grayLevels(files: readonly IdxFile[]): Range | undefined {
  if (!files.every(({ type }) => isWhole(type))) return undefined;
  const found = files.map(extremes);
  const highest = Math.max(...found.map((file) => file.highest));
  const isFew = highest > 1 && highest < LEAST_OF_BYTES && found.every(({ lowest }) => lowest >= 0);
  return isFew ? { from: 0, to: highest } : undefined;
}

function commonRange(files: readonly IdxFile[]): Range {
  const ranges = files.map((file) => rangeOfFile(file));
  const known = ranges.filter((range) => range !== undefined);
  const [first = BYTES] = known;
  if (known.every((range) => range === first)) return first;
  // A small set of integers may contain nothing above 1 by chance.
  if (files.every(({ type }) => isWhole(type)) && known.every(({ from }) => from === 0)) return BYTES;
  const words = known.map(({ from, to }, k) => `${files[k]!.name} holds pixels from ${from} to ${to}`);
  throw new StudioError(
    'sizes-differ',
    `${words.join(', and ')}: expected the same range in both. Please save both files in the same range.`,
  );
}

/** Undefined if all numbers are zero. */
function rangeOfFile(file: IdxFile): Range | undefined {
  const { lowest, highest } = extremes(file);
  if (lowest === 0 && highest === 0) return undefined;
  const whole = isWhole(file.type);
  const holds = ({ from, to }: Range) =>
    lowest >= from - ROUNDING && highest <= to + ROUNDING && (whole || to !== 255 || highest >= LEAST_OF_BYTES);
  const range = [...RANGES, ...(whole ? [SIGNED_BYTES] : [])].find(holds);
  const why =
    range === undefined
      ? ''
      : range === SIGNED_BYTES && mostAreZero(file)
        ? ', and most of them are 0, as if unsigned bytes had been written as signed ones'
        : undefined;
  if (why === undefined) return range;
  throw new StudioError(
    'not-idx',
    `${file.name} holds pixels from ${rounded(lowest)} to ${rounded(highest)}${why}: expected 0 to 255, 0 to ` +
      '1, −1 to 1, or −128 to 127 with −128 as the background. ' +
      'Please save the images as they were before they were scaled, in NumPy as uint8 from 0 to 255.',
  );
}

function mostAreZero(file: IdxFile): boolean {
  const { length, at } = numbersOf(file);
  let zeros = 0;
  for (let k = 0; k < length; k++) if (at(k) === 0) zeros++;
  return zeros * 2 > length;
}

/** For unsigned bytes above gray levels, `highest` is the first such byte: most images have one early. */
function extremes(file: IdxFile): { lowest: number; highest: number } {
  if (file.type === UNSIGNED_BYTE)
    return {
      lowest: 0,
      highest: file.values.find((value) => value >= LEAST_OF_BYTES) ?? Math.max(0, ...new Set(file.values)),
    };
  const { length, at } = numbersOf(file);
  let lowest = Infinity;
  let highest = -Infinity;
  for (let k = 0; k < length; k++) {
    const value = at(k);
    if (!Number.isFinite(value)) {
      throw new StudioError(
        'not-idx',
        `${file.name} holds a pixel that is not a number (${value}): expected 0 to 255 or 0 to 1. Please use the ` +
          'original file.',
      );
    }
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  return { lowest, highest };
}

function bytesOf(file: IdxFile, range: Range): Uint8Array {
  if (file.type === UNSIGNED_BYTE && range === BYTES) return file.values;
  const { length, at } = numbersOf(file);
  const factor = 255 / (range.to - range.from);
  const bytes = new Uint8Array(length);
  for (let k = 0; k < length; k++) bytes[k] = Math.min(255, Math.max(0, Math.round((at(k) - range.from) * factor)));
  return bytes;
}

const rounded = (value: number) => String(Number(value.toPrecision(4)));

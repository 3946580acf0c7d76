// Training images and how augmentation shows them, pair by pair, in rows that are all full. Pure.
import type { AugmentedImages, DatasetInfo } from '../src-shared/contract';
import { evenScale } from './charts/picture-grid';

/** How many are shown; of many divisors, so that no row is shorter than another. */
export const PAIRS = 24;

export interface AugmentedPair {
  /** Position in the training set, from 0. */
  index: number;
  /** Both: [rows × columns] */
  original: Uint8Array;
  pixels: Uint8Array;
}

export function pairsOf({ indices, originals, pixels }: AugmentedImages, { rows, columns }: Pick<DatasetInfo, 'rows' | 'columns'>): AugmentedPair[] {
  const size = rows * columns;
  return Array.from(indices, (index, place) => {
    const [from, to] = [place * size, (place + 1) * size];
    return { index, original: originals.subarray(from, to), pixels: pixels.subarray(from, to) };
  });
}

export interface PairLayout {
  /** Pairs beside each other. */
  columns: number;
  /** Screen pixels that a pixel takes, of the distorted image and of its original. */
  size: number;
  small: number;
}

const GAP = 12;
const BETWEEN = 8;
/** CSS pixels of a distorted image's longer side. */
const SIDES = [224, 196, 168, 140, 112, 84, 56, 28];

/** The largest pairs of which all have room. */
export function pairLayout(room: { width: number; height: number }, rows: number, columns: number): PairLayout {
  const divisors = Array.from({ length: PAIRS }, (_, at) => at + 1).filter((count) => PAIRS % count === 0);
  const layouts = SIDES.map((side) => {
    const size = evenScale(side, Math.max(rows, columns));
    const small = size >= 2 ? Math.floor(size / 2) : size;
    const width = columns * (size + small) + BETWEEN + GAP;
    const beside = divisors.filter((count) => count * width - GAP <= room.width).at(-1) ?? 1;
    const fits = (PAIRS / beside) * (rows * size + GAP) - GAP <= room.height;
    return { columns: beside, size, small, fits };
  });
  const { columns: beside, size, small } = layouts.find(({ fits }) => fits) ?? layouts.at(-1)!;
  return { columns: beside, size, small };
}

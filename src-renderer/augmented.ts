// Training images and how augmentation shows them, pair by pair, in rows that are all full. Pure.
import type { AugmentedImages, DatasetInfo } from '../src-shared/contract';
import { evenScale } from './charts/picture-grid';

/** How many are asked for, and how many must at least be seen. */
export const MOST_PAIRS = 30;
const FEWEST_PAIRS = 15;

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
  /** In full rows. */
  pairs: number;
  /** Screen pixels that a pixel takes, of the distorted image and of its original. */
  size: number;
  small: number;
}

const GAP = 12;
const BETWEEN = 8;
/** CSS pixels of a distorted image's longer side. */
const SIDES = [224, 196, 168, 140, 112, 84, 56, 28];

/** The largest pairs of which enough have room. */
export function pairLayout(room: { width: number; height: number }, rows: number, columns: number): PairLayout {
  const layouts = SIDES.map((side) => {
    const size = evenScale(side, Math.max(rows, columns));
    const small = size >= 2 ? Math.floor(size / 2) : size;
    const width = columns * (size + small) + BETWEEN + GAP;
    const beside = Math.min(MOST_PAIRS, Math.max(1, Math.floor((room.width + GAP) / width)));
    const below = Math.max(1, Math.floor((room.height + GAP) / (rows * size + GAP)));
    return { columns: beside, pairs: beside * Math.min(below, Math.floor(MOST_PAIRS / beside)), size, small };
  });
  return layouts.find(({ pairs }) => pairs >= FEWEST_PAIRS) ?? layouts.at(-1)!;
}

// Training images and how augmentation shows them, pair by pair, and how they stand in the room that there is. Pure.
import type { DatasetInfo } from '../../src-shared/data/dataset';
import type { AugmentedImages } from '../../src-shared/data/images';
import { evenScale } from '../charts/picture-grid';

/** How many are asked for. As many of them are shown as have room at a size at which they can be looked at. */
export const PAIRS = 24;

export interface AugmentedPair {
  /** Position in the training set, from 0. */
  index: number;
  /** Both: [rows × columns] */
  original: Uint8Array;
  pixels: Uint8Array;
}

export function pairsOf(
  { indices, originals, pixels }: AugmentedImages,
  { rows, columns }: Pick<DatasetInfo, 'rows' | 'columns'>,
): AugmentedPair[] {
  const size = rows * columns;
  return Array.from(indices, (index, place) => {
    const [from, to] = [place * size, (place + 1) * size];
    return { index, original: originals.subarray(from, to), pixels: pixels.subarray(from, to) };
  });
}

export interface PairLayout {
  /** Pairs beside each other, and below. */
  columns: number;
  rows: number;
  /** Screen pixels that a pixel takes, of the distorted image and of its original below it. */
  size: number;
  small: number;
  /** Between rows of pairs. */
  gap: number;
}

/** A distorted image and its original. */
export const BETWEEN = 8;
const GAP = 16;
const MOST_GAP = 56;
/** Ten: one of each digit. */
const FEWEST = 10;
/** CSS pixels of a distorted image's longer side, from which on more of them say more than larger ones. */
const MOST_SIDE = 252;

/** Where there is no room at all. */
const SMALLEST = 1 / 64;

const fraction = (size: number): number => (size >= 2 ? Math.floor(size / 2) : size);

function layoutOf(
  columns: number,
  below: number,
  room: { width: number; height: number },
  image: { rows: number; columns: number },
): PairLayout {
  const longer = Math.max(image.rows, image.columns);
  const width = (room.width - (columns - 1) * GAP) / columns;
  const height = (room.height - (below - 1) * GAP) / below - BETWEEN;
  const fits = (size: number): boolean =>
    image.columns * size <= width && image.rows * (size + fraction(size)) <= height;
  let size = evenScale(Math.min(MOST_SIDE, (width / image.columns) * longer), longer);
  while (size > SMALLEST && !fits(size)) size = size > 1 ? size - 1 : 1 / (Math.round(1 / size) + 1);
  const small = fraction(size);
  const free = room.height - below * (image.rows * (size + small) + BETWEEN);
  const gap = below > 1 ? Math.max(GAP, Math.min(MOST_GAP, Math.floor(free / (below - 1)))) : GAP;
  return { columns, rows: below, size, small, gap };
}

/** Full rows of pairs, as large as the room allows; of equally large ones, the most. */
export function pairLayout(room: { width: number; height: number }, rows: number, columns: number): PairLayout {
  const layouts: PairLayout[] = [];
  for (let beside = 2; beside <= PAIRS; beside++) {
    for (let below = Math.ceil(FEWEST / beside); below * beside <= PAIRS; below++)
      layouts.push(layoutOf(beside, below, room, { rows, columns }));
  }
  return layouts.sort((a, b) => b.size - a.size || b.columns * b.rows - a.columns * a.rows)[0]!;
}

/**
 * What another epoch would draw its random numbers from, as far as the preview is concerned: the seed itself comes
 * first.
 */
export function seedOfTurn(seed: number, turn: number): number {
  return (seed + turn) % 2 ** 32;
}

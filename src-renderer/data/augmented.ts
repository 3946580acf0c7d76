// Pairs of a training image and its augmented version, and their layout in the space available. Pure.
import type { DatasetInfo } from '../../src-shared/data/dataset';
import type { AugmentedImages } from '../../src-shared/data/images';
import { evenScale } from '../charts/picture-grid';

/** Number of pairs to request. Only those that fit at a useful size are shown. */
export const PAIRS = 24;

export interface AugmentedPair {
  /** Position in the training set, from 0. */
  index: number;
  /** [rows × columns] */
  original: Uint8Array;
  /** The augmented image, [rows × columns]. */
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
  /** Pairs in a row, and rows of pairs. */
  columns: number;
  rows: number;
  /** CSS pixels per pixel of the augmented image. */
  size: number;
  /** CSS pixels per pixel of the original below it. */
  small: number;
  /** Between rows of pairs, CSS pixels. */
  gap: number;
}

/** Between an augmented image and its original, CSS pixels. */
export const BETWEEN = 8;
const GAP = 16;
const MAX_GAP = 56;
/** One of each digit. */
const MIN_PAIRS = 10;
/** Maximum length of an augmented image's longer side, CSS pixels. More space shows more images, not larger ones. */
const MAX_SIDE = 252;

/** The size if there is no space at all. */
const SMALLEST = 1 / 64;

/** The size of an original, given that of its augmented image. */
const smallSize = (size: number): number => (size >= 2 ? Math.floor(size / 2) : size);

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
    image.columns * size <= width && image.rows * (size + smallSize(size)) <= height;
  let size = evenScale(Math.min(MAX_SIDE, (width / image.columns) * longer), longer);
  while (size > SMALLEST && !fits(size)) size = size > 1 ? size - 1 : 1 / (Math.round(1 / size) + 1);
  const small = smallSize(size);
  const free = room.height - below * (image.rows * (size + small) + BETWEEN);
  const gap = below > 1 ? Math.max(GAP, Math.min(MAX_GAP, Math.floor(free / (below - 1)))) : GAP;
  return { columns, rows: below, size, small, gap };
}

/** The layout of full rows with the largest images, and of those the one with the most pairs. */
export function pairLayout(room: { width: number; height: number }, rows: number, columns: number): PairLayout {
  const layouts: PairLayout[] = [];
  for (let beside = 2; beside <= PAIRS; beside++) {
    for (let below = Math.ceil(MIN_PAIRS / beside); below * beside <= PAIRS; below++)
      layouts.push(layoutOf(beside, below, room, { rows, columns }));
  }
  return layouts.sort((a, b) => b.size - a.size || b.columns * b.rows - a.columns * a.rows)[0]!;
}

/** The seed of the preview's random numbers. Turn 0 uses the seed of the settings, each further turn another one. */
export function seedOfTurn(seed: number, turn: number): number {
  return (seed + turn) % 2 ** 32;
}

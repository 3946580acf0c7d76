// One mistake at a time out of the columns that the trainer sends, with its picture out of the test set. Pure.
import type { Mistakes } from '../src-shared/contract';
import type { LoadedDataset } from './training';

export interface Mistake {
  /** Position in the test set, from 0. */
  index: number;
  predicted: string;
  truth: string;
  confidence: number;
  loss: number;
  /** [rows × columns] */
  pixels: Uint8Array;
}

/** Mistakes from `first` on, at most `count`, worst first. */
export function mistakesFrom(dataset: LoadedDataset, mistakes: Mistakes, first: number, count: number): Mistake[] {
  const { classNames, rows, columns } = dataset.info;
  const size = rows * columns;
  const length = Math.max(0, Math.min(count, mistakes.index.length - first));
  return Array.from({ length }, (_, position) => {
    const at = first + position;
    const index = mistakes.index[at]!;
    return {
      index,
      predicted: classNames[mistakes.predicted[at]!] ?? '?',
      truth: classNames[dataset.testLabels[index]!] ?? '?',
      confidence: mistakes.confidence[at]!,
      loss: mistakes.loss[at]!,
      pixels: dataset.testImages.subarray(index * size, (index + 1) * size),
    };
  });
}

/** Cards that fit into a room. Sizes in CSS pixels. */
export function cardsThatFit(room: { width: number; height: number }, card: { width: number; height: number }, gap: number): number {
  const along = (length: number, size: number): number => Math.max(1, Math.floor((length + gap) / (size + gap)));
  return along(room.width, card.width) * along(room.height, card.height);
}

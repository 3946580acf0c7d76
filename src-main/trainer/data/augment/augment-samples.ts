// Augments a few training images as samples for the page.
import type { AugmentedImages } from '../../../../src-shared/data/images';
import type { Settings } from '../../../../src-shared/settings/settings';
import { augments, augmentTables, distortBatch } from './augment';
import { pixelsAt, type Dataset } from '../dataset';

/** Always samples the same images: the first of each class, then the second of each class, and so on. */
export function augmentSamples({ train, info }: Dataset, settings: Settings, count: number): AugmentedImages {
  const { rows, columns, classNames } = info;
  const indices = roundRobin(train.labels, classNames.length, count);
  const originals = pixelsAt(train, indices, rows * columns);
  if (!augments(settings)) return { indices, originals, pixels: originals };
  const tables = augmentTables(settings, rows, columns, 1);
  return {
    indices,
    originals,
    pixels: distortBatch(train.pixels, indices, info, tables, { seed: settings.seed, update: 0 }),
  };
}

function roundRobin(labels: Uint16Array, classes: number, count: number): Uint32Array {
  const ofClass = Array.from({ length: classes }, (): number[] => []);
  labels.forEach((label, index) => ofClass[label]!.length < count && ofClass[label]!.push(index));
  const chosen: number[] = [];
  for (let round = 0; round < count && chosen.length < count; round++) {
    for (const indices of ofClass) if (round < indices.length) chosen.push(indices[round]!);
  }
  return Uint32Array.from(chosen.slice(0, count));
}

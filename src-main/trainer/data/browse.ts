// Pages of images for the image browser, and the mean image of each class. Pure functions.
import type { BrowseRequest } from '../../../src-shared/data/data-arguments';
import type { BrowsedPage } from '../../../src-shared/data/images';
import { pixelsAt, type Dataset, type ImageSet } from './dataset';

/** At most `count` images of a set from position `from` on, in file order. A class counts only its own images. */
export function browse(dataset: Dataset, request: BrowseRequest): BrowsedPage {
  const set = dataset[request.set];
  const { labels, count } = set;
  const { indices, total } = request.label === null ? slice(count, request) : ofClass(labels, request.label, request);
  return {
    request,
    total,
    indices,
    labels: Uint16Array.from(indices, (index) => labels[index]!),
    pixels: pixelsAt(set, indices, dataset.info.rows * dataset.info.columns),
  };
}

function slice(total: number, { from, count }: BrowseRequest): { indices: Uint32Array; total: number } {
  const length = Math.max(0, Math.min(count, total - from));
  return { indices: Uint32Array.from({ length }, (_, k) => from + k), total };
}

function ofClass(
  labels: Uint16Array,
  label: number,
  { from, count }: BrowseRequest,
): { indices: Uint32Array; total: number } {
  const indices: number[] = [];
  let total = 0;
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] !== label) continue;
    if (total >= from && indices.length < count) indices.push(i);
    total++;
  }
  return { indices: Uint32Array.from(indices), total };
}

/** The mean image of each class. @returns [classes, size], rounded; zeros for a class without images */
export function meanImages({ labels, pixels, count }: ImageSet, classes: number, size: number): Uint8Array {
  // 32 bits hold the sum of 2²⁴ pixels, which is the largest number of images of a dataset.
  const sums = new Uint32Array(classes * size);
  const counts = new Uint32Array(classes);
  for (let i = 0, pixel = 0; i < count; i++) {
    const label = labels[i]!;
    counts[label]!++;
    for (let sum = label * size, end = sum + size; sum < end; sum++, pixel++) sums[sum]! += pixels[pixel]!;
  }
  const means = new Uint8Array(classes * size);
  for (let k = 0; k < means.length; k++) means[k] = Math.round(sums[k]! / Math.max(1, counts[Math.floor(k / size)]!));
  return means;
}

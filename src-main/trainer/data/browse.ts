// Pages of images to look at, and the mean image of each class. Pure.
import type { BrowsedPage, BrowseRequest } from '../../../src-shared/contract';
import type { Dataset, ImageSet } from './dataset';

/** Images of one set, of one class or of all, in the order of the file: those from `from` on, at most `count`. */
export function browse(dataset: Dataset, request: BrowseRequest): BrowsedPage {
  const { labels, pixels, count } = dataset[request.set];
  const size = dataset.info.rows * dataset.info.columns;
  const indices: number[] = [];
  let total = 0;
  for (let i = 0; i < count; i++) {
    if (request.label !== null && labels[i] !== request.label) continue;
    if (total >= request.from && indices.length < request.count) indices.push(i);
    total++;
  }
  const shown = new Uint8Array(indices.length * size);
  indices.forEach((index, k) => shown.set(pixels.subarray(index * size, (index + 1) * size), k * size));
  return { request, total, indices: Uint32Array.from(indices), labels: Uint16Array.from(indices, (index) => labels[index]!), pixels: shown };
}

/** @returns [classes, size], rounded; of a class without images, zeros */
export function meanImages({ labels, pixels, count }: ImageSet, classes: number, size: number): Uint8Array {
  const sums = new Float64Array(classes * size);
  const counts = new Uint32Array(classes);
  for (let i = 0; i < count; i++) {
    const label = labels[i]!;
    counts[label]!++;
    for (let k = 0; k < size; k++) sums[label * size + k]! += pixels[i * size + k]!;
  }
  return Uint8Array.from(sums, (sum, k) => Math.round(sum / Math.max(1, counts[Math.floor(k / size)]!)));
}

// Pages of a dataset's images: which one is shown, and the images on it. Pure.
import type { DatasetInfo } from '../../src-shared/data/dataset';
import type { BrowseRequest } from '../../src-shared/data/data-arguments';
import type { BrowsedPage } from '../../src-shared/data/images';

export interface View {
  set: BrowseRequest['set'];
  label: BrowseRequest['label'];
  /** Position, among the images of that set and class, of an image that the page must contain. */
  wanted: number;
}

export const FIRST_VIEW: View = { set: 'train', label: null, wanted: 0 };

export interface Sample {
  /** Position in its set, from 0. */
  index: number;
  name: string;
  /** A sentence if its label is known to be wrong. */
  labelError: string | undefined;
  /** [rows × columns] */
  pixels: Uint8Array;
}

export function imagesIn(info: DatasetInfo, { set, label }: Pick<View, 'set' | 'label'>): number {
  if (label === null) return set === 'train' ? info.trainCount : info.testCount;
  return (set === 'train' ? info.trainPerClass : info.testPerClass)[label] ?? 0;
}

/** The page that contains the wanted image, or the last page if there are fewer images. */
export function requestFor(info: DatasetInfo, view: View, perPage: number): BrowseRequest {
  const { set, label, wanted } = view;
  const count = Math.min(perPage, 1000);
  const last = Math.max(0, imagesIn(info, view) - 1);
  return { set, label, from: Math.floor(Math.min(wanted, last) / count) * count, count };
}

export function sameRequest(a: BrowseRequest, b: BrowseRequest): boolean {
  return a.set === b.set && a.label === b.label && a.from === b.from && a.count === b.count;
}

export function samplesOf({ request, indices, labels, pixels }: BrowsedPage, info: DatasetInfo): Sample[] {
  const size = info.rows * info.columns;
  return Array.from(indices, (index, place) => {
    const name = info.classNames[labels[place]!] ?? '?';
    return {
      index,
      name,
      labelError: request.set === 'test' ? labelError(info, index, name) : undefined,
      pixels: pixels.subarray(place * size, (place + 1) * size),
    };
  });
}

/**
 * A sentence if the published label of a test image is known to be wrong.
 * @param index its position in the test set, from 0
 */
export function labelError(info: DatasetInfo, index: number, name: string): string | undefined {
  return info.labelErrors.includes(index)
    ? `Published as a label error (Northcutt et al. 2021): labelled ${name}`
    : undefined;
}

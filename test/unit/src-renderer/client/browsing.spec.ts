import { describe, expect, it } from 'vitest';
import { FIRST_VIEW, imagesIn, requestFor, sameRequest, samplesOf } from '../../../../src-renderer/client/browsing';
import type { DatasetInfo } from '../../../../src-shared/data/dataset';
import type { BrowsedPage } from '../../../../src-shared/data/images';

const info = {
  rows: 1,
  columns: 2,
  classNames: ['zero', 'one'],
  trainCount: 100,
  testCount: 30,
  trainPerClass: [60, 40],
  testPerClass: [30, 0],
  labelErrors: [7],
} as unknown as DatasetInfo;

describe('the requested page', () => {
  it('never lies beyond the last image or before the first', () => {
    expect(requestFor(info, { set: 'train', label: 1, wanted: 90 }, 12)).toEqual({
      set: 'train',
      label: 1,
      from: 36,
      count: 12,
    });
    expect(requestFor(info, { set: 'test', label: 1, wanted: 5 }, 12)).toEqual({
      set: 'test',
      label: 1,
      from: 0,
      count: 12,
    });
  });

  it('is no larger than the trainer sends', () => {
    expect(requestFor(info, FIRST_VIEW, 5000)).toEqual({ set: 'train', label: null, from: 0, count: 1000 });
  });

  it('begins on a page boundary, and contains the wanted image for any page size', () => {
    expect(requestFor(info, { set: 'train', label: null, wanted: 48 }, 12).from).toBe(48);
    expect(requestFor(info, { set: 'train', label: null, wanted: 48 }, 20).from).toBe(40);
  });

  it('differs from every other', () => {
    const request = requestFor(info, FIRST_VIEW, 12);
    expect(sameRequest(request, { ...request })).toBe(true);
    for (const other of [{ set: 'test' as const }, { label: 0 }, { from: 12 }, { count: 11 }]) {
      expect(sameRequest(request, { ...request, ...other })).toBe(false);
    }
  });
});

it('counts the images of a set and class', () => {
  expect(imagesIn(info, { set: 'train', label: null })).toBe(100);
  expect(imagesIn(info, { set: 'test', label: null })).toBe(30);
  expect(imagesIn(info, { set: 'train', label: 1 })).toBe(40);
  expect(imagesIn(info, { set: 'test', label: 1 })).toBe(0);
});

describe('the images on a page', () => {
  const page = (set: 'train' | 'test'): BrowsedPage => ({
    request: { set, label: null, from: 6, count: 2 },
    total: 30,
    indices: Uint32Array.of(6, 7),
    labels: Uint16Array.of(1, 0),
    pixels: Uint8Array.of(1, 2, 3, 4),
  });

  it('have their names, and a sentence if the label is known to be wrong', () => {
    expect(samplesOf(page('test'), info)).toEqual([
      { index: 6, name: 'one', labelError: undefined, pixels: Uint8Array.of(1, 2) },
      {
        index: 7,
        name: 'zero',
        labelError: 'Published as a label error (Northcutt et al. 2021): labelled zero',
        pixels: Uint8Array.of(3, 4),
      },
    ]);
  });

  it('do not confuse a training image with the test image at the same position', () => {
    expect(samplesOf(page('train'), info).map(({ labelError }) => labelError)).toEqual([undefined, undefined]);
  });
});

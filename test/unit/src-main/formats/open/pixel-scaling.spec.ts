// What a network does to its pixels shows which ones it takes.
import { expect, it } from 'vitest';
import { RAW_PIXELS, UNIT_PIXELS } from '../../../../../src-main/formats/open/imported-network';
import { pixelsOf } from '../../../../../src-main/formats/open/pixel-scaling';

const measuredOf = (least: number, others: number) => [least, ...Array.from({ length: 7 }, () => others)];

it.each<[string, number[], number[], boolean, object | undefined]>([
  ['nothing', [1], [0], false, undefined],
  ['a standardisation of pixels from −1 to 1', [1.62], [1.2], false, undefined],
  ['half of them, moved', [0.5], [0.5], false, undefined],
  ['0 for all', [0], [1], false, undefined],
  ['a measured scale of pixels from 0 to 1', [3.2], [-0.4], true, undefined],
  ['a measured mean', [1], [-0.2], true, undefined],
  ['trained scales of which one is near 0', measuredOf(1e-5, 3), [0], true, undefined],
  ['(x − 127.5) / 127.5', [1 / 127.5], [-1], false, RAW_PIXELS],
  ['a measured scale of pixels up to 255', [0.0127], [-0.4], true, RAW_PIXELS],
  ['a scale for each pixel, of which one is always 0', [0.01, 1e7], [-1, 0], false, RAW_PIXELS],
  ['less 33', [1], [-33], false, RAW_PIXELS],
  ['255 − x', [-1], [255], false, RAW_PIXELS],
  ['2x − 1', [2], [-1], false, UNIT_PIXELS],
  ['1 − 2x', [-2], [1], false, UNIT_PIXELS],
  ['1 − x', [-1], [1], false, UNIT_PIXELS],
  ['a standardisation of pixels from 0 to 1', [1 / 0.3081], [-0.1307 / 0.3081], false, UNIT_PIXELS],
])('%s', (_change, scale, offset, isMeasured, pixels) => {
  expect(pixelsOf({ scale, offset, isMeasured })).toEqual(pixels);
});

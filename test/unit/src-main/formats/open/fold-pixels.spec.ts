import { describe, expect, it } from 'vitest';
import { RAW_PIXELS, UNIT_PIXELS } from '../../../../../src-shared/networks/pixel-scaling';
import { foldPixels } from '../../../../../src-main/formats/open/fold-pixels';

const LAYER = { weight: Float32Array.of(1, 2, 3, 4), bias: Float32Array.of(5, 6), inputs: 2, outputs: 2 };

describe('the scaling of pixels goes into the first layer', () => {
  it('unless they are from 0 to 1', () => {
    expect(foldPixels([LAYER, LAYER], UNIT_PIXELS)).toEqual([LAYER, LAYER]);
  });

  it('as a factor, and an offset of each unit', () => {
    expect(foldPixels([LAYER, LAYER], { mean: 0.5, deviation: 0.25 })).toEqual([
      { ...LAYER, weight: Float32Array.of(4, 8, 12, 16), bias: Float32Array.of(5 - 2 * 3, 6 - 2 * 7) },
      LAYER,
    ]);
    expect(foldPixels([LAYER], RAW_PIXELS)[0]).toMatchObject({
      weight: Float32Array.of(255, 510, 765, 1020),
      bias: LAYER.bias,
    });
  });
});

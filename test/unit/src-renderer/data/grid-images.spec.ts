import { describe, expect, it } from 'vitest';
import { swapRowsAndColumns } from '../../../../src-renderer/data/grid-images';

describe('an image', () => {
  it('is transposed, and unchanged if transposed twice', () => {
    const image = Uint8Array.of(1, 2, 3, 4, 5, 6);
    const turned = swapRowsAndColumns(image, 2, 3);
    expect([...turned]).toEqual([1, 4, 2, 5, 3, 6]);
    expect(swapRowsAndColumns(turned, 3, 2)).toEqual(image);
  });
});

// Layers in pieces and out of them.
import { describe, expect, it } from 'vitest';
import { sizesOf } from '../../../../src-shared/networks/layers';
import { LayersInChunks, numbersOf } from '../../../../src-main/network-process/layers-in-chunks';
import { SMALL } from '../../../fixtures/network-files';

describe('layers in pieces', () => {
  it.each([1, 5, 24, 1000])(
    'are whole with the last piece, and no piece brings more than its numbers along: %i',
    (length) => {
      const arriving = new LayersInChunks(sizesOf(SMALL.layers));
      const pieces = [...numbersOf(SMALL.layers, length)];
      const last = pieces.pop()!;
      for (const piece of pieces) {
        expect(piece.buffer.byteLength).toBeLessThanOrEqual(4 * length);
        expect(arriving.take(piece)).toBeUndefined();
      }
      expect(arriving.take(last)).toEqual(SMALL.layers);
      expect(() => arriving.take(Float32Array.of(1))).toThrow('More numbers came than the layers have.');
    },
  );

  it('refuse a piece that does not fit', () => {
    expect(() => new LayersInChunks([2, 3]).take(new Float32Array(7))).toThrow(RangeError);
  });
});

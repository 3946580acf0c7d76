// Layers in chunks and out of them.
import { describe, expect, it } from 'vitest';
import { sizesOf } from '../../../../src-shared/networks/layers';
import { LayersInChunks, numbersOf } from '../../../../src-main/network-process/layers-in-chunks';
import { SMALL } from '../../../fixtures/network-files';

describe('layers in chunks', () => {
  it.each([1, 5, 24, 1000])(
    'are whole with the last chunk, and no chunk brings more than its numbers along: %i',
    (length) => {
      const arriving = new LayersInChunks(sizesOf(SMALL.layers));
      const chunks = [...numbersOf(SMALL.layers, length)];
      const last = chunks.pop()!;
      for (const chunk of chunks) {
        expect(chunk.buffer.byteLength).toBeLessThanOrEqual(4 * length);
        expect(arriving.take(chunk)).toBeUndefined();
      }
      expect(arriving.take(last)).toEqual(SMALL.layers);
      expect(() => arriving.take(Float32Array.of(1))).toThrow('There are more numbers than the layers have.');
    },
  );

  it('refuse a chunk that does not fit', () => {
    expect(() => new LayersInChunks([2, 3]).take(new Float32Array(7))).toThrow(RangeError);
  });
});

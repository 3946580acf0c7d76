import { describe, expect, it } from 'vitest';
import { deadShare } from '../../../../src-renderer/training/run-facts';

const images = Uint8Array.of(255, 0, 0, 0, 255, 0); // two images of three pixels
const layer = (rows: number[][], bias: number[]) => ({
  weight: Float32Array.from(rows.flat()),
  bias: Float32Array.from(bias),
  inputs: 3,
  outputs: rows.length,
});

describe('the share of dead units', () => {
  it('counts units whose sum is not positive for any image', () => {
    const weights = layer(
      [
        [1, -1, 0], // answers to the first image
        [-1, 1, 0], // to the second
        [-1, -1, 5], // only to a pixel that no image has
        [0, 0, 0],
      ],
      [0, 0, 0, 0],
    );
    expect(deadShare(weights, images)).toBe(0.5);
  });

  it('counts the bias', () => {
    expect(deadShare(layer([[-1, -1, 0]], [2]), images)).toBe(0);
    expect(deadShare(layer([[1, 1, 0]], [-2]), images)).toBe(1);
  });

  it('is 0 without images to ask', () => {
    expect(deadShare(layer([[1, 1, 1]], [0]), new Uint8Array())).toBe(0);
  });
});

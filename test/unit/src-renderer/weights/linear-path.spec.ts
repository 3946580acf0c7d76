import { describe, expect, it } from 'vitest';
import { linearPath, pathCost, pathLimit } from '../../../../src-renderer/weights/linear-path';
import { expectClose, golden, layers } from '../../../fixtures/golden-units';

describe('a linear path', () => {
  it('of a unit is its row of the product of all weights up to it', () => {
    const pixels = golden.sizes[0]!;
    for (let unit = 0; unit < 4; unit++)
      expectClose(linearPath(layers, 2, unit), golden.path.slice(unit * pixels, (unit + 1) * pixels));
  });

  it('of a unit of the first layer is its weights', () => {
    expect(linearPath(layers, 0, 3)).toEqual(layers[0]!.weight.subarray(36, 48));
  });

  it('costs one multiplication for every weight below it, for every unit', () => {
    expect(pathCost(layers, 2, 3)).toBe((12 * 7 + 7 * 5) * 3);
    expect(pathCost(layers, 0, 3)).toBe(0);
  });

  it('has a scale that ends at a round number near the largest value', () => {
    const largest = Math.max(...golden.path.map(Math.abs));
    const limit = pathLimit(layers, 2);
    expect(limit).toBeGreaterThanOrEqual(largest);
    expect(limit).toBeLessThan(1.5 * largest);
  });
});

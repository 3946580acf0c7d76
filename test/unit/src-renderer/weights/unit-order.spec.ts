import { describe, expect, it } from 'vitest';
import type { LayerWeights } from '../../../../src-shared/networks/layers';
import { bySimilarity, byLargest, orderOf } from '../../../../src-renderer/weights/unit-order';
import { unitStatistics } from '../../../../src-renderer/weights/units';

function layerOf(rows: readonly (readonly number[])[]): LayerWeights {
  return {
    weight: Float32Array.from(rows.flat()),
    bias: new Float32Array(rows.length),
    inputs: rows[0]!.length,
    outputs: rows.length,
  };
}

/** A vector in the plane at an angle from the first axis. */
const at = (degrees: number, length = 1): number[] => [
  length * Math.cos((degrees * Math.PI) / 180),
  length * Math.sin((degrees * Math.PI) / 180),
];

describe('the order of units', () => {
  it('puts the largest first, and equal ones in the order of their numbers', () => {
    expect(byLargest(Float64Array.of(1, 3, 2, 3))).toEqual([1, 3, 2, 0]);
  });

  it('by similarity starts with the longest and continues with the one closest in direction', () => {
    expect(bySimilarity(layerOf([at(0), at(100), at(20, 5), at(60), at(35, 0.1)]), 0)).toEqual([2, 4, 3, 1, 0]);
  });

  it('by similarity contains every unit once, also rows of zeros', () => {
    const order = bySimilarity(layerOf([[0, 0], at(10), [0, 0], at(200)]), 0);
    expect([...order].sort()).toEqual([0, 1, 2, 3]);
  });

  it.each([
    ['pixels', 28],
    ['units', 0],
  ])('by similarity keeps families together even if many %s are compared by sums', (_, columns) => {
    // Four patterns, each with ten units that differ by a little noise.
    const inputs = 784;
    const pattern = (family: number, i: number): number =>
      Math.sin((i % 28) * (family + 1) * 0.2 + Math.floor(i / 28) * 0.3 * family);
    const rows = Array.from({ length: 40 }, (_, unit) =>
      Array.from({ length: inputs }, (_, i) => pattern(unit % 4, i) + 0.2 * Math.sin(unit * 977 + i * i * 0.7)),
    );
    const families = bySimilarity(layerOf(rows), columns).map((unit) => unit % 4);
    expect(families.filter((family, place) => place > 0 && family !== families[place - 1])).toHaveLength(3);
  });

  it('by similarity compares every weight', () => {
    expect(
      bySimilarity(
        layerOf([
          [0, 0, 0, 5],
          [1, 0, 0, 0],
          [0, 0, 0, 1],
        ]),
        0,
      ),
    ).toEqual([0, 2, 1]);
  });

  it('by similarity separates units with different inputs even if all their weights are positive', () => {
    const rowOf = (weightOf: (i: number) => number): number[] => Array.from({ length: 784 }, (_, i) => weightOf(i));
    const even = rowOf((i) => (i % 2 === 0 ? 1 : 0));
    const odd = rowOf((i) => (i % 2 === 1 ? 0.9 : 0));
    const someEven = rowOf((i) => (i % 16 === 0 ? 1 : 0));
    expect(bySimilarity(layerOf([even, odd, someEven]), 0)).toEqual([0, 2, 1]);
  });

  it('by norm follows the weights, by number nothing, and by usefulness the class', () => {
    const layer = layerOf([at(0, 1), at(0, 3), at(0, 2)]);
    const values = Float32Array.of(0, 1, 5, 4, 0, 5); // image 0 of class 0, image 1 of class 1
    const statistics = unitStatistics({ units: 3, values }, Uint16Array.of(0, 1), 2, 'relu');
    expect(orderOf(layer, { by: 'norm', label: 0 }, 0, statistics)).toEqual([1, 2, 0]);
    expect(orderOf(layer, { by: 'number', label: 0 }, 0, statistics)).toEqual([0, 1, 2]);
    expect(orderOf(layer, { by: 'usefulness', label: 0 }, 0, statistics)).toEqual([1, 2, 0]);
    expect(orderOf(layer, { by: 'usefulness', label: 1 }, 0, statistics)).toEqual([0, 2, 1]);
    expect(orderOf(layer, { by: 'usefulness', label: 1 }, 0, undefined)).toEqual([0, 1, 2]);
  });
});

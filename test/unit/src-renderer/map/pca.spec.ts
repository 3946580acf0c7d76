import { describe, expect, it } from 'vitest';
import { pca, sparseRows, type Pca } from '../../../../src-renderer/map/pca';
import golden from '../../../fixtures/golden/map.json';
import { mnistFiles } from '../../../fixtures/mnist';

const IDX_HEADER = 16;
const IMAGES = 500;
const images = sparseRows(mnistFiles().testImages.bytes.subarray(IDX_HEADER, IDX_HEADER + IMAGES * 784), 784, 1 / 255);

/** Largest difference relative to the largest expected number. */
function worst(actual: ArrayLike<number>, expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(...expected.map((value, i) => Math.abs(actual[i]! - value))) / Math.max(...expected.map(Math.abs));
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

describe('principal components', () => {
  it.each([
    ['of test images', images, golden.images],
    ['of so many columns that their covariance is not formed', { ...images, columns: 2500 }, golden.images],
    ['of a table without zeros', sparseRows(golden.table, golden.columns), golden.ofTable],
  ])('%s are those that NumPy finds', (_, data, expected) => {
    const found = pca(data, expected.variances.length);
    expect(worst(found.variances, expected.variances)).toBeLessThan(1e-10);
    expect(worst(found.shares, expected.shares)).toBeLessThan(1e-10);
    expect(worst(found.scores, expected.scores.flat())).toBeLessThan(1e-6);
  });

  it('are orthonormal, and their largest loading is positive', () => {
    const { components } = pca(images, 3);
    components.forEach((a, i) => components.forEach((b, j) => expect(dot(a, b)).toBeCloseTo(i === j ? 1 : 0, 9)));
    for (const component of components) expect(Math.max(...component)).toBe(Math.max(...component.map(Math.abs)));
  });

  it('are the same in every call, from whatever start', () => {
    const first = pca(images, 2);
    expect(pca(images, 2)).toEqual(first);
    const warm = pca(images, 2, {
      start: [first.components[1]!, first.components[0]!.map((x, i) => x + 0.01 * Math.sin(i))],
    });
    expect(worst(warm.scores, [...first.scores])).toBeLessThan(1e-6);
  });

  it('with a larger tolerance are close to the exact ones', () => {
    const [exact, near] = [pca(images, 2), pca(images, 2, { tolerance: 1e-2 })];
    expect(worst(near.variances, [...exact.variances])).toBeLessThan(1e-3);
    expect(worst(near.variances, [...exact.variances])).toBeGreaterThan(1e-12);
  });

  it('ignore a start that has another number of columns', () => {
    expect(pca(images, 2, { start: [new Float64Array(5), new Float64Array(5)] })).toEqual(pca(images, 2));
  });

  it('of rows on a line have that direction, and no second one', () => {
    const line = pca(sparseRows([0, 0, 3, 4, 6, 8], 2), 2);
    expect(line.variances[0]).toBeCloseTo(25, 12);
    expect(line.variances[1]).toBeCloseTo(0, 12);
    expect([...line.components[0]!].map((x) => Math.round(x * 1e9) / 1e9)).toEqual([0.6, 0.8]);
    expect(line.shares[0]).toBeCloseTo(1, 12);
  });

  it('of equal rows have no variance, and every row is at the mean', () => {
    const alike: Pca = pca(sparseRows([1, 2, 1, 2, 1, 2], 2), 2);
    expect(Math.max(...alike.variances)).toBeLessThan(1e-12);
    expect(Math.max(...alike.scores.map(Math.abs))).toBeLessThan(1e-12);
  });

  it('are never more than there are columns', () => {
    expect(pca(sparseRows([1, 2, 3], 1), 2).components).toHaveLength(1);
  });
});

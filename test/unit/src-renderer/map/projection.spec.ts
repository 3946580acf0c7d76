import { describe, expect, it } from 'vitest';
import { layOut, projectByPca, type Projection, type ProjectionJob } from '../../../../src-renderer/map/projection';
import golden from '../../../fixtures/golden/map.json';
import { mnistFiles } from '../../../fixtures/mnist';

const images: ProjectionJob = {
  key: 'pca pixels',
  method: 'pca',
  description: 'pixels',
  values: mnistFiles().testImages.bytes.slice(16, 16 + 500 * 784),
  columns: 784,
  scale: 1 / 255,
  last: undefined,
};
const HEAD = {
  key: 'pca 0',
  method: 'pca' as const,
  axes: [
    { component: 1, share: 0.5 },
    { component: 2, share: 0.25 },
  ],
  components: [],
};
/** Wider than high, and not symmetric. */
const SCORES = Float32Array.of(0, 0, 8, 1, 3, 4, -2, 2);

describe('a map', () => {
  it('of pixels has the coordinates of NumPy', () => {
    const { scores, axes } = projectByPca(images);
    const expected = golden.images.scores.flat();
    const largest = Math.max(...expected.map(Math.abs));
    expect(Math.max(...expected.map((value, i) => Math.abs(value - scores[i]!))) / largest).toBeLessThan(1e-6);
    expect(axes.map(({ component, share }) => [component, share])).toEqual(
      golden.images.shares.map((share, k) => [k + 1, expect.closeTo(share, 9)]),
    );
  });

  it('is centred, from −1 to 1 along its longer side, with the same scale on both axes', () => {
    const { positions, extent, scores } = layOut(HEAD, SCORES, undefined);
    expect([...scores]).toEqual([...SCORES]);
    expect([...positions].map((x) => Math.round(x * 100) / 100)).toEqual([-0.6, -0.4, 1, -0.2, 0, 0.4, -1, 0]);
    expect(extent[0]).toBe(1);
    expect(extent[1]).toBeCloseTo(0.4, 6);
  });

  it.each([
    ['mirrored', [-1, 1], false],
    ['upside down', [1, -1], false],
    ['lying on its side', [1, 1], true],
    ['lying on its side and mirrored', [-1, 1], true],
  ] as const)('that comes out %s is turned back to lie like the last one', (_, [sx, sy], swap) => {
    const last = layOut(HEAD, SCORES, undefined);
    const other = SCORES.map((_, i) => (i % 2 === 0 ? sx * SCORES[swap ? i + 1 : i]! : sy * SCORES[swap ? i - 1 : i]!));
    const next = layOut(HEAD, other, last);
    expect(next.positions).toEqual(last.positions);
    expect(next.axes.map(({ component }) => component)).toEqual(swap ? [2, 1] : [1, 2]);
  });

  it('starts with the components of the last one with the same key, and has the same result', () => {
    const first = projectByPca(images);
    const again = projectByPca({ ...images, last: first });
    const other: Projection = { ...first, components: first.components.map((component) => component.map(() => NaN)) };
    expect(Math.max(...again.positions.map((x, i) => Math.abs(x - first.positions[i]!)))).toBeLessThan(1e-6);
    // Components of another key are not used, or the result would be NaN.
    expect(projectByPca({ ...images, key: 'pca 0', last: other }).positions).toEqual(first.positions);
  });

  it('of a single column lies on a line', () => {
    const { positions, extent, axes } = projectByPca({
      ...images,
      values: Float32Array.of(1, 2, 5),
      columns: 1,
      scale: 1,
    });
    expect([...positions].map((x) => Math.round(x * 10) / 10)).toEqual([-1, 0, -0.5, 0, 1, 0]);
    expect(extent).toEqual([1, 0]);
    expect(axes).toEqual([
      { component: 1, share: expect.closeTo(1, 9) },
      { component: 2, share: 0 },
    ]);
  });

  it('of images that are all alike is one point', () => {
    const { positions, extent } = projectByPca({ ...images, values: new Uint8Array(3 * 4), columns: 4 });
    expect([...positions].map(Math.abs)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(extent).toEqual([0, 0]);
  });
});

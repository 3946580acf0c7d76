import { expect, it } from 'vitest';
import { fitCurve } from '../../../../src-renderer/map/levenberg-marquardt';

const x = Array.from({ length: 300 }, (_, k) => (3 * k) / 299);
const curve =
  ([a, b]: [number, number]) =>
  (at: number) =>
    1 / (1 + a * at ** (2 * b));
const start = { initialValues: [0.5, 0.5] as [number, number], maxIterations: 100 };

it('finds the two numbers of a curve again', () => {
  const { parameterValues } = fitCurve({ x, y: x.map(curve([1.9, 0.8])) }, curve, start);
  expect(parameterValues[0]).toBeCloseTo(1.9, 8);
  expect(parameterValues[1]).toBeCloseTo(0.8, 8);
});

it('fits what UMAP asks for as SciPy does in umap-learn (find_ab_params with spread 1 and min_dist 0.1)', () => {
  const y = x.map((at) => (at < 0.1 ? 1 : Math.exp(-(at - 0.1))));
  const { parameterValues } = fitCurve({ x, y }, curve, start);
  expect(parameterValues[0]).toBeCloseTo(1.57694, 4);
  expect(parameterValues[1]).toBeCloseTo(0.89506, 4);
});

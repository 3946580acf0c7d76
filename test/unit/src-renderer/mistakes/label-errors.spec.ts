// Confident learning finds what NumPy finds in the predictions of two fixed networks.
import { beforeAll, expect, it } from 'vitest';
import { couldBeLabelErrors } from '../../../../src-renderer/mistakes/label-errors';
import { goldenImages, goldenNetworks } from '../../../fixtures/golden-predictions';

let labels: Uint16Array;
beforeAll(async () => void ({ labels } = await goldenImages()));

it('a class without images has no threshold, and no image counts as it', () => {
  expect([...couldBeLabelErrors(Float32Array.of(0.1, 0.9, 0.2, 0.8), Uint16Array.of(0, 0), 2)]).toEqual([]);
});

it.each(goldenNetworks)('the suspects of $sizes, $name are those of NumPy, in the same order', (golden) => {
  const probabilities = Float32Array.from(golden.probabilities.flat());
  expect([...couldBeLabelErrors(probabilities, labels, 10)]).toEqual(golden.suspects);
  expect(golden.suspects.length).toBeGreaterThan(3);
});

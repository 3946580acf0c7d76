import { expect, it } from 'vitest';
import { findMistakes } from '../../../../src-renderer/client/find-mistakes';

it('finds the misclassified images, worst loss first, and equal ones in the order of the test set', () => {
  const labels = Uint16Array.of(1, 1, 0, 0);
  const probabilities = Float32Array.of(0.9, 0.1, 0.4, 0.6, 0.1, 0.9, 0.5, 0.5);
  const found = findMistakes(
    { predicted: Uint16Array.of(0, 1, 1, 1), confidence: Float32Array.of(0.9, 0.6, 0.9, 0.5), probabilities },
    labels,
  );
  expect([...found.index]).toEqual([0, 2, 3]);
  expect([...found.predicted]).toEqual([0, 1, 1]);
  expect([...found.loss].map((loss) => loss.toFixed(4))).toEqual(['2.3026', '2.3026', '0.6931']);
});

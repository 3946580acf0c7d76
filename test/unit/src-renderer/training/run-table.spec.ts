import type { TrainPoint } from '../../../../src-shared/runs/score';
import { expect, it } from 'vitest';
import { runTable } from '../../../../src-renderer/training/run-table';
import { resultAt } from '../../../fixtures/stored-runs';

const points: TrainPoint[] = [0.5, 1, 1.5, 2].map((epochs, k) => ({
  epochs,
  loss: 1 / (k + 1),
  accuracy: 1 - 0.1 / (k + 1),
  learningRate: 0.1 * (k + 1),
}));
const gradients = [0.5, 1.5].map((epochs) => ({
  epochs,
  layers: [1, 2].map((norm) => ({ norm: norm * epochs, histogram: new Uint32Array(1), limit: 1 })),
}));

it('has a row for each point, epoch and gradient, all equally long', () => {
  const lines = runTable({ points, results: [1, 2].map(resultAt), gradients })
    .trimEnd()
    .split('\r\n');
  expect(lines).toHaveLength(1 + 4 + 2 + 2);
  expect(new Set(lines.map((line) => line.split(',').length))).toEqual(new Set([11]));
  expect(lines[1]).toBe('point,0.5,1,0.9,,,,,0.1,,');
  expect(lines.at(-1)).toBe('gradient,1.5,,,,,,,,1.5,3');
});

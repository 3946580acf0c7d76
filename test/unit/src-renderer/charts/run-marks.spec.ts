import { expect, it } from 'vitest';
import { runMarks } from '../../../../src-renderer/charts/run-marks';

const change = (epochs: number, changes: object) => ({ epochs, update: 1, changes });

it('marks what was changed, where it was', () => {
  const marks = runMarks({ changes: [change(2.54, { learningRate: 0.05 }), change(6, { batchSize: 128 })], kept: undefined }, 20);
  expect(marks).toEqual([
    { x: 2.54, text: 'rate 0.05', says: 'rate 0.05 from epoch 2.5 on' },
    { x: 6, text: 'batch 128', says: 'batch 128 from epoch 6 on' },
  ]);
});

it('makes one mark of changes in quick succession, of which the last counts', () => {
  const changes = [change(2, { learningRate: 0.05 }), change(2.1, { learningRate: 0.04 }), change(2.15, { batchSize: 32 }), change(2.5, { dropout: 0.1 })];
  expect(runMarks({ changes, kept: undefined }, 20).map(({ x, text }) => [x, text])).toEqual([
    [2, 'rate 0.04, batch 32'],
    [2.5, 'dropout 0.1'],
  ]);
});

it('marks the epoch whose weights were put back, in its place', () => {
  const changes = [change(1, { learningRate: 0.05 }), change(8, { learningRate: 0.01 })];
  expect(runMarks({ changes, kept: 5 }, 10).map(({ x, text }) => [x, text])).toEqual([
    [1, 'rate 0.05'],
    [5, 'best'],
    [8, 'rate 0.01'],
  ]);
});

it('marks nothing without a reason', () => {
  expect(runMarks({ changes: [], kept: undefined }, 10)).toEqual([]);
});

import { expect, it } from 'vitest';
import { runMarks } from '../../../../src-renderer/training/run-marks';

const change = (epochs: number, changes: object) => ({ epochs, update: 1, changes });

it('marks each change at its epoch', () => {
  const marks = runMarks(
    { changes: [change(2.54, { learningRate: 0.05 }), change(6, { batchSize: 128 })], kept: undefined, results: [] },
    20,
  );
  expect(marks).toEqual([
    { x: 2.54, text: 'rate 0.05', says: 'rate 0.05 from epoch 2.5 on' },
    { x: 6, text: 'batch 128', says: 'batch 128 from epoch 6 on' },
  ]);
});

it('merges changes in quick succession, of which the last counts', () => {
  const changes = [
    change(2, { learningRate: 0.05 }),
    change(2.1, { learningRate: 0.04 }),
    change(2.15, { batchSize: 32 }),
    change(2.5, { dropout: 0.1 }),
  ];
  expect(runMarks({ changes, kept: undefined, results: [] }, 20).map(({ x, text }) => [x, text])).toEqual([
    [2, 'rate 0.04, batch 32'],
    [2.5, 'dropout 0.1'],
  ]);
});

it('marks the epoch whose weights were restored', () => {
  const changes = [change(1, { learningRate: 0.05 }), change(8, { learningRate: 0.01 })];
  expect(runMarks({ changes, kept: 5, results: [] }, 10).map(({ x, text }) => [x, text])).toEqual([
    [1, 'rate 0.05'],
    [5, 'best'],
    [8, 'rate 0.01'],
  ]);
});

it('marks nothing if nothing was changed and there are no validation images', () => {
  expect(runMarks({ changes: [], kept: undefined, results: [] }, 10)).toEqual([]);
});

it('marks the best epoch on the validation images during training, and none without them', () => {
  const epoch = (number: number, accuracy: number, loss: number) => ({ epoch: number, validation: { accuracy, loss } });
  const results = [epoch(1, 0.9, 0.3), epoch(2, 0.95, 0.2), epoch(3, 0.95, 0.1), epoch(4, 0.94, 0.05)];
  expect(runMarks({ changes: [], kept: undefined, results }, 10)).toEqual([
    { x: 3, text: 'best', says: 'epoch 3 is the best so far on the validation images' },
  ]);
  expect(runMarks({ changes: [], kept: 1, results }, 10).map(({ x }) => x)).toEqual([1]);
  expect(runMarks({ changes: [], kept: undefined, results: [{ epoch: 1, validation: undefined }] }, 10)).toEqual([]);
});

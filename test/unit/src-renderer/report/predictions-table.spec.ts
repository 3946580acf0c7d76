import { expect, it } from 'vitest';
import type { RunRecord, RunSummary } from '../../../../src-shared/runs/runs';
import { predictionsTable, testLabelsOf } from '../../../../src-renderer/report/predictions-table';
import type { LoadedDataset } from '../../../../src-renderer/client/training';

const dataset = { hash: 'a', trainCount: 3, testCount: 2, classNames: ['cat', 'dog, small'] };
const summary = { dataset } as RunSummary;
const predictions = {
  epoch: 3,
  predicted: Uint16Array.of(1, 0),
  confidence: Float32Array.of(0.5, 0.25),
  probabilities: new Float32Array(),
};

it('writes a row for each test image, with the names of classes', () => {
  const record = { summary, predictions } as RunRecord;
  expect(predictionsTable(record, Uint16Array.of(0, 0))).toBe(
    'image,class,predicted,confidence\r\n0,cat,"dog, small",0.5\r\n1,cat,cat,0.25\r\n',
  );
  expect(predictionsTable(record, undefined)).toBe(
    'image,predicted,confidence\r\n0,"dog, small",0.5\r\n1,cat,0.25\r\n',
  );
});

it('is undefined for a run without predictions', () => {
  expect(predictionsTable({ summary, predictions: undefined }, undefined)).toBeUndefined();
});

it('knows the true classes only if the same images are open, split in the same way', () => {
  const testLabels = Uint16Array.of(1, 1);
  const open = (changes: object) => ({ info: { ...dataset, ...changes }, testLabels }) as unknown as LoadedDataset;
  expect(testLabelsOf(summary, open({}))).toBe(testLabels);
  expect(testLabelsOf(summary, open({ hash: 'b' }))).toBeUndefined();
  expect(testLabelsOf(summary, open({ testCount: 1, trainCount: 4 }))).toBeUndefined();
});

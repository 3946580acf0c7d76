import { expect, it } from 'vitest';
import { addFrame, type WeightFrame } from '../../../../src-shared/runs/frames';

const frame = (epoch: number): WeightFrame => ({
  epoch,
  pictures: { units: 1, rows: 2, columns: 5, limit: 1, pixels: new Int8Array(10).fill(epoch) },
});
const played = (epochs: number, mostBytes: number) =>
  Array.from({ length: epochs + 1 }, (_, epoch) => frame(epoch)).reduce<WeightFrame[]>(
    (frames, next) => addFrame(frames, next, mostBytes),
    [],
  );

it('keeps every epoch while there is room', () => {
  expect(played(4, 50).map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4]);
});

it('thins frames out evenly if there is no room, and keeps the first and the newest', () => {
  const epochs = played(100, 80).map(({ epoch }) => epoch);
  expect(epochs.length).toBeLessThanOrEqual(8);
  expect([epochs[0], epochs.at(-1)]).toEqual([0, 100]);
  expect(Math.max(...epochs.slice(1).map((epoch, k) => epoch - epochs[k]!))).toBeLessThanOrEqual(40);
});

it('keeps at most 300 of a small layer, however long the run', () => {
  expect(played(2000, 2 ** 24)).toHaveLength(300);
});

it('replaces a frame of the same epoch', () => {
  const frames = addFrame([frame(0), frame(1)], frame(1));
  expect(frames.map(({ epoch }) => epoch)).toEqual([0, 1]);
});

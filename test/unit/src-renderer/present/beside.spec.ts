import { expect, it } from 'vitest';
import { atEpoch, positionOf, sharedEpochs, sharedLimit } from '../../../../src-renderer/present/beside';
import type { EpochResult } from '../../../../src-shared/runs/score';
import { epoch } from '../../../fixtures/trainer-events';

/** A run with weights and results of these epochs. */
function runOf(epochs: number[], kept?: number, limit = 1) {
  return {
    frames: epochs.map((number) => ({
      epoch: number,
      pictures: { units: 1, rows: 1, columns: 1, limit, pixels: Int8Array.of(0) },
    })),
    results: epochs.map((number) => (epoch(1, number) as { result: EpochResult }).result),
    kept,
  };
}
const shown = (run: ReturnType<typeof runOf>, at: number | undefined) => {
  const { frame, result } = atEpoch(run, at);
  return [frame?.epoch, result?.epoch];
};

it('without weights there is no position but the end', () => {
  expect(sharedEpochs([])).toEqual([]);
  expect(sharedEpochs([runOf([]), runOf([0])])).toEqual([]);
  expect(shown(runOf([]), undefined)).toEqual([undefined, undefined]);
});

it('the slider has every epoch of both runs once, and the last of them is the end', () => {
  const epochs = sharedEpochs([runOf([0, 1, 2]), runOf([0, 2, 4, 6])]);
  expect(epochs.map(({ epoch: number }) => number)).toEqual([0, 1, 2, 4]);
});

it('the shorter run stays at its end while the longer one goes on', () => {
  const [short, long] = [runOf([0, 1, 2]), runOf([0, 1, 2, 3, 4])];
  expect([0, 1, 3, undefined].map((at) => shown(short, at)[0])).toEqual([0, 1, 2, 2]);
  expect([0, 1, 3, undefined].map((at) => shown(long, at)[0])).toEqual([0, 1, 3, 4]);
});

it('the end of a run is the epoch whose weights were restored', () => {
  expect(shown(runOf([0, 1, 2, 3], 2), undefined)).toEqual([2, 2]);
  expect(shown(runOf([0, 1, 2, 3], 2), 3)).toEqual([3, 3]);
});

it('an epoch that was dropped shows the one before it, and the end stays the end while a run goes on', () => {
  const epochs = [0, 2, 4].map((number) => ({ epoch: number }));
  expect([0, 1, 3, 4].map((number) => positionOf(number, epochs))).toEqual([0, 0, 1, 2]);
  expect(positionOf(undefined, epochs)).toBe(3);
  expect(positionOf(undefined, [...epochs, { epoch: 6 }])).toBe(4);
});

it('both runs have one colour scale, that of the largest weights', () => {
  expect(sharedLimit([runOf([0, 1], undefined, 0.2), runOf([0], undefined, 0.5)])).toBe(0.5);
});

import { expect, it } from 'vitest';
import { datasetKey, rememberedOf } from '../../../../src-renderer/client/dataset-memory';
import type { LoadedDataset } from '../../../../src-renderer/client/training';

const info = { hash: 'ab', trainCount: 60_000, testCount: 10_000, classNames: ['0', '1'] };
const dataset = (change: Partial<typeof info> = {}) => ({ info: { ...info, ...change } }) as LoadedDataset;

it.each([{ hash: 'cd' }, { trainCount: 50_000 }, { testCount: 20_000 }, { classNames: ['1', '0'] }])(
  'forgets the state of a dataset when another one is open: %o',
  (change) => {
    const memoryOf = rememberedOf(() => ({ open: undefined as number | undefined }));
    memoryOf(dataset()).open = 7;
    expect(memoryOf(dataset(change)).open).toBeUndefined();
    expect(memoryOf(dataset()).open).toBeUndefined();
  },
);

it('remembers the state while the dataset stays open, even if the trainer sends it again', () => {
  const memoryOf = rememberedOf(() => ({ open: undefined as number | undefined }));
  memoryOf(dataset()).open = 7;
  expect(memoryOf(dataset()).open).toBe(7);
});

it('does not confuse class names that contain commas', () => {
  expect(datasetKey(dataset({ classNames: ['a,b'] }).info)).not.toBe(
    datasetKey(dataset({ classNames: ['a', 'b'] }).info),
  );
});

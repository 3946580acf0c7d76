import { expect, it, vi } from 'vitest';

// The compiled class is tested in the real page.
vi.stubGlobal('$state', { raw: <T>(value: T) => value });
const { Selection } = await import('../../../../src-renderer/client/selection.svelte');

it('is valid only in the dataset in which it was made', () => {
  let dataset: string | undefined = 'digits';
  const selection = new Selection(() => dataset);
  selection.inspect(7);
  selection.choose(Uint32Array.of(1, 2));
  expect([selection.image, selection.chosen]).toEqual([7, Uint32Array.of(1, 2)]);

  dataset = 'clothes';
  expect([selection.image, selection.chosen]).toEqual([undefined, undefined]);
  selection.inspect(3);
  expect([selection.image, selection.chosen]).toEqual([3, undefined]);

  dataset = 'digits';
  expect(selection.image).toBeUndefined();
});

it('works before a dataset is open', () => {
  const selection = new Selection(() => undefined);
  expect([selection.image, selection.chosen]).toEqual([undefined, undefined]);
});

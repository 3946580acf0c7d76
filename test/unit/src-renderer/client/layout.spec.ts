import { expect, it, vi } from 'vitest';

// The compiled class is tested in the real page.
vi.stubGlobal(
  '$state',
  Object.assign(<T>(value: T) => value, { raw: <T>(value: T) => value }),
);
const { Layout } = await import('../../../../src-renderer/client/layout.svelte');

function storage(): Storage {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  } as unknown as Storage;
}

it('leads back from what was opened, step by step, to what was open there', () => {
  const layout = new Layout(storage(), storage());
  layout.show('training');
  expect(layout.origin).toBeUndefined();

  layout.visit({ tab: 'weights', layer: 0, unit: 7 });
  layout.visit({ tab: 'mistakes', image: 42 }, { layer: 0, unit: 8 });
  expect([layout.place, layout.origin?.tab]).toEqual([{ tab: 'mistakes', image: 42 }, 'weights']);

  layout.back();
  expect([layout.place, layout.origin?.tab]).toEqual([{ tab: 'weights', layer: 0, unit: 8 }, 'training']);
  layout.back();
  expect([layout.place, layout.origin]).toEqual([{ tab: 'training' }, undefined]);
  layout.back();
  expect(layout.tab).toBe('training');
});

it('forgets the way back if a tab is chosen, and remembers the tab through a reload', () => {
  const session = storage();
  const layout = new Layout(storage(), session);
  layout.visit({ tab: 'mistakes', image: 42 });
  expect(new Layout(storage(), session).place).toEqual({ tab: 'mistakes' });
  layout.show('mistakes');
  expect([layout.place, layout.origin]).toEqual([{ tab: 'mistakes' }, undefined]);
});

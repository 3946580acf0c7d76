import { expect, it } from 'vitest';
import { PANELS } from '../../../../src-renderer/client/presentation.svelte';
import { actionOfKey } from '../../../../src-renderer/present/present-keys';

it('keys without a meaning do nothing', () => {
  for (const key of ['0', '6', '9', 'a', 'Enter', 'ArrowRight', 'F5', '12', ''])
    expect(actionOfKey(key, false)).toBeUndefined();
});

it('Space is left to a control that has the focus', () => {
  expect(actionOfKey(' ', true)).toBeUndefined();
  expect(actionOfKey(' ', false)).toEqual({ kind: 'pause' });
});

it('every panel has its number as its key, also while a control has the focus', () => {
  PANELS.forEach(({ id }, k) => expect(actionOfKey(String(k + 1), true)).toEqual({ kind: 'show', panel: id }));
  expect(actionOfKey('Escape', true)).toEqual({ kind: 'leave' });
});

import { expect, it, vi } from 'vitest';
import {
  MOST_KEPT,
  readSavedDigits,
  writeSavedDigits,
  type SavedDigit,
} from '../../../../src-renderer/draw/saved-digits';

// What the Svelte compiler makes of these is tested in the real page.
vi.stubGlobal(
  '$state',
  Object.assign(<T>(value: T) => value, { raw: <T>(value: T) => value }),
);
const { Kept } = await import('../../../../src-renderer/draw/saved-digits.svelte');

function storageOf(text: string | null = null) {
  let held = text;
  return { getItem: () => held, setItem: (_key: string, value: string) => void (held = value) };
}
const digit = (id: number): SavedDigit => ({
  id,
  label: '7',
  rows: 28,
  columns: 28,
  pixels: new Uint8Array(784).map((_, k) => (k * id) % 256),
});

it('comes back as it was kept', () => {
  const storage = storageOf();
  expect(writeSavedDigits(storage, [digit(2), digit(1)])).toBeUndefined();
  expect(readSavedDigits(storage)).toEqual([digit(2), digit(1)]);
});

it('keeps what another version of the app has written beside it', () => {
  const storage = storageOf();
  writeSavedDigits(storage, [digit(1)]);
  const [stored] = JSON.parse(storage.getItem()!) as object[];
  const later = storageOf(JSON.stringify([{ ...stored, colour: 'red' }]));
  writeSavedDigits(later, [digit(2), ...readSavedDigits(later)]);
  expect(JSON.parse(later.getItem()!)).toMatchObject([{ id: 2 }, { id: 1, colour: 'red' }]);
});

it('is left out where it cannot be read, and the others stay', () => {
  const storage = storageOf();
  writeSavedDigits(storage, [digit(1)]);
  const [good] = JSON.parse(storage.getItem()!) as unknown[];
  const broken = [good, { ...(good as object), rows: 27 }, { ...(good as object), ink: '%' }, { id: 'x' }, null];
  for (const bad of broken.slice(1))
    expect(readSavedDigits(storageOf(JSON.stringify([bad, good]))).map(({ id }) => id)).toContain(1);
  for (const text of ['{', '7', '{"a":1}']) expect(readSavedDigits(storageOf(text))).toEqual([]);
});

it('is written beside what cannot be read, which is kept apart', () => {
  for (const damaged of ['{', '7', '[{"id":"x"}]']) {
    const held = new Map([['kept-digits', damaged]]);
    const storage = {
      getItem: (key: string) => held.get(key) ?? null,
      setItem: (key: string, value: string) => void held.set(key, value),
    };
    expect(writeSavedDigits(storage, [digit(1)])).toBeUndefined();
    expect(writeSavedDigits(storage, [digit(2), digit(1)])).toBeUndefined();
    expect([readSavedDigits(storage).length, held.get('kept-digits-damaged')]).toEqual([2, damaged]);
  }
});

it('is refused in a sentence when there are too many or the storage is full, and nothing is lost', () => {
  const storage = storageOf();
  writeSavedDigits(storage, [digit(1)]);
  const tooMany = Array.from({ length: MOST_KEPT + 1 }, (_, k) => digit(k + 1));
  expect(writeSavedDigits(storage, tooMany)).toContain('200 digits are kept already');
  const full = {
    ...storage,
    setItem: () => {
      throw new Error('QuotaExceededError');
    },
  };
  expect(writeSavedDigits(full, [digit(2), digit(1)])).toContain('storage is full');
  expect(readSavedDigits(storage)).toEqual([digit(1)]);
});

it('has a number of its own, even if it was kept after another one was removed that then comes back', () => {
  const kept = new Kept(storageOf());
  const one = { label: '7', rows: 1, columns: 1, pixels: Uint8Array.of(1) };
  kept.keep(one);
  kept.remove(kept.digits[0]!.id);
  kept.keep(one);
  kept.putBack();
  expect(new Set(kept.digits.map(({ id }) => id)).size).toBe(2);
});

it('gets another number where two have the same in the storage', () => {
  const storage = storageOf();
  writeSavedDigits(storage, [digit(3), { ...digit(3), label: '8' }]);
  expect(readSavedDigits(storage).map(({ id, label }) => [id, label])).toEqual([
    [2, '7'],
    [1, '8'],
  ]);
});

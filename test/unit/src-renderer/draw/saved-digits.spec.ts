import { expect, it, vi } from 'vitest';
import {
  MAX_DIGITS,
  readSavedDigits,
  writeSavedDigits,
  type SavedDigit,
} from '../../../../src-renderer/draw/saved-digits';

// Stand-ins for the runes. The end-to-end tests cover the compiled code.
vi.stubGlobal(
  '$state',
  Object.assign(<T>(value: T) => value, { raw: <T>(value: T) => value }),
);
const { SavedDigits } = await import('../../../../src-renderer/draw/saved-digits.svelte');

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

it('a saved digit is read back as it was saved', () => {
  const storage = storageOf();
  expect(writeSavedDigits(storage, [digit(2), digit(1)])).toBeUndefined();
  expect(readSavedDigits(storage)).toEqual([digit(2), digit(1)]);
});

it('a saved digit keeps keys that another version of the app added', () => {
  const storage = storageOf();
  writeSavedDigits(storage, [digit(1)]);
  const [stored] = JSON.parse(storage.getItem()!) as object[];
  const later = storageOf(JSON.stringify([{ ...stored, colour: 'red' }]));
  writeSavedDigits(later, [digit(2), ...readSavedDigits(later)]);
  expect(JSON.parse(later.getItem()!)).toMatchObject([{ id: 2 }, { id: 1, colour: 'red' }]);
});

it('a digit that cannot be read is left out, and the others stay', () => {
  const storage = storageOf();
  writeSavedDigits(storage, [digit(1)]);
  const [good] = JSON.parse(storage.getItem()!) as unknown[];
  const broken = [good, { ...(good as object), rows: 27 }, { ...(good as object), ink: '%' }, { id: 'x' }, null];
  for (const bad of broken.slice(1))
    expect(readSavedDigits(storageOf(JSON.stringify([bad, good]))).map(({ id }) => id)).toContain(1);
  for (const text of ['{', '7', '{"a":1}']) expect(readSavedDigits(storageOf(text))).toEqual([]);
});

it('storage that cannot be read is copied before it is overwritten', () => {
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

it('too many digits or full storage are refused with a sentence, and nothing is lost', () => {
  const storage = storageOf();
  writeSavedDigits(storage, [digit(1)]);
  const tooMany = Array.from({ length: MAX_DIGITS + 1 }, (_, k) => digit(k + 1));
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

it('a digit saved after a removal has an id of its own, also once the removal is undone', () => {
  const saved = new SavedDigits(storageOf());
  const one = { label: '7', rows: 1, columns: 1, pixels: Uint8Array.of(1) };
  saved.save(one);
  saved.remove(saved.digits[0]!.id);
  saved.save(one);
  saved.undoRemoval();
  expect(new Set(saved.digits.map(({ id }) => id)).size).toBe(2);
});

it('digits with the same id in the storage get new ids', () => {
  const storage = storageOf();
  writeSavedDigits(storage, [digit(3), { ...digit(3), label: '8' }]);
  expect(readSavedDigits(storage).map(({ id, label }) => [id, label])).toEqual([
    [2, '7'],
    [1, '8'],
  ]);
});

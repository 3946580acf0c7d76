// Drawings that a person keeps, to try them on later networks: in the page's storage, each with what it should be read
// as.
export interface SavedDigit {
  id: number;
  /** Name of the class that it is meant to be. */
  label: string;
  rows: number;
  columns: number;
  /** [rows × columns], 0 to 255 */
  pixels: Uint8Array;
}

/** What the store needs of the page's localStorage. */
export type DigitStorage = Pick<Storage, 'getItem' | 'setItem'>;

export const MOST_KEPT = 200;
const KEY = 'kept-digits';
/** What could not be read, before it is written over. */
const DAMAGED_KEY = 'kept-digits-damaged';

/** As it lies in the storage: the pixels in base64. */
type StoredDigit = Omit<SavedDigit, 'pixels'> & { ink: string };

const MOST_SIDE = 256;

function isStored(entry: unknown): entry is StoredDigit {
  const { id, label, rows, columns, ink } = (entry ?? {}) as Partial<Record<keyof StoredDigit, unknown>>;
  const isWhole = (value: unknown, most: number): boolean =>
    Number.isInteger(value) && Number(value) >= 1 && Number(value) <= most;
  return (
    isWhole(id, Number.MAX_SAFE_INTEGER) &&
    typeof label === 'string' &&
    isWhole(rows, MOST_SIDE) &&
    isWhole(columns, MOST_SIDE) &&
    typeof ink === 'string'
  );
}

/** What lies in the storage; what cannot be read there is left out. */
export function readSavedDigits(storage: DigitStorage): SavedDigit[] {
  try {
    const list: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
    const digits = Array.isArray(list) ? list.flatMap(decoded) : [];
    return new Set(digits.map(({ id }) => id)).size === digits.length
      ? digits
      : digits.map((digit, k) => ({ ...digit, id: digits.length - k }));
  } catch {
    return [];
  }
}

/** @returns why nothing was written, where that is so; what was there is then still there */
export function writeSavedDigits(storage: DigitStorage, digits: readonly SavedDigit[]): string | undefined {
  if (digits.length > MOST_KEPT) return `${MOST_KEPT} digits are kept already. Please remove one to keep another.`;
  try {
    const before = storage.getItem(KEY);
    if (before !== null && !isReadable(before)) storage.setItem(DAMAGED_KEY, before);
    storage.setItem(KEY, JSON.stringify(digits.map(encoded)));
    return undefined;
  } catch {
    return 'The digit could not be kept: the app’s storage is full. Please remove others first.';
  }
}

/** False if something in it would be left out. */
function isReadable(text: string): boolean {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((entry) => decoded(entry).length === 1);
  } catch {
    return false;
  }
}

function encoded({ pixels, ...rest }: SavedDigit): StoredDigit {
  return { ...rest, ink: btoa(String.fromCharCode(...pixels)) };
}

function decoded(entry: unknown): SavedDigit[] {
  if (!isStored(entry)) return [];
  const { ink, ...rest } = entry; // with what another version of the app keeps of it
  try {
    const pixels = Uint8Array.from(atob(ink), (letter) => letter.charCodeAt(0));
    return pixels.length === rest.rows * rest.columns ? [{ ...rest, pixels }] : [];
  } catch {
    return []; // not base64
  }
}

// Stores the drawings that the user saved to try on later networks, each with its label, in the page's storage.
export interface SavedDigit {
  id: number;
  /** Name of the class that the user meant. */
  label: string;
  rows: number;
  columns: number;
  /** [rows × columns], 0 to 255 */
  pixels: Uint8Array;
}

/** The part of localStorage that is needed. */
export type DigitStorage = Pick<Storage, 'getItem' | 'setItem'>;

export const MAX_DIGITS = 200;
const KEY = 'kept-digits';
/** A copy of digits that could not be read, made before they are overwritten. */
const DAMAGED_KEY = 'kept-digits-damaged';

/** As it is stored: the pixels in base64. */
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

/** The stored digits. Entries that cannot be read are left out. */
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

/** @returns why nothing was written, or undefined. After a failure the storage is as it was before. */
export function writeSavedDigits(storage: DigitStorage, digits: readonly SavedDigit[]): string | undefined {
  if (digits.length > MAX_DIGITS) return `${MAX_DIGITS} digits are kept already. Please remove one to keep another.`;
  try {
    const before = storage.getItem(KEY);
    if (before !== null && !isReadable(before)) storage.setItem(DAMAGED_KEY, before);
    storage.setItem(KEY, JSON.stringify(digits.map(encoded)));
    return undefined;
  } catch {
    return 'The digit could not be kept: the app’s storage is full. Please remove others first.';
  }
}

/** False if reading would leave out an entry. */
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
  const { ink, ...rest } = entry; // rest includes keys that another version of the app added
  try {
    const pixels = Uint8Array.from(atob(ink), (letter) => letter.charCodeAt(0));
    return pixels.length === rest.rows * rest.columns ? [{ ...rest, pixels }] : [];
  } catch {
    return []; // not base64
  }
}

// Drawings that a person keeps, to try them on later networks: in the page's storage, each with what it should be read as.
import * as z from 'zod/mini';

export interface KeptDigit {
  id: number;
  /** Name of the class that it is meant to be. */
  label: string;
  rows: number;
  columns: number;
  /** [rows × columns], 0 to 255 */
  pixels: Uint8Array;
}

/** What the store needs of the page's localStorage. */
export type KeptStorage = Pick<Storage, 'getItem' | 'setItem'>;

export const MOST_KEPT = 200;
const KEY = 'kept-digits';

const side = z.int().check(z.minimum(1), z.maximum(256));
const text = (most: number) => z.string().check(z.maxLength(most));
const stored = z.object({ id: z.int().check(z.minimum(1)), label: text(200), rows: side, columns: side, ink: text(200_000) });

/** What lies in the storage; what cannot be read there is left out. */
export function readKept(storage: KeptStorage): KeptDigit[] {
  try {
    const list: unknown = JSON.parse(storage.getItem(KEY) ?? '[]');
    return Array.isArray(list) ? list.flatMap(decoded) : [];
  } catch {
    return [];
  }
}

/** @returns why nothing was written, where that is so; what was there is then still there */
export function writeKept(storage: KeptStorage, digits: readonly KeptDigit[]): string | undefined {
  if (digits.length > MOST_KEPT) return `${MOST_KEPT} digits are kept already. Please remove one to keep another.`;
  try {
    storage.setItem(KEY, JSON.stringify(digits.map(encoded)));
    return undefined;
  } catch {
    return 'The digit could not be kept: the app’s storage is full. Please remove others first.';
  }
}

function encoded({ pixels, ...rest }: KeptDigit): z.infer<typeof stored> {
  return { ...rest, ink: btoa(String.fromCharCode(...pixels)) };
}

function decoded(entry: unknown): KeptDigit[] {
  const { data } = stored.safeParse(entry);
  if (!data) return [];
  const { ink, ...rest } = data;
  try {
    const pixels = Uint8Array.from(atob(ink), (letter) => letter.charCodeAt(0));
    return pixels.length === rest.rows * rest.columns ? [{ ...rest, pixels }] : [];
  } catch {
    return []; // not base64
  }
}

// Preserves what another version of the app wrote to a file and this version does not know: it is kept with the parsed
// value, and written back with it.
import { isDeepStrictEqual } from 'node:util';

/** A symbol, so that every copy { ...run } has it, but neither JSON nor a message to another process does. */
const CARRIED: unique symbol = Symbol('carried');

interface Carried {
  /** The value in the file. */
  raw: unknown;
  /** The value that was parsed from it. */
  read: unknown;
}

export interface Carrier {
  [CARRIED]?: Carried;
}

/** @param read the value that was parsed from the raw value of the file */
export function carrying<T extends object>(read: T, raw: unknown): T & Carrier {
  return { ...read, [CARRIED]: { raw, read } };
}

/**
 * The value to write: current values where they have changed, and the raw values of the file elsewhere.
 * @param whole names of values that are never merged from old and new parts, because their parts belong together
 */
export function withCarried(now: object, from: Carrier, whole: readonly string[] = []): object {
  const carried = from[CARRIED];
  return carried ? (merged(carried.raw, carried.read, now, whole) as object) : now;
}

function merged(raw: unknown, read: unknown, now: unknown, whole: readonly string[]): unknown {
  if (isDeepStrictEqual(read, now)) return raw;
  if (Array.isArray(raw) && Array.isArray(read) && Array.isArray(now))
    return now.map((item, k) => (k < read.length ? merged(raw[k], read[k], item, whole) : item) as unknown);
  if (!isObject(raw) || !isObject(read) || !isObject(now)) return now;
  const unknown = Object.entries(raw).filter(([name]) => !(name in read) && !(name in now));
  const known = Object.entries(now).map(
    ([name, value]) =>
      [
        name,
        whole.includes(name) ? replaced(raw[name], read[name], value) : merged(raw[name], read[name], value, whole),
      ] as const,
  );
  return { ...Object.fromEntries(known), ...Object.fromEntries(unknown) };
}

function replaced(raw: unknown, read: unknown, now: unknown): unknown {
  return isDeepStrictEqual(read, now) ? raw : now;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// What another version of the app has written into a file and this one does not know. It is kept beside what was read,
// and goes back into the file when that is written again.
import { isDeepStrictEqual } from 'node:util';

/** A symbol, so that every copy { ...run } carries it, and neither JSON nor a message to another process does. */
const CARRIED: unique symbol = Symbol('carried');

interface Carried {
  /** As it stands in the file. */
  raw: unknown;
  /** What was made of it. */
  read: unknown;
}

export interface Carrier {
  [CARRIED]?: Carried;
}

/** @param read what was made of the raw value of the file */
export function carrying<T extends object>(read: T, raw: unknown): T & Carrier {
  return { ...read, [CARRIED]: { raw, read } };
}

/**
 * What is to be written: the values as they are now, and all of the file that nobody has changed, as it stood there.
 * @param whole names of values that are never put together from old and new parts, since their parts belong together
 */
export function withCarried(now: object, from: Carrier, whole: readonly string[] = []): object {
  const carried = from[CARRIED];
  return carried ? (together(carried.raw, carried.read, now, whole) as object) : now;
}

function together(raw: unknown, read: unknown, now: unknown, whole: readonly string[]): unknown {
  if (isDeepStrictEqual(read, now)) return raw;
  if (Array.isArray(raw) && Array.isArray(read) && Array.isArray(now))
    return now.map((item, k) => (k < read.length ? together(raw[k], read[k], item, whole) : item) as unknown);
  if (!isObject(raw) || !isObject(read) || !isObject(now)) return now;
  const unknown = Object.entries(raw).filter(([name]) => !(name in read) && !(name in now));
  const known = Object.entries(now).map(
    ([name, value]) =>
      [
        name,
        whole.includes(name) ? oneOf(raw[name], read[name], value) : together(raw[name], read[name], value, whole),
      ] as const,
  );
  return { ...Object.fromEntries(known), ...Object.fromEntries(unknown) };
}

function oneOf(raw: unknown, read: unknown, now: unknown): unknown {
  return isDeepStrictEqual(read, now) ? raw : now;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

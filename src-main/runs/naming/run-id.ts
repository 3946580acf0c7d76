// Creates ids of runs, which are also the names of their folders.
import { randomBytes } from 'node:crypto';
import type { RunId } from '../../../src-shared/runs/runs';

/**
 * Such as 20261123-091500-3fa9c2, in the computer's time zone, because a person searches by local time.
 * @param now milliseconds since 1970
 */
export function newId(now: number): RunId {
  const date = new Date(now);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  const time = `${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
  return `${day}-${time}-${randomBytes(3).toString('hex')}`;
}

/** When a run began, by its id: milliseconds since 1970. */
export function timeOfId(id: RunId): number {
  const [year, month, day, hour, minute, second] = /(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)/
    .exec(id)!
    .slice(1)
    .map(Number);
  return new Date(year!, month! - 1, day, hour, minute, second).getTime();
}

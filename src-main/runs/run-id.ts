// The name of a run's folder.
import { randomBytes } from 'node:crypto';
import type { RunId } from '../../src-shared/runs/runs';

/**
 * Such as 20261123-091500-3fa9c2; in the computer's time zone, because a person looks for it by that.
 * @param now milliseconds since 1970
 */
export function newId(now: number): RunId {
  const date = new Date(now);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}-${randomBytes(3).toString('hex')}`;
}

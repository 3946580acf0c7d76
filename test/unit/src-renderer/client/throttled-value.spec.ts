import { expect, it } from 'vitest';
import { ThrottledValue } from '../../../../src-renderer/client/throttled-value';

it('a moving value is passed on once per interval, and the last one at once', () => {
  const throttled = new ThrottledValue<string>();
  expect(throttled.take('run', 'a', true, 1000, 0)).toBe('a');
  expect(throttled.take('run', 'b', true, 1000, 999)).toBe('a');
  expect(throttled.take('run', 'c', true, 1000, 1000)).toBe('c');
  expect(throttled.take('run', 'd', true, 1000, 1500)).toBe('c');
  expect(throttled.take('run', 'd', false, 1000, 1600)).toBe('d');
});

it('a value of another run, or no value, is passed on at once', () => {
  const throttled = new ThrottledValue<string>();
  throttled.take('run 1', 'a', true, 1000, 0);
  expect(throttled.take('run 2', 'b', true, 1000, 1)).toBe('b');
  expect(throttled.take('run 2', undefined, true, 1000, 2)).toBeUndefined();
});

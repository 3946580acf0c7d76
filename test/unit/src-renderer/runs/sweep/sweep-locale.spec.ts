import { afterEach, expect, it } from 'vitest';
import { parseValues, valuesExample } from '../../../../../src-renderer/runs/sweep/sweep';
import { useLocale } from '../../../../../src-renderer/ui/format';

afterEach(() => useLocale('en-US'));

it('the values of a sweep are typed in the format of the locale', () => {
  expect(parseValues('learningRate', '0.01, 0.1', [])).toEqual([0.01, 0.1]);
  useLocale('de-DE');
  expect(parseValues('learningRate', valuesExample('learningRate'), [])).toEqual([0.01, 0.03, 0.1]);
  expect(parseValues('batchSize', valuesExample('batchSize'), [])).toEqual([32, 64, 128]);
});

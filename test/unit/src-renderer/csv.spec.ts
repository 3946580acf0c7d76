import { expect, it } from 'vitest';
import { toCsv } from '../../../src-renderer/csv';

it('writes a row a line, numbers in full', () => {
  expect(toCsv(['epoch', 'loss'], [[1, 0.1 + 0.2], [2, 1e-9]])).toBe('epoch,loss\r\n1,0.30000000000000004\r\n2,1e-9\r\n');
});

it('quotes what would else be read as another cell or line', () => {
  expect(toCsv(['a,b'], [['say "x"'], ['two\nlines'], ['plain']])).toBe('"a,b"\r\n"say ""x"""\r\n"two\nlines"\r\nplain\r\n');
});

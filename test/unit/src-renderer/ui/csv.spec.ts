import { afterEach, expect, it } from 'vitest';
import { csvInWords, toCsv } from '../../../../src-renderer/ui/csv';
import { useLocale } from '../../../../src-renderer/ui/format';

afterEach(() => useLocale('en-US'));

const cell = (text: string | number): string =>
  toCsv(['a'], [[text]])
    .split('\r\n')
    .slice(1, -1)
    .join('\r\n');

it.each(['=HYPERLINK("http://x","y")', '@SUM(1)', '+1+1', '-2+3', '\t=1', '\r=1', '\n=1', '＝1+1', '=', '-'])(
  'escapes text that a spreadsheet would run as a formula: %j',
  (text) => {
    expect(cell(text).replace(/^"/, '')).toMatch(/^'/);
    expect(toCsv([text], []).replace(/^"/, '')).toMatch(/^'/);
  },
);

it('leaves numbers, also negative ones, and other text unchanged', () => {
  expect([-0.25, 1e-9, -3].map(cell)).toEqual(['-0.25', '1e-9', '-3']);
  expect(['-1', '+0.5', '−1', 'a=b', "it's", 'me@home', '–'].map(cell)).toEqual([
    '-1',
    '+0.5',
    '−1',
    'a=b',
    "it's",
    'me@home',
    '–',
  ]);
});

it('writes one row per line, with numbers in full precision', () => {
  expect(
    toCsv(
      ['epoch', 'loss'],
      [
        [1, 0.1 + 0.2],
        [2, 1e-9],
      ],
    ),
  ).toBe('epoch,loss\r\n1,0.30000000000000004\r\n2,1e-9\r\n');
});

it('quotes text that would otherwise be read as another cell or line', () => {
  expect(toCsv(['a,b'], [['say "x"'], ['two\nlines'], ['a;=1'], ['plain']])).toBe(
    '"a,b"\r\n"say ""x"""\r\n"two\nlines"\r\n"a;=1"\r\nplain\r\n',
  );
});

it.each(['de-DE', 'fr-FR'])(
  'has semicolons and decimal commas in locales with a decimal comma, and says so: %s',
  (locale) => {
    useLocale(locale);
    expect(
      toCsv(
        ['class', 'loss'],
        [
          ['a,b', -0.5],
          ['=1', 1.5e-9],
        ],
      ),
    ).toBe('class;loss\r\n"a,b";-0,5\r\n\'=1;1,5e-9\r\n');
    expect(csvInWords()).toContain('Semicolons');
  },
);

it('says so if it has commas and decimal points', () => {
  expect(csvInWords()).toBe('Commas between the cells and decimal points');
  useLocale('de-CH');
  expect(csvInWords()).toContain('points');
});

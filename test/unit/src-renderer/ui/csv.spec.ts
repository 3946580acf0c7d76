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
  'does not let a text be run as a formula: %j',
  (text) => {
    expect(cell(text).replace(/^"/, '')).toMatch(/^'/);
    expect(toCsv([text], []).replace(/^"/, '')).toMatch(/^'/);
  },
);

it('leaves numbers and other texts as they are, also those below zero', () => {
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

it('writes a row a line, numbers in full', () => {
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

it('quotes what would else be read as another cell or line', () => {
  expect(toCsv(['a,b'], [['say "x"'], ['two\nlines'], ['a;=1'], ['plain']])).toBe(
    '"a,b"\r\n"say ""x"""\r\n"two\nlines"\r\n"a;=1"\r\nplain\r\n',
  );
});

it.each(['de-DE', 'fr-FR'])(
  'has semicolons and decimal commas where the custom of the country is a comma, and says so: %s',
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

it('says so where it has commas and points', () => {
  expect(csvInWords()).toBe('Commas between the cells and decimal points');
  useLocale('de-CH');
  expect(csvInWords()).toContain('points');
});

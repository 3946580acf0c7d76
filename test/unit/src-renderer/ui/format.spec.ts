import { afterEach, describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatExponent,
  formatFixed,
  formatLoss,
  formatMoment,
  formatPercent,
  formatRange,
  formatShort,
  formatSignificant,
  formatSigned,
  formatTimeLeft,
  formatUpTo,
  padNumber,
  typedNumber,
  useLocale,
} from '../../../../src-renderer/ui/format';

afterEach(() => useLocale('en-US'));

describe('numbers', () => {
  it('are replaced by a dash or nothing if they are not finite', () => {
    expect(formatLoss(NaN)).toBe('–');
    expect(formatTimeLeft(Infinity)).toBe('');
  });

  it('are as precise as is useful', () => {
    expect([0.0814, 2.3021, 31.216].map(formatLoss)).toEqual(['0.081', '2.302', '31.22']);
    expect(formatPercent(0.97634)).toBe('97.6%');
    expect([4542, 9_912_422, 12, 2_340_000_000].map(formatBytes)).toEqual(['4.5 kB', '9.9 MB', '12 B', '2.3 GB']);
    expect([1.2, 59.5, 80, 7500].map(formatTimeLeft)).toEqual([
      '2 s left',
      '1 min 0 s left',
      '1 min 20 s left',
      '2 h 5 min left',
    ]);
    expect([-0.25, 0.2].map(formatSigned)).toEqual(['−0.25', '+0.20']);
  });

  it('give the range of a page in a list', () => {
    expect([formatRange(60, 60, 6131), formatRange(6120, 11, 6131), formatRange(0, 0, 0)]).toEqual([
      '61–120 of 6,131',
      '6,121–6,131 of 6,131',
      'none',
    ]);
  });

  it('have the requested number of digits', () => {
    expect([formatFixed(0.5, 2), formatFixed(1234.56, 1), formatUpTo(2.5, 2), formatUpTo(3, 2)]).toEqual([
      '0.50',
      '1234.6',
      '2.5',
      '3',
    ]);
    expect([
      formatSignificant(0.5, 2),
      formatSignificant(123.4, 2),
      formatShort(0.1, 3),
      formatExponent(0.00002, 1),
    ]).toEqual(['0.50', '120', '0.1', '2.0e−5']);
  });

  it('are padded with spaces as wide as a digit', () => {
    expect(padNumber('97', 4)).toBe('\u2007\u200797');
  });
});

describe('the locale', () => {
  const now = new Date(2026, 10, 23, 12).getTime();
  const written = () =>
    [
      formatCount(60_000),
      formatPercent(0.97634),
      formatLoss(2.3021),
      formatBytes(9_912_422),
      formatSigned(-0.25),
      formatMoment(new Date(2026, 10, 23, 9, 5).getTime(), now),
      formatMoment(new Date(2025, 0, 3, 9, 5).getTime(), now),
    ].map((text) => text.replace(/\s/g, ' ')); // which kind of space it is depends on the version of the locale data

  it('determines points, commas and dates', () => {
    expect(written()).toEqual(['60,000', '97.6%', '2.302', '9.9 MB', '−0.25', 'Nov 23, 09:05 AM', 'Jan 3, 2025']);
    useLocale('de-DE');
    expect(written()).toEqual(['60.000', '97,6 %', '2,302', '9,9 MB', '−0,25', '23. Nov., 09:05', '3. Jan. 2025']);
    useLocale('en-GB');
    expect(written().slice(5)).toEqual(['23 Nov, 09:05', '3 Jan 2025']);
  });
});

describe.each(['en-US', 'de-DE', 'fr-FR', 'sv-SE'])('in %s', (locale) => {
  it.each<[string, (value: number) => string]>([
    ['a count', formatCount],
    ['fixed digits', (value) => formatFixed(value, 4)],
    ['up to some digits', (value) => formatUpTo(value, 4)],
    ['a percentage', (value) => formatPercent(value)],
    ['a loss', formatLoss],
    ['a typed number', (value) => typedNumber(value * 1e-6)],
  ])('a number that rounds to zero has no minus sign: %s', (_, format) => {
    useLocale(locale);
    for (const value of [-0, -1e-8, -9.9e-9]) expect(format(value).replace(/-/g, '−')).not.toContain('−');
  });

  it.each<[string, (value: number) => string]>([
    ['significant digits', (value) => formatSignificant(value, 2)],
    ['short', (value) => formatShort(value, 2)],
    ['an exponent', (value) => formatExponent(value, 1)],
    ['the end of a scale', formatSigned],
  ])('zero has no minus sign: %s', (_, format) => {
    useLocale(locale);
    expect(format(-0).replace(/-/g, '−')).not.toContain('−');
  });
});

it('other numbers below zero keep the minus sign', () => {
  expect([formatFixed(-0.5, 2), formatLoss(-0.0005), formatSigned(-0.25), typedNumber(-1e-7)]).toEqual([
    '-0.50',
    '-0.001',
    '−0.25',
    '-0.0000001',
  ]);
});

it('a typed number has no decimal point without decimals', () => {
  expect([1e-6, 1e-13, 0].map(typedNumber)).toEqual(['0.000001', '0', '0']);
});

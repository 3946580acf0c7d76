import { afterEach, describe, expect, it } from 'vitest';
import {
  formatCount,
  formatExponent,
  formatFixed,
  formatLoss,
  formatPercent,
  formatShort,
  formatSignificant,
  formatSigned,
  formatUpTo,
  typedNumber,
  useLocale,
} from '../../../../src-renderer/ui/format';

afterEach(() => useLocale('en-US'));

describe.each(['en-US', 'de-DE', 'fr-FR', 'sv-SE'])('in %s', (locale) => {
  it.each<[string, (value: number) => string]>([
    ['a count', formatCount],
    ['fixed digits', (value) => formatFixed(value, 4)],
    ['up to some digits', (value) => formatUpTo(value, 4)],
    ['a percentage', (value) => formatPercent(value)],
    ['a loss', formatLoss],
    ['a typed number', (value) => typedNumber(value * 1e-6)],
  ])('what rounds to zero has no minus sign: %s', (_, format) => {
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

it('other numbers below zero keep theirs', () => {
  expect([formatFixed(-0.5, 2), formatLoss(-0.0005), formatSigned(-0.25), typedNumber(-1e-7)]).toEqual([
    '-0.50',
    '-0.001',
    '−0.25',
    '-0.0000001',
  ]);
});

it('a typed number has no point without digits behind it', () => {
  expect([1e-6, 1e-13, 0].map(typedNumber)).toEqual(['0.000001', '0', '0']);
});

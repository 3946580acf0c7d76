import { afterEach, describe, expect, it } from 'vitest';
import { useLocale } from '../../../../src-renderer/ui/format';
import { checkSettings, settingsText } from '../../../../src-renderer/settings/settings-form';
import { readTypedNumber } from '../../../../src-renderer/ui/typed-number';
import { PLAIN_SETTINGS } from '../../../../src-shared/settings/presets';

afterEach(() => useLocale('en-US'));

const NO_NUMBERS = [
  '',
  ' ',
  'x',
  '1x',
  '--1',
  '.',
  ',',
  'e3',
  '1,,000',
  '1.2.3',
  '1.00.000',
  '1,000,00',
  '1.000,5.5',
  '1 00',
  '1 0000',
  '10 00',
  '0x10',
  'Infinity',
  'NaN',
  '1_000',
  '1-3',
];

describe.each(['en-US', 'de-DE', 'fr-FR', 'de-CH'])('a number that is typed in %s', (locale) => {
  it.each(NO_NUMBERS)('is not a number: “%s”', (text) => {
    useLocale(locale);
    expect(readTypedNumber(text)).toBeNaN();
  });

  it.each([
    ['7', 7],
    ['-7', -7],
    ['−7', -7],
    ['+7', 7],
    ['0.5', 0.5],
    ['0,5', 0.5],
    ['.5', 0.5],
    [',5', 0.5],
    ['5.', 5],
    ['0.125', 0.125],
    ['0,125', 0.125],
    ['1e-3', 0.001],
    ['1,5E2', 150],
    ['1 000', 1000],
    ['1\u202f000', 1000],
    ['1\u00a0000,5', 1000.5],
    ['1’000.25', 1000.25],
    ["1'000'000", 1_000_000],
    ['1,000,000', 1_000_000],
    ['1,00,000', 100_000],
    ['12,34,567.5', 1_234_567.5],
    ['1.000.000', 1_000_000],
    ['1,000.5', 1000.5],
    ['1.000,5', 1000.5],
    ['1234.567', 1234.567],
    ['1234,567', 1234.567],
    ['1,0000', 1],
  ] as const)('has one meaning: “%s”', (text, number) => {
    useLocale(locale);
    expect(readTypedNumber(text)).toBe(number);
  });

  it.each(['1000', '1.000', '1,000', ' 1 000 ', '1e3'])(
    'may have separated thousands in a whole number, in any format: “%s”',
    (text) => {
      useLocale(locale);
      expect(readTypedNumber(text, true)).toBe(1000);
    },
  );
});

it('is refused with both meanings if it has two', () => {
  expect(readTypedNumber('2,125')).toBe('“2,125” can mean 2125 or 2.125. Please type one of the two.');
  expect(readTypedNumber('2.125')).toBe(2.125);
  useLocale('de-DE');
  expect(readTypedNumber('-2.125')).toBe('“-2.125” can mean -2125 or -2,125. Please type one of the two.');
  expect(readTypedNumber('2,125')).toBe(2.125);
});

it.each(['1,00', '1.000,5', '10,0000', ',000', '1.5'])('is not a whole number: “%s”', (text) => {
  expect(readTypedNumber(text, true)).toBeNaN();
});

it('is refused in its field as ambiguous, and not as out of range', () => {
  const text = settingsText({ ...PLAIN_SETTINGS, hidden: [4] });
  expect(checkSettings({ ...text, learningRate: '1,000' }, undefined).errors.learningRate).toContain(
    'can mean 1000 or 1',
  );
  expect(checkSettings({ ...text, learningRate: '0,05' }, undefined).settings?.learningRate).toBe(0.05);
});

describe('the digits and marks of a locale', () => {
  it.each(['١٫٢٫٣', '٫', '١٬٠٠', '١٬٠٠٠٬', '٠٫٥x', '١٠٬٠٠٫٥', 'Ⅷ', '½', '3²'])('are not a number: “%s”', (text) => {
    expect(readTypedNumber(text)).toBeNaN();
  });

  it('have no fraction in a field for whole numbers, in which “١٫٠٠٠” is a fraction and not a thousand', () => {
    expect(readTypedNumber('١٫٠٠٠', true)).toBeNaN();
  });

  it.each([
    ['٠٫٠٠٢', 0.002],
    ['۰٫۰۰۲', 0.002],
    ['۲٫۱۲۵', 2.125],
    ['٫٥', 0.5],
    ['٥٫', 5],
    ['\u061c-٧', -7],
    ['\u200e−۷', -7],
    ['١٬٠٠٠', 1000],
    ['۱٬۰۰۰٬۰۰۰', 1_000_000],
    ['١٬٠٠٠٫٥', 1000.5],
    ['1,000٫5', 1000.5],
    ['٢e-٣', 0.002],
    ['०.५', 0.5],
    ['১,০০০,০০০', 1_000_000],
    ['๐.๒๕', 0.25],
    ['၀.၅', 0.5],
    ['０．５', 0.5],
    ['－１２', -12],
    ['１，５', 1.5],
    ['٠.٥', 0.5],
    ['۰,۵', 0.5],
  ] as const)('are parsed: “%s”', (text, number) => {
    expect(readTypedNumber(text)).toBe(number);
  });

  it.each([
    'ar-EG',
    'fa-IR',
    'mr-IN',
    'ne-NP',
    'bn-BD',
    'my-MM',
    'hi-IN-u-nu-deva',
    'ar-EG-u-nu-arab',
    'th-TH-u-nu-thai',
    'ja-JP-u-nu-fullwide',
    'km-KH-u-nu-khmr',
    'de-DE',
    'en-US',
  ])('are parsed as they are formatted in %s', (locale) => {
    useLocale(locale);
    const written = (value: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }).format(value);
    for (const value of [0, 7, 0.5, -0.002, 12_345.5, 1_234_567]) {
      expect(readTypedNumber(written(value)), written(value)).toBe(value);
    }
    for (const value of [20, 60_000]) expect(readTypedNumber(written(value), true), written(value)).toBe(value);
  });

  it('are parsed in the fields of the settings, layers included', () => {
    const text = settingsText({ ...PLAIN_SETTINGS, hidden: [4] });
    const typed = { ...text, hidden: ['١٢٨', '۶۴'], learningRate: '٠٫٠٥', epochs: '۲۰' };
    expect(checkSettings(typed, undefined).settings).toMatchObject({
      hidden: [128, 64],
      learningRate: 0.05,
      epochs: 20,
    });
  });
});

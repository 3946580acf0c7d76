import { afterEach, describe, expect, it } from 'vitest';
import { useLocale } from '../../../src-renderer/format';
import { checkSettings, settingsText } from '../../../src-renderer/settings-form';
import { readTypedNumber } from '../../../src-renderer/typed-number';
import { PLAIN_SETTINGS } from '../../../src-shared/presets';

afterEach(() => useLocale('en-US'));

const NO_NUMBERS = ['', ' ', 'x', '1x', '--1', '.', ',', 'e3', '1,,000', '1.2.3', '1,00,000', '1,000,00', '1.000,5.5', '1 00', '1 0000', '10 00', '0x10', 'Infinity', 'NaN', '1_000', '1-3'];

describe.each(['en-US', 'de-DE', 'fr-FR', 'de-CH'])('a number that is typed under %s', (locale) => {
  it.each(NO_NUMBERS)('is none: “%s”', (text) => {
    useLocale(locale);
    expect(readTypedNumber(text)).toBeNaN();
  });

  it.each([
    ['7', 7], ['-7', -7], ['−7', -7], ['+7', 7], ['0.5', 0.5], ['0,5', 0.5], ['.5', 0.5], [',5', 0.5], ['5.', 5], ['0.125', 0.125], ['0,125', 0.125], ['1e-3', 0.001], ['1,5E2', 150],
    ['1 000', 1000], ['1\u202f000', 1000], ['1\u00a0000,5', 1000.5], ['1’000.25', 1000.25], ["1'000'000", 1_000_000],
    ['1,000,000', 1_000_000], ['1.000.000', 1_000_000], ['1,000.5', 1000.5], ['1.000,5', 1000.5], ['1234.567', 1234.567], ['1234,567', 1234.567], ['1,0000', 1],
  ] as const)('has one meaning: “%s”', (text, number) => { // prettier-ignore
    useLocale(locale);
    expect(readTypedNumber(text)).toBe(number);
  });

  it.each(['1000', '1.000', '1,000', ' 1 000 ', '1e3'])('may have its thousands apart in a whole number, by any custom: “%s”', (text) => {
    useLocale(locale);
    expect(readTypedNumber(text, true)).toBe(1000);
  });
});

it('is refused with both meanings where it has two', () => {
  expect(readTypedNumber('2,125')).toBe('“2,125” can mean 2125 or 2.125. Please type one of the two.');
  expect(readTypedNumber('2.125')).toBe(2.125);
  useLocale('de-DE');
  expect(readTypedNumber('-2.125')).toBe('“-2.125” can mean -2125 or -2,125. Please type one of the two.');
  expect(readTypedNumber('2,125')).toBe(2.125);
});

it.each(['1,00', '1.000,5', '10,0000', ',000', '1.5'])('is no whole number: “%s”', (text) => {
  expect(readTypedNumber(text, true)).toBeNaN();
});

it('is refused in its field, and not as something that is out of range', () => {
  const text = settingsText({ ...PLAIN_SETTINGS, hidden: [4] });
  expect(checkSettings({ ...text, learningRate: '1,000' }, undefined).errors.learningRate).toContain('can mean 1000 or 1');
  expect(checkSettings({ ...text, learningRate: '0,05' }, undefined).settings?.learningRate).toBe(0.05);
});

import { expect, it } from 'vitest';
import { asciiDigits, numberOf } from '../../../../src-shared/settings/typed-digits';

it.each(['', ' ', '٫', '١٫٢٫٣', '١٬٠٠٠', 'Ⅷ', '𝟏'])('“%s” is no number by the rules of JavaScript', (text) => {
  expect(numberOf(text)).toBeNaN();
});

it.each(
  Intl.supportedValuesOf('numberingSystem').filter(
    (system) => /^\p{Nd}{10}$/u.test(digitsOf(system)) && digitsOf(system).length === 10,
  ),
)('the ten digits of the numbering system “%s” are those of ASCII', (system) => {
  expect(asciiDigits(digitsOf(system))).toBe('0123456789');
});

function digitsOf(system: string): string {
  const format = new Intl.NumberFormat(`en-u-nu-${system}`, { useGrouping: false });
  return [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => format.format(digit)).join('');
}

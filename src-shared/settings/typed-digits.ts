// Reads digits of other scripts, as keyboards and tables of other countries write them, as ASCII digits.

/** The zero of each script that a country writes numbers in. The other nine digits follow it in Unicode. */
const ZEROS = [...'٠۰߀०০੦૦୦௦౦೦൦෦๐໐༠၀႐០᠐᥆᧐᪀᪐᭐᮰᱀᱐꘠꣐꤀꧐꧰꩐꯰０'].map((zero) => zero.codePointAt(0)!);

/** Invisible marks that change the direction of writing. */
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The decimal mark in Arabic and Persian. */
export const ARABIC_DECIMAL_MARK = '٫';
/** Their thousands separator. */
export const ARABIC_THOUSANDS_MARK = '٬';
/** Commas of other scripts, in lists of numbers. */
const OTHER_COMMAS = /[،，、]/g;

/** Replaces digits, signs and full-width points by those of ASCII, removes direction marks, and keeps the rest. */
export function asciiDigits(text: string): string {
  return text
    .replace(DIRECTION_MARKS, '')
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(/[−－]/g, '-')
    .replaceAll('＋', '+')
    .replaceAll('．', '.');
}

function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0)!;
  const zero = ZEROS.find((one) => one <= code && code <= one + 9);
  return zero === undefined ? digit : String(code - zero);
}

/** Replaces the commas of other scripts in a list by those of ASCII. */
export function asciiCommas(text: string): string {
  return text.replace(OTHER_COMMAS, ',');
}

/** Reads a number by the rules of JavaScript, in digits of any script. @returns NaN if the text is not a number */
export function numberOf(text: string): number {
  return text.trim() === '' ? NaN : Number(asciiDigits(text).replace(ARABIC_DECIMAL_MARK, '.'));
}

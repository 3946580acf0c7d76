// Digits of other scripts, as keyboards and tables of other countries write them: read as the same digits of ASCII.

/** The zero of each script that some country writes numbers in; its nine other digits follow it in Unicode. */
const ZEROS = [...'٠۰߀०০੦૦୦௦౦೦൦෦๐໐༠၀႐០᠐᥆᧐᪀᪐᭐᮰᱀᱐꘠꣐꤀꧐꧰꩐꯰０'].map((zero) => zero.codePointAt(0)!);

/** Marks that change the direction of writing, and are not seen. */
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** What stands before the fraction in Arabic and Persian. */
export const ARABIC_DECIMAL_MARK = '٫';
/** What stands between their thousands. */
export const ARABIC_THOUSANDS_MARK = '٬';
/** Commas of other scripts, between numbers in a row. */
const OTHER_COMMAS = /[،，、]/g;

/** Digits, signs and full-width points as ASCII has them; all else stays. */
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

/** A list with the commas of other scripts as ASCII has them. */
export function asciiCommas(text: string): string {
  return text.replace(OTHER_COMMAS, ',');
}

/** @returns the number that the text is by the rules of JavaScript, but for its script; NaN if it is none */
export function numberOf(text: string): number {
  return text.trim() === '' ? NaN : Number(asciiDigits(text).replace(ARABIC_DECIMAL_MARK, '.'));
}

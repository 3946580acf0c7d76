// Parsing of numbers that people type, in the format of any locale: the one rule for all fields of the page. Pure.
import { ARABIC_DECIMAL_MARK, ARABIC_THOUSANDS_MARK, asciiDigits } from '../../src-shared/settings/typed-digits';
import { decimalMark, typedNumber } from './format';

/** Groups of three digits, separated by spaces or apostrophes. */
const SPACED = /^\d{1,3}([\s'’]\d{3})+(?=[.,]|$)/;
/** Groups of three digits, all separated by points or all by commas. In India, groups of two before the last three. */
const MARKED = /^(?:\d{1,2}(,)(?:\d{2},)+\d{3}(?!\d)|\d{1,3}([.,])\d{3}(?:\2\d{3})*)/;

/**
 * Parses "0.5", "0,5", "1e-3", "1 000", "1,000,000" and "1.000,5", and Arabic "٠٫٥". A single point or comma before
 * exactly three digits separates thousands in a field for whole numbers. In other fields it is the decimal mark if the
 * locale has the same; otherwise the text is ambiguous.
 * @param whole whether the field accepts whole numbers only
 * @returns the number, NaN if the text is not a number, or a sentence if it can mean two numbers
 */
export function readTypedNumber(text: string, whole = false): number | string {
  const typed = asciiDigits(text).trim().replaceAll(ARABIC_THOUSANDS_MARK, "'").replaceAll('，', ',');
  if (typed.includes(ARABIC_DECIMAL_MARK)) return whole ? NaN : readArabicFraction(typed);
  const [, sign, body, exponent = ''] = /^([+-]?)(\d[\d.,'’\s]*|[.,]\d+)(e[+-]?\d+)?$/i.exec(typed) ?? [];
  if (body === undefined) return NaN;
  const meanings = meaningsOf(body, whole)
    .filter((digits) => !whole || !digits.includes('.'))
    .map((digits) => Number(`${sign}${digits}${exponent}`));
  if (meanings.length === 2)
    return `“${text.trim()}” can mean ${meanings.map(typedNumber).join(' or ')}. Please type one of the two.`;
  return meanings[0] ?? NaN;
}

/** After the Arabic decimal mark is known, all other marks can only separate thousands. */
function readArabicFraction(typed: string): number {
  const [, sign, integer, fraction, exponent = ''] =
    /^([+-]?)(\d{1,3}(?:[.,'’\s]\d{3})+|\d*)٫(\d*)(e[+-]?\d+)?$/i.exec(typed) ?? [];
  const digits = `${integer?.replace(/\D/g, '') ?? ''}.${fraction ?? ''}`;
  return digits === '.' ? NaN : Number(`${sign}${digits}${exponent}`);
}

/** The numbers that the text can mean, in JavaScript notation; none if it is not a number. */
function meaningsOf(body: string, whole: boolean): string[] {
  const spaced = SPACED.exec(body)?.[0];
  if (spaced) return withFraction(spaced, body);
  const marked = MARKED.exec(body);
  const mark = marked?.[1] ?? marked?.[2];
  const marks = body.match(/[.,]/g)?.length ?? 0;
  // Groups up to the end, or up to a decimal mark of the other kind.
  if (marked && (marks > 1 || whole)) return body[marked[0].length] === mark ? [] : withFraction(marked[0], body);
  const decimal = withFraction(/^\d*/.exec(body)![0], body);
  const isCertain = !marked || body.length > marked[0].length || body.startsWith('0') || mark === decimalMark();
  return isCertain || decimal.length === 0 ? decimal : [body.replace(/[.,]/, ''), ...decimal];
}

/** @param integer the part before the decimal mark. Only the mark and digits may follow it. */
function withFraction(integer: string, body: string): string[] {
  const rest = body.slice(integer.length);
  if (!/^([.,]\d*)?$/.test(rest)) return [];
  const fraction = rest.slice(1);
  return [integer.replace(/\D/g, '') + (fraction && `.${fraction}`)];
}

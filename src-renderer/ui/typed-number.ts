// Numbers as people type them, by the custom of any country: the one rule for every field of the page. Pure.
import { ARABIC_DECIMAL_MARK, ARABIC_THOUSANDS_MARK, asciiDigits } from '../../src-shared/settings/typed-digits';
import { decimalMark, typedNumber } from './format';

/** Groups of three digits with spaces or apostrophes between them. */
const SPACED = /^\d{1,3}([\s'’]\d{3})+(?=[.,]|$)/;
/**
 * Groups of three digits with points or commas between them, all of one kind; in India and around it, of two digits
 * before the last three.
 */
const MARKED = /^(?:\d{1,2}(,)(?:\d{2},)+\d{3}(?!\d)|\d{1,3}([.,])\d{3}(?:\2\d{3})*)/;

/**
 * Reads "0.5", "0,5", "1e-3", "1 000", "1,000,000" and "1.000,5", and "٠٫٥" as Arabic has it. One point or comma before
 * exactly three digits is a sign between thousands in a field for whole numbers. In other fields it is the decimal mark
 * if it is that of the system; otherwise nobody can tell.
 * @param whole whether the field takes whole numbers only
 * @returns the number, NaN if it is none, or the sentence that refuses what can mean two numbers
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

/** With that mark, all others can only stand between thousands. */
function readArabicFraction(typed: string): number {
  const [, sign, integer, fraction, exponent = ''] =
    /^([+-]?)(\d{1,3}(?:[.,'’\s]\d{3})+|\d*)٫(\d*)(e[+-]?\d+)?$/i.exec(typed) ?? [];
  const digits = `${integer?.replace(/\D/g, '') ?? ''}.${fraction ?? ''}`;
  return digits === '.' ? NaN : Number(`${sign}${digits}${exponent}`);
}

/** The numbers that the text can mean, as JavaScript writes them; none if it is no number. */
function meaningsOf(body: string, whole: boolean): string[] {
  const spaced = SPACED.exec(body)?.[0];
  if (spaced) return withFraction(spaced, body);
  const marked = MARKED.exec(body);
  const mark = marked?.[1] ?? marked?.[2];
  const marks = body.match(/[.,]/g)?.length ?? 0;
  // Groups to the end, or up to a decimal mark of the other kind.
  if (marked && (marks > 1 || whole)) return body[marked[0].length] === mark ? [] : withFraction(marked[0], body);
  const decimal = withFraction(/^\d*/.exec(body)![0], body);
  const isCertain = !marked || body.length > marked[0].length || body.startsWith('0') || mark === decimalMark();
  return isCertain || decimal.length === 0 ? decimal : [body.replace(/[.,]/, ''), ...decimal];
}

/** @param integer what stands before the decimal mark; nothing but that and digits may follow it */
function withFraction(integer: string, body: string): string[] {
  const rest = body.slice(integer.length);
  if (!/^([.,]\d*)?$/.test(rest)) return [];
  const fraction = rest.slice(1);
  return [integer.replace(/\D/g, '') + (fraction && `.${fraction}`)];
}

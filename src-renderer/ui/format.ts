/// <reference lib="es2023.intl" />
// Numbers and dates for people, in the format of their locale. Numbers that change during training have a fixed number
// of digits, so that nothing jumps.

/** As wide as a digit. Screen readers and tests read it as a space. */
const FIGURE_SPACE = '\u2007';

let locale = 'en-US';
const formatters = new Map<string, Intl.NumberFormat>();

/** Call this before anything is formatted. @param tag BCP 47 */
export function useLocale(tag: string): void {
  locale = tag;
  formatters.clear();
}

/**
 * Cached by name: creating a formatter takes longer than using it a hundred times. What rounds to zero, such as a loss
 * of −0.00000001, has no minus sign.
 */
function numberFormat(name: string, options: () => Intl.NumberFormatOptions): Intl.NumberFormat {
  let formatter = formatters.get(name);
  if (!formatter)
    formatters.set(name, (formatter = new Intl.NumberFormat(locale, { signDisplay: 'negative', ...options() })));
  return formatter;
}

/** 60000 → "60,000" */
export function formatCount(count: number): string {
  return numberFormat('count', () => ({ maximumFractionDigits: 0 })).format(count);
}

/** Exactly this many decimals: (0.5, 2) → "0.50" */
export function formatFixed(value: number, digits: number): string {
  return numberFormat(`fixed ${digits}`, () => ({
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  })).format(value);
}

/** At most this many decimals, without trailing zeros: (2.5, 2) → "2.5" */
export function formatUpTo(value: number, digits: number): string {
  return numberFormat(`up to ${digits}`, () => ({ maximumFractionDigits: digits, useGrouping: false })).format(value);
}

/** Exactly this many significant digits: (0.5, 2) → "0.50" */
export function formatSignificant(value: number, digits: number): string {
  return numberFormat(`significant ${digits}`, () => ({
    minimumSignificantDigits: digits,
    maximumSignificantDigits: digits,
    useGrouping: false,
  })).format(value);
}

/** At most this many significant digits, without trailing zeros: (0.1, 3) → "0.1" */
export function formatShort(value: number, digits: number): string {
  return numberFormat(`short ${digits}`, () => ({ maximumSignificantDigits: digits, useGrouping: false })).format(
    value,
  );
}

/** A number as a person types it, without an exponent: 1e-6 → "0.000001", or "0,000001" with a decimal comma. */
export function typedNumber(value: number): string {
  const plain = String(value).includes('e') ? value.toFixed(12).replace(/^-?(0)\.0+$|0+$/, '$1') : String(value);
  return plain.replace('.', decimalMark());
}

/** Separator of typed lists of numbers. */
export function numberSeparator(): string {
  return decimalMark() === ',' ? ';' : ',';
}

export function decimalMark(): ',' | '.' {
  return formatFixed(0.5, 1).includes(',') ? ',' : '.';
}

/** Scientific notation with a true minus sign: (0.00002, 1) → "2.0e−5" */
export function formatExponent(value: number, digits: number): string {
  const [mantissa, exponent] = value.toExponential(digits).split('e') as [string, string];
  return `${formatFixed(Number(mantissa), digits)}e${exponent.replace('-', '−')}`;
}

/**
 * Local time: "Nov 23, 09:15 AM" in the current year, "Nov 23, 2025" in any other.
 * @param time, now milliseconds since 1970
 */
export function formatMoment(time: number, now: number): string {
  const thisYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  const rest = thisYear ? ({ hour: '2-digit', minute: '2-digit' } as const) : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', ...rest }).format(time);
}

/** Local time in full, for documents: "November 23, 2026 at 9:15 AM". @param time milliseconds since 1970 */
export function formatDate(time: number): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }).format(time);
}

/** The range of a page in a list: (60, 60, 6131) → "61–120 of 6,131". @param first from 0 */
export function formatRange(first: number, shown: number, count: number): string {
  return count === 0 ? 'none' : `${formatCount(first + 1)}–${formatCount(first + shown)} of ${formatCount(count)}`;
}

/** Pads a number to a fixed width: ("9.2", 4) → " 9.2" with a space as wide as a digit. */
export function padNumber(text: string, width: number): string {
  return text.padStart(width, FIGURE_SPACE);
}

/** 0.9763 → "97.6%" */
export function formatPercent(share: number, digits = 1): string {
  return numberFormat(`percent ${digits}`, () => ({
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  })).format(share);
}

/** A loss in about the same width, whatever its size: 0.0814 → "0.081", 2.302 → "2.302", 31.22 → "31.22". */
export function formatLoss(loss: number): string {
  if (!Number.isFinite(loss)) return '–';
  return loss >= 1000 ? formatExponent(loss, 1) : formatFixed(loss, loss >= 10 ? 2 : 3);
}

/** The time left, as precise as the estimate is: "2 s left", "1 min 20 s left", "2 h 5 min left". */
export function formatTimeLeft(seconds: number): string {
  if (!Number.isFinite(seconds)) return '';
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} s left`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s left`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
}

/** 47040016 → "47.0 MB", in powers of 1,000 as in file managers. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${formatFixed(bytes / 1000, 1)} kB`;
  if (bytes < 1_000_000_000) return `${formatFixed(bytes / 1_000_000, 1)} MB`;
  return `${formatFixed(bytes / 1_000_000_000, 1)} GB`;
}

/** Two significant digits with a sign, and a true minus: −0.25, +0.20. */
export function formatSigned(value: number): string {
  return `${value < 0 ? '−' : '+'}${formatSignificant(Math.abs(value), 2)}`;
}

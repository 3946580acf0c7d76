// Numbers as people read them: the same width for the same kind of number, so that nothing jumps.

/** As wide as a digit, and a space to whoever reads the text aloud or in a test. */
const FIGURE_SPACE = '\u2007';

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** 60000 → "60,000" */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** A page of a list: (60, 60, 6131) → "61–120 of 6,131". @param first from 0 */
export function formatRange(first: number, shown: number, count: number): string {
  return count === 0 ? 'none' : `${formatCount(first + 1)}–${formatCount(first + shown)} of ${formatCount(count)}`;
}

/** Keeps a growing number in its place: ("9.2", 4) → " 9.2" with a space as wide as a digit. */
export function padNumber(text: string, width: number): string {
  return text.padStart(width, FIGURE_SPACE);
}

/** 0.9763 → "97.6%" */
export function formatPercent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)}%`;
}

/** Four characters of a loss, whatever its size: 0.0814 → "0.081", 2.302 → "2.302", 31.22 → "31.22". */
export function formatLoss(loss: number): string {
  if (!Number.isFinite(loss)) return '–';
  return loss >= 1000 ? loss.toExponential(1) : loss.toFixed(loss >= 10 ? 2 : 3);
}

/** What is left of a run, no more exact than the guess is: "2 s left", "1 min 20 s left", "2 h 5 min left". */
export function formatTimeLeft(seconds: number): string {
  if (!Number.isFinite(seconds)) return '';
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} s left`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s left`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
}

/** 47040016 → "47.0 MB", in steps of 1,000 as file managers count. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}

/** The end of a weight scale, with a true minus sign: −0.25. */
export function formatSigned(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toPrecision(2)}`;
}

// The learning rate over a run as a small curve, and in words. Pure.
import { learningRateAt, type ScheduleSettings } from '../../src-shared/settings/schedule';
import { formatExponent, formatFixed, formatShort, formatUpTo } from '../ui/format';

export interface ScheduleCurve {
  /** Length of the horizontal axis. */
  epochs: number;
  /** The largest learning rate, at the top of the vertical axis. */
  most: number;
  /** x and y from 0 to 1. */
  points: readonly (readonly [x: number, y: number])[];
}

/** Enough for a step to look vertical at the width of the settings panel. */
const SAMPLES = 240;

/** @param start epochs that were trained before the schedule began */
export function scheduleCurve(settings: ScheduleSettings, epochs: number, start = 0): ScheduleCurve {
  const length = Math.max(epochs - start, Number.EPSILON);
  const rates = Array.from({ length: SAMPLES + 1 }, (_, at) => {
    const epoch = (at / SAMPLES) * length;
    return [(start + epoch) / epochs, learningRateAt(settings, epoch, length)] as const;
  });
  const most = Math.max(Number.MIN_VALUE, ...rates.map(([, rate]) => rate));
  return { epochs, most, points: rates.map(([x, rate]) => [x, rate / most] as const) };
}

/** The current place of a run on its curve: x and y from 0 to 1. */
export function scheduleDot(
  { epochs, most }: ScheduleCurve,
  trained: number,
  rate: number,
): readonly [x: number, y: number] {
  return [Math.min(1, trained / epochs), Math.min(1, rate / most)];
}

/** A learning rate in a fixed number of characters, so that nothing jumps: 0.1 → "0.10000". */
export function formatRate(rate: number): string {
  return rate > 0 && rate < 0.0001 ? formatExponent(rate, 2) : formatFixed(rate, 5).slice(0, 7);
}

/** A learning rate without trailing zeros, for axes and labels. */
export function shortRate(rate: number): string {
  return rate < 0.0001 && rate > 0 ? formatExponent(rate, 1) : formatShort(rate, 3);
}

/** "Learning rate over 20 epochs: from 0 up to 0.1 at epoch 2, at the end 0". */
export function scheduleInWords({ epochs, most, points }: ScheduleCurve): string {
  const [first, last] = [points[0]![1] * most, points.at(-1)![1] * most];
  const top = points.find(([, y]) => y > 1 - 1e-9)!;
  const rise =
    first < most * (1 - 1e-9)
      ? `from ${shortRate(first)} up to ${shortRate(most)} at epoch ${formatUpTo(top[0] * epochs, 1)}`
      : shortRate(most);
  const fall = last < most * (1 - 1e-9) ? `, at the end ${shortRate(last)}` : ' to the end';
  return `Learning rate over ${epochs} epochs: ${rise}${fall}`;
}

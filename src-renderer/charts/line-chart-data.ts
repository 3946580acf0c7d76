// What a chart of lines over epochs is made of, whether it is drawn on the screen or written as SVG. Pure.
import type { ChangeMark } from './change-marks';
import type { CurvePoint } from './curves';
import type { ValueAxis } from './scales';
import type { Theme } from './theme';
import type { Range } from './zoom';

export interface Series {
  /** At the line's end, before its value; a line without a name has no label and no tooltip. */
  name: string;
  points: readonly CurvePoint[];
  color: (theme: Theme) => string;
  width: number;
  dash?: readonly number[];
  /** A dot at every point, where there are not too many. */
  dots?: boolean;
  /** The room between this line and the one before it is filled, faintly. */
  band?: boolean;
}

export interface LineChartData {
  series: readonly Series[];
  /** From left to right. */
  marks: readonly ChangeMark[];
  range: Range;
  axis: ValueAxis;
  formatValue: (value: number) => string;
  formatTick: (value: number) => string;
  /** CSS pixels right of the plot, for what stands at the ends of the lines; PLOT_RIGHT unless told. */
  right?: number;
}

/**
 * CSS pixels left of the plot, whatever the numbers, so that it stays where it is; right of it room for "train 97.63%".
 */
export const PLOT_LEFT = 52;
export const PLOT_RIGHT = 92;
const SINGLE_POINTS = 60;

export const hasDots = (points: readonly CurvePoint[]): boolean => points.length <= SINGLE_POINTS;

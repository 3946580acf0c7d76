// The data of a line chart over epochs, for the screen and for SVG. Pure.
import type { ChangeMark } from './change-marks';
import type { CurvePoint } from './curves';
import type { ValueAxis } from './scales';
import type { Theme } from './theme';
import type { Range } from './zoom';

export interface Series {
  /** Shown at the line's end, before its value. A line with an empty name has no label and no tooltip. */
  name: string;
  points: readonly CurvePoint[];
  color: (theme: Theme) => string;
  width: number;
  dash?: readonly number[];
  /** A dot at every point, unless there are too many. */
  dots?: boolean;
  /** Whether to fill the area between this line and the one before it. */
  band?: boolean;
  /** Whether it lies behind the others, whose labels may cover it. */
  behind?: boolean;
}

export interface LineChartData {
  series: readonly Series[];
  /** From left to right. */
  marks: readonly ChangeMark[];
  range: Range;
  axis: ValueAxis;
  formatValue: (value: number) => string;
  formatTick: (value: number) => string;
  /** CSS pixels right of the plot, for the labels at the ends of the lines; PLOT_RIGHT by default. */
  right?: number;
}

/** CSS pixels left of the plot, fixed so that it never moves, and right of it, for labels such as "train 97.63%". */
export const PLOT_LEFT = 52;
export const PLOT_RIGHT = 92;
const MOST_DOTS = 60;

export const hasDots = (points: readonly CurvePoint[]): boolean => points.length <= MOST_DOTS;

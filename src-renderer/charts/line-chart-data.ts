// The data of a line chart over epochs, for the screen and for SVG. Pure.
import type { ChangeMark } from './change-marks';
import type { CurvePoint } from './curves';
import { LABEL_GAP } from './end-labels';
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
  /** The shape of the dots. */
  mark?: Mark;
  /** Whether to fill the area between this line and the one before it. */
  band?: boolean;
  /** Whether it lies behind the others, whose labels may cover it. */
  behind?: boolean;
}

/** Shapes that Chart.js knows. */
export type Mark = 'circle' | 'rect' | 'rectRot' | 'triangle';

export interface LineChartData {
  series: readonly Series[];
  /** From left to right. */
  marks: readonly ChangeMark[];
  range: Range;
  axis: ValueAxis;
  formatValue: (value: number) => string;
  formatTick: (value: number) => string;
  /** A value as long as any, if the values of the axis are shorter. */
  longest?: string;
  /** CSS pixels right of the plot, for the labels at the ends of the lines; what they need by default. */
  right?: number;
  /** Whether the values at the ends of the lines are a column of their own at the right edge, apart from the names. */
  valueColumn?: boolean;
}

/** CSS pixels left of the plot, fixed so that it never moves. */
export const PLOT_LEFT = 52;
/** Room right of the plot if no line has a name: half of the last number below the axis. */
const LEAST_RIGHT = 24;
const MOST_DOTS = 60;

/**
 * CSS pixels that the labels at the ends of the lines need: their names with the longest of a few values of the axis.
 * All digits count as equally wide, so that the plot keeps its place during training. The newest values count too, so
 * that no label is ever cut off.
 * @param widthOf a text in the labels' font, CSS pixels
 * @param scale of the text: distances grow with it
 */
export function labelRoom(
  { series, axis, formatValue, longest = '' }: Pick<LineChartData, 'series' | 'axis' | 'formatValue' | 'longest'>,
  widthOf: (text: string) => number,
  scale = 1,
): number {
  const sameWidth = (text: string): string => text.replaceAll(/\d/g, '0');
  const typical = [axis.min, (axis.min + axis.max) / 3, axis.max].map((value) => sameWidth(formatValue(value)));
  const named = series.filter(({ name }) => name !== '');
  const begun = named.filter(({ points }) => points.length > 0);
  const widths = (begun.length > 0 ? begun : named).flatMap(({ name, points }) => {
    const newest = points.at(-1);
    const values = [...typical, longest, ...(newest ? [sameWidth(formatValue(newest.y))] : [])];
    return values.map((value) => widthOf(`${name} ${value}`));
  });
  return widths.length === 0 ? LEAST_RIGHT : LABEL_GAP * scale + 4 * Math.ceil(Math.max(...widths) / 4);
}

export const hasDots = (points: readonly CurvePoint[]): boolean => points.length <= MOST_DOTS;

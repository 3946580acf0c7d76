// A line chart over epochs as SVG, as the screen shows it. Uses only what every drawing program supports. Pure.
import { formatUpTo } from '../ui/format';
import { escapeMarkup } from '../ui/markup';
import { MARK_LABEL_HEIGHT } from './change-marks';
import { LABEL_GAP, labelLeft, LINE_HEIGHT, NAME_GAP } from './end-labels';
import { placeLabels, type CurvePoint } from './curves';
import { hasDots, labelRoom, PLOT_LEFT, type LineChartData, type Series } from './line-chart-data';
import { placeMarkLabels } from './mark-labels';
import { isRoundTick, pointsIn, thinned, type ValueAxis } from './scales';
import type { Theme } from './theme';

export interface SvgPlace {
  /** Size of the drawing, CSS pixels. */
  width: number;
  height: number;
  /** Unique in the document. */
  id: string;
  title: string;
  /** Text alternative. */
  description: string;
}

const ABOVE = 10;
const BELOW = 30;
const DOT = 2.5;
/** More points than that are not visible. */
const POINTS_PER_PIXEL = 2;
const MOST_X_TICKS = 6;
/** Average width of a character of the small text, to place labels without measuring them. CSS pixels. */
const CHARACTER = 6.6;

interface Plot {
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: (epochs: number) => number;
  y: (value: number) => number;
}

/** @param theme its colours may have any CSS notation */
export function svgChart(
  data: LineChartData,
  theme: Theme,
  { width, height, id, title, description }: SvgPlace,
): string {
  const plot = plotOf(data, width, height);
  const [w, h] = [plot.right - plot.left, plot.bottom - plot.top];
  const text = `font-family:${theme.fontFamily};font-size:${theme.smallText}px`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ` +
      `${height}" overflow="visible" role="img" aria-labelledby="${id}-title ${id}-desc" ` +
      `style="${escapeMarkup(text)}">`,
    `<title id="${id}-title">${escapeMarkup(title)}</title><desc id="${id}-desc">${escapeMarkup(description)}</desc>`,
    `<clipPath id="${id}-clip"><rect x="${n(plot.left - 2)}" y="${n(plot.top - 2)}" width="${n(w + 4)}" ` +
      `height="${n(h + 4)}"/></clipPath>`,
    ...yTicks(data, theme, plot),
    ...xTicks(data, theme, plot),
    ...marks(data, theme, plot, width),
    `<g clip-path="url(#${id}-clip)">`,
    ...data.series.flatMap((series, k) => line(series, data.series[k - 1], data, theme, plot)),
    '</g>',
    ...ends(data, theme, plot),
    '</svg>',
  ].join('\n');
}

function plotOf(data: LineChartData, width: number, height: number): Plot {
  const { marks: all, range, axis } = data;
  const right = data.right ?? labelRoom(data, (label) => CHARACTER * label.length);
  const [left, end, top, bottom] = [
    PLOT_LEFT,
    width - right,
    all.length > 0 ? MARK_LABEL_HEIGHT : ABOVE,
    height - BELOW,
  ];
  const share = axis.log
    ? (value: number) => Math.log(value / axis.min) / Math.log(axis.max / axis.min)
    : (value: number) => (value - axis.min) / (axis.max - axis.min);
  return {
    left,
    right: end,
    top,
    bottom,
    x: (epochs) => left + ((end - left) * (epochs - range.from)) / (range.to - range.from),
    y: (value) => (axis.reverse ? top + (bottom - top) * share(value) : bottom - (bottom - top) * share(value)),
  };
}

function yTicks({ axis, formatTick }: LineChartData, theme: Theme, { left, right, y }: Plot): string[] {
  return ticksOf(axis).map((tick) => {
    const at = n(y(tick));
    return (
      `<path d="M${n(left)} ${at}H${n(right)}" style="stroke:${theme.line};fill:none"/><text x="${n(left - 8)}" ` +
      `y="${at}" dy=".35em" text-anchor="end" ` +
      `style="fill:${theme.muted}">${escapeMarkup(formatTick(tick))}</text>`
    );
  });
}

/** The ticks with a number. */
export function ticksOf({ min, max, step, log }: ValueAxis): number[] {
  if (!log) {
    const each = step ?? (max - min) / 5;
    return Array.from({ length: Math.floor((max - min) / each + 1e-6) + 1 }, (_, k) => min + k * each);
  }
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(min) + 1e-9); power <= Math.log10(max) + 1e-9; power++) {
    for (const digit of [1, 2, 5]) ticks.push(Number((digit * 10 ** power).toPrecision(3)));
  }
  return ticks.filter((tick) => isRoundTick(tick) && tick >= min * (1 - 1e-9) && tick <= max * (1 + 1e-9));
}

function xTicks({ range: { from, to } }: LineChartData, theme: Theme, { bottom, left, x }: Plot): string[] {
  const power = 10 ** Math.floor(Math.log10((to - from) / MOST_X_TICKS));
  const step = [1, 2, 5, 10].map((digit) => digit * power).find((one) => (to - from) / one <= MOST_X_TICKS)!;
  const first = Math.ceil(from / step - 1e-9);
  const ticks = Array.from({ length: Math.floor(to / step + 1e-9) - first + 1 }, (_, k) => (first + k) * step);
  const y = n(bottom + 20);
  const style = `fill:${theme.muted}`;
  return [
    ...ticks.map(
      (tick) => `<text x="${n(x(tick))}" y="${y}" text-anchor="middle" style="${style}">${formatUpTo(tick, 3)}</text>`,
    ),
    `<text x="${n(left - NAME_GAP)}" y="${y}" text-anchor="end" style="${style}">epoch</text>`,
  ];
}

function marks({ marks: all }: LineChartData, theme: Theme, { top, bottom, x }: Plot, width: number): string[] {
  const places = placeMarkLabels(
    all.map((mark) => ({ x: x(mark.x), width: CHARACTER * mark.text.length })),
    0,
    width,
  );
  return all.flatMap((mark, k) => {
    const label = places[k];
    const rule =
      `<path d="M${n(x(mark.x))} ${n(label === undefined ? top : top - MARK_LABEL_HEIGHT + 4)}V${n(bottom)}" ` +
      `style="stroke:${theme.lineStrong};fill:none"/>`;
    return label === undefined
      ? [rule]
      : [
          rule,
          `<text x="${n(label)}" y="${n(top - MARK_LABEL_HEIGHT / 2)}" ` +
            `style="fill:${theme.muted}">${escapeMarkup(mark.text)}</text>`,
        ];
  });
}

function line(
  series: Series,
  before: Series | undefined,
  { range }: LineChartData,
  theme: Theme,
  plot: Plot,
): string[] {
  const color = series.color(theme);
  const points = visiblePoints(series, range, plot);
  if (points.length === 0) return [];
  const path = `M${points.map((point) => at(point, plot)).join('L')}`;
  const dash = series.dash ? `;stroke-dasharray:${series.dash.join(' ')}` : '';
  const parts = [
    `<path d="${path}" ` +
      `style="fill:none;stroke:${color};stroke-width:${series.width};stroke-linejoin:round${dash}"/>`,
  ];
  if (series.band && before) {
    const back = visiblePoints(before, range, plot)
      .map((point) => at(point, plot))
      .reverse();
    parts.unshift(`<path d="${path}L${back.join('L')}Z" style="fill:${color};fill-opacity:.18;stroke:none"/>`);
  }
  if (series.dots && hasDots(series.points))
    parts.push(
      ...points.map(
        ({ x, y }) => `<circle cx="${n(plot.x(x))}" cy="${n(plot.y(y))}" r="${DOT}" style="fill:${color}"/>`,
      ),
    );
  return parts;
}

function visiblePoints(
  { points }: Series,
  { from, to }: LineChartData['range'],
  { left, right }: Plot,
): readonly CurvePoint[] {
  return thinned(pointsIn(points, from, to), Math.max(1, Math.round(POINTS_PER_PIXEL * (right - left))));
}

/** Labels with name and newest value, at the ends of the lines. */
function ends(
  { series, range, formatValue, valueColumn, right: room = 0 }: LineChartData,
  theme: Theme,
  { top, bottom, right, x, y }: Plot,
): string[] {
  const shown = series.flatMap((one) => {
    const last =
      one.name === '' ? undefined : one.points.filter((point) => point.x <= range.to && point.x >= range.from).at(-1);
    if (!last) return [];
    const end = { x: x(last.x), y: y(last.y), behind: one.behind === true };
    return [{ ...end, name: one.name, value: formatValue(last.y), color: one.color(theme) }];
  });
  const heights = placeLabels(
    shown.map((end) => end.y),
    LINE_HEIGHT,
    top - 9,
    bottom + 9,
  );
  return shown.map((end, k) => {
    const label = (text: string, x: number, anchor = ''): string =>
      `<text x="${n(x)}" y="${n(heights[k]!)}" dy=".35em"${anchor} ` +
      `style="fill:${end.color};font-weight:600">${escapeMarkup(text)}</text>`;
    const left = labelLeft(end, shown);
    return valueColumn
      ? label(end.name, left) + label(end.value, right + room - 2, ' text-anchor="end"')
      : label(`${end.name} ${end.value}`, left);
  });
}

function at({ x, y }: CurvePoint, plot: Plot): string {
  return `${n(plot.x(x))} ${n(plot.y(y))}`;
}

/** Rounded to a tenth of a pixel. */
function n(value: number): string {
  return String(Number(value.toFixed(1)));
}

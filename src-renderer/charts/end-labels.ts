// Draws name and value at the end of each line of a chart, so that no legend is needed.
import type { Chart, ChartType, Plugin } from 'chart.js';
import { placeLabels } from './curves';

/** CSS pixels: height of a label, and its distance from the end of the longest line. */
export const LINE_HEIGHT = 18;
export const LABEL_GAP = 10;
/** Distance of the axis name from the plot, CSS pixels: clear of the first number. */
export const NAME_GAP = 14;
/** The order of a dataset that Chart.js draws before the others. */
export const BEHIND = 1;

export interface EndLabelOptions {
  /** A line's name and its newest value. A line with an empty name has no label. */
  text: (datasetIndex: number, value: number) => [string, string];
  /** CSS pixels right of the plot where the values end, if they are a column apart from the names. */
  column: number | undefined;
  font: string;
  /** Around the letters, so that lines and grid do not cross them. */
  paper: string;
  /** Name of the horizontal axis, before its first number, where it takes no room from the plot. */
  axisName: { text: string; color: string; font: string };
}

interface End {
  x: number;
  y: number;
  dataset: number;
  value: number;
  color: string;
  /** Whether the line continues beyond the visible range. */
  continues: boolean;
  behind: boolean;
}

/** Left edge of a line's label: right of all lines, so that it covers none of them but those behind. */
export function labelLeft({ behind }: Pick<End, 'behind'>, ends: readonly Pick<End, 'x' | 'behind'>[]): number {
  return Math.max(...ends.filter((end) => behind || !end.behind).map(({ x }) => x)) + LABEL_GAP;
}

function endsOf(chart: Chart): End[] {
  const { left, right } = chart.chartArea;
  return chart.data.datasets.flatMap((dataset, index): End[] => {
    // The newest visible point: a zoomed chart shows only a part of the run.
    const elements = chart.getDatasetMeta(index).data;
    let last = elements.length - 1;
    while (last >= 0 && elements[last]!.x > right + 1) last--;
    const element = elements[last];
    const value = (dataset.data[last] as { y: number } | undefined)?.y;
    if (!element || value === undefined || element.x < left - 1 || dataset.label === '') return [];
    const next = elements[last + 1];
    const y = next ? element.y + ((next.y - element.y) * (right - element.x)) / (next.x - element.x) : element.y;
    return [
      {
        x: next ? right : element.x,
        y,
        dataset: index,
        value,
        color: dataset.borderColor as string,
        continues: next !== undefined,
        behind: dataset.order === BEHIND,
      },
    ];
  });
}

function drawAxisName({ ctx, chartArea, scales }: Chart, { axisName }: EndLabelOptions): void {
  const { bottom } = scales['x']!;
  ctx.font = axisName.font;
  ctx.fillStyle = axisName.color;
  ctx.textAlign = 'right';
  ctx.fillText(axisName.text, chartArea.left - NAME_GAP, (chartArea.bottom + bottom) / 2 + 3);
  ctx.textAlign = 'left';
}

/** Heights of the labels' centres. */
function labelHeights({ chartArea: { top, bottom } }: Chart, ends: readonly End[]): number[] {
  const wanted = ends.map(({ y }) => y);
  return placeLabels(wanted, LINE_HEIGHT, top - 9, bottom + 9);
}

/** The left edge of labels that reach above the plot; undefined if none does. */
export function labelsAbovePlot(chart: Chart): number | undefined {
  const ends = endsOf(chart);
  const above = labelHeights(chart, ends).flatMap((height, index) =>
    height < chart.chartArea.top + 4 ? [labelLeft(ends[index]!, ends)] : [],
  );
  return above.length > 0 ? Math.min(...above) : undefined;
}

function drawEnds(chart: Chart, options: EndLabelOptions): void {
  const ends = endsOf(chart);
  const heights = labelHeights(chart, ends);
  const { top, bottom } = chart.chartArea;
  const { ctx } = chart;
  ctx.font = options.font;
  ctx.strokeStyle = options.paper;
  ctx.lineWidth = 4;
  ctx.lineJoin = 'round';
  ends.forEach((end, index) => {
    ctx.fillStyle = end.color;
    drawLabel(chart, options, options.text(end.dataset, end.value), labelLeft(end, ends), heights[index]!);
    if (end.continues || end.y < top || end.y > bottom) return;
    ctx.beginPath();
    ctx.arc(end.x, end.y, 3.5, 0, 2 * Math.PI);
    ctx.fill();
  });
}

function drawLabel(
  { ctx, chartArea }: Chart,
  { column }: EndLabelOptions,
  [name, value]: readonly [string, string],
  x: number,
  y: number,
): void {
  const draw = (text: string, at: number): void => {
    ctx.strokeText(text, at, y);
    ctx.fillText(text, at, y);
  };
  draw(column === undefined ? `${name} ${value}` : name, x);
  if (column === undefined) return;
  ctx.textAlign = 'right';
  draw(value, chartArea.right + column - 2);
  ctx.textAlign = 'left';
}

export function drawEndLabels(chart: Chart, options: EndLabelOptions): void {
  const { ctx } = chart;
  ctx.save();
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  drawAxisName(chart, options);
  drawEnds(chart, options);
  ctx.restore();
}

export const endLabels: Plugin<'line', EndLabelOptions> = {
  id: 'endLabels',
  afterDatasetsDraw: (chart, _args, options) => drawEndLabels(chart, options),
};

declare module 'chart.js' {
  // Chart.js requires the type parameter.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  interface PluginOptionsByType<TType extends ChartType> {
    endLabels?: EndLabelOptions;
  }
}

// Draws name and value at the end of each line of a chart, so that no legend is needed.
import type { Chart, ChartType, Plugin } from 'chart.js';
import { placeLabels } from './curves';

/** CSS pixels: height of a label, and its distance from the end of the longest line. */
export const LINE_HEIGHT = 18;
export const GAP = 10;

export interface EndLabelOptions {
  /** The label of a line's newest value. A line with an empty name has no label. */
  text: (datasetIndex: number, value: number) => string;
  font: string;
  /** Of the text: distances grow with it. */
  scale: number;
  /** Name of the horizontal axis, beside its last number, where it takes no height from the figure. */
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
      },
    ];
  });
}

function drawAxisName({ ctx, chartArea, scales }: Chart, { axisName, scale }: EndLabelOptions): void {
  const { bottom } = scales['x']!;
  ctx.font = axisName.font;
  ctx.fillStyle = axisName.color;
  ctx.fillText(axisName.text, chartArea.right + 2 * GAP * scale, (chartArea.bottom + bottom) / 2 + 3);
}

/** Positions of the labels: right of the longest line, so that no label covers another line. */
function labelPlaces(chart: Chart, ends: readonly End[], scale = 1): { x: number; heights: number[] } {
  const { top, bottom } = chart.chartArea;
  const wanted = ends.map(({ y }) => y);
  return {
    x: Math.max(...ends.map((end) => end.x)) + GAP * scale,
    heights: placeLabels(wanted, LINE_HEIGHT * scale, top - 9 * scale, bottom + 9 * scale),
  };
}

/** The left edge of labels that reach above the plot; undefined if none does. */
export function labelsAbovePlot(chart: Chart): number | undefined {
  const ends = endsOf(chart);
  const { x, heights } = labelPlaces(chart, ends);
  return heights.some((height) => height < chart.chartArea.top + 4) ? x : undefined;
}

function drawEnds(chart: Chart, options: EndLabelOptions): void {
  const ends = endsOf(chart);
  const { x, heights } = labelPlaces(chart, ends, options.scale);
  const { top, bottom } = chart.chartArea;
  const { ctx } = chart;
  ctx.font = options.font;
  ends.forEach((end, index) => {
    ctx.fillStyle = end.color;
    ctx.fillText(options.text(end.dataset, end.value), x, heights[index]!);
    if (end.continues || end.y < top || end.y > bottom) return;
    ctx.beginPath();
    ctx.arc(end.x, end.y, 3.5 * options.scale, 0, 2 * Math.PI);
    ctx.fill();
  });
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

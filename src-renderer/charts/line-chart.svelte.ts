// A line chart over epochs, created, updated and destroyed with its canvas.
import {
  Chart,
  DomPlatform,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
  type ChartConfiguration,
  type ChartDataset,
} from 'chart.js';
import { formatUpTo } from '../ui/format';
import type { Attachment } from 'svelte/attachments';
import { bands } from './bands';
import { changeMarks, MARK_LABEL_HEIGHT } from './change-marks';
import type { CurvePoint } from './curves';
import { BEHIND, endLabels } from './end-labels';
import { CLIP, drawOnFrame, framePicture } from './frame-picture';
import { faded } from './hex-color';
import './interaction';
import { hasDots, labelRoom, PLOT_LEFT, type LineChartData } from './line-chart-data';
import { isRoundTick } from './scales';
import { themeAt } from './theme';

Chart.register(
  bands,
  LinearScale,
  LogarithmicScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  endLabels,
  changeMarks,
  framePicture,
);

/** Distance, as a share of the axis, within which the mouse selects a mark. */
const NEAR = 1 / 80;

/** Lines and margins grow with the text. */
type Theme = ReturnType<typeof themeAt>;
type LineConfiguration = ChartConfiguration<'line', CurvePoint[]>;

function datasets({ series }: LineChartData, theme: Theme): ChartDataset<'line', CurvePoint[]>[] {
  return series.map(({ name, points, color, width, dash, dots, mark, band, behind }) => ({
    label: name,
    data: points as CurvePoint[],
    order: behind ? BEHIND : 0,
    borderColor: color(theme),
    borderWidth: width * theme.scale,
    borderDash: (dash ?? []).map((length) => length * theme.scale),
    clip: CLIP,
    pointRadius: dots && hasDots(points) ? (mark ? 4 : 2.5) * theme.scale : 0,
    pointStyle: mark ?? 'circle',
    pointHoverRadius: dots ? 4 : 3,
    pointBackgroundColor: color(theme),
    fill: band === true,
    backgroundColor: faded(color(theme), 18),
  }));
}

/** @param read gives the current data, whenever Chart.js calls one of the functions */
function options(read: () => LineChartData, theme: Theme): NonNullable<LineConfiguration['options']> {
  const { scale } = theme;
  const { range, axis, marks, right = 0 } = read();
  const font = { family: theme.fontFamily, size: theme.smallText };
  const ticks = { color: theme.muted, font, padding: 8 };
  const tick = (value: string | number): string => read().formatTick(Number(value));
  const changesNear = (x: number): string[] =>
    read()
      .marks.filter((mark) => Math.abs(mark.x - x) <= (range.to - range.from) * NEAR)
      .map(({ says }) => says);
  const span = range.to - range.from;
  const plainFont = `${theme.smallText}px ${theme.fontFamily}`;
  return {
    parsing: false,
    normalized: true,
    animation: false,
    maintainAspectRatio: false,
    layout: { padding: { right, top: marks.length > 0 ? MARK_LABEL_HEIGHT : 10 * scale } },
    interaction: { mode: 'nearestOfEach', intersect: false },
    scales: {
      x: {
        type: 'linear',
        min: range.from,
        max: range.to,
        border: { display: false },
        grid: { display: false },
        ticks: {
          ...ticks,
          maxTicksLimit: 6,
          maxRotation: 0,
          includeBounds: false,
          callback: (value) => formatUpTo(Number(value), 2),
          ...(span <= 5 && span >= 2 && { stepSize: 1 }),
        },
      },
      y: {
        type: axis.log ? 'logarithmic' : 'linear',
        min: axis.min,
        max: axis.max,
        reverse: axis.reverse ?? false,
        border: { display: false },
        grid: { color: theme.line, drawTicks: false },
        ticks: { ...ticks, ...(axis.step !== undefined && { stepSize: axis.step }), callback: tick },
        // Each grid line has a number.
        afterBuildTicks: (axisBox) => {
          if (axis.log) axisBox.ticks = axisBox.ticks.filter(({ value }) => isRoundTick(value));
        },
        afterFit: (axisBox) => {
          axisBox.width = PLOT_LEFT * scale;
        },
      },
    },
    plugins: {
      endLabels: {
        text: (index, value) => [read().series[index]?.name ?? '', read().formatValue(value)],
        column: read().valueColumn ? right : undefined,
        font: labelFont(theme),
        paper: theme.paper,
        scale,
        axisName: { text: 'epoch', color: theme.muted, font: plainFont },
      },
      changeMarks: { marks, line: theme.lineStrong, color: theme.muted, font: plainFont },
      tooltip: {
        backgroundColor: theme.ink,
        bodyColor: theme.paper,
        bodyFont: font,
        footerColor: theme.paper,
        footerFont: font,
        displayColors: false,
        padding: 10,
        cornerRadius: 4,
        caretSize: 0,
        filter: ({ datasetIndex }) => Boolean(read().series[datasetIndex]?.name),
        callbacks: {
          title: () => '',
          footer: ([nearest]) => changesNear(nearest?.parsed.x ?? NaN),
          label: ({ datasetIndex, parsed }) =>
            `${read().series[datasetIndex]!.name} ${read().formatValue(parsed.y ?? NaN)} at epoch ` +
            `${formatUpTo(parsed.x ?? 0, 2)}`,
        },
      },
    },
  };
}

/**
 * Sizes a canvas in whole device pixels. Its box may end between two pixels; the browser would then stretch the canvas
 * by a fraction of a pixel, and blur it.
 */
class WholePixels extends DomPlatform {
  override getMaximumSize(...args: Parameters<DomPlatform['getMaximumSize']>): { width: number; height: number } {
    const { width, height } = super.getMaximumSize(...args);
    const ratio = this.getDevicePixelRatio();
    return { width: Math.floor(width * ratio) / ratio, height: Math.floor(height * ratio) / ratio };
  }
}

/** The same data with the room for the labels, measured in their font. */
function withRoom(data: LineChartData, context: CanvasRenderingContext2D, theme: Theme): LineChartData {
  if (data.right !== undefined) return data;
  context.save();
  context.font = labelFont(theme);
  const right = labelRoom(data, (label) => context.measureText(label).width, theme.scale);
  context.restore();
  return { ...data, right };
}

const labelFont = ({ smallText, fontFamily }: Theme): string => `600 ${smallText}px ${fontFamily}`;

/** Draws new points in the existing frame, as chart.update does, but without laying out and drawing the frame. */
function redrawLines(chart: Chart<'line', CurvePoint[]>, { marks, series }: LineChartData): void {
  chart.data.datasets.forEach((_, index) => {
    const { controller } = chart.getDatasetMeta(index);
    controller.buildOrUpdateElements();
    controller.update('none');
  });
  // Labels of marks move out of the way of the lines' labels, and a plugin draws the bands.
  if (marks.length > 0 || series.some(({ band }) => band) || chart.getActiveElements().length > 0) chart.render();
  else drawOnFrame(chart);
}

/** The current data of each chart, for saving. */
const shownOn = new WeakMap<HTMLCanvasElement, LineChartData>();

export function shownBy(canvas: HTMLCanvasElement): LineChartData | undefined {
  return shownOn.get(canvas);
}

/** @param read reactive: the chart is updated when anything that it reads changes */
export function lineChart(read: () => LineChartData): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    $effect(() => {
      // Other colours need a new chart: Chart.js keeps the colours of existing points.
      const theme = themeAt(canvas);
      let chart: Chart<'line', CurvePoint[]> | undefined;
      let shown: LineChartData;
      let frame = '';
      $effect(() => {
        shown = withRoom(read(), canvas.getContext('2d')!, theme);
        shownOn.set(canvas, shown);
        // The frame around the lines changes rarely, and takes Chart.js the most time.
        const { range, axis, marks, series, right } = shown;
        const newFrame = JSON.stringify([
          range,
          axis,
          marks,
          right,
          series.map(({ name, points }) => [name, hasDots(points)]),
        ]);
        const changed = newFrame !== frame;
        frame = newFrame;
        if (!chart) {
          chart = new Chart(canvas, {
            type: 'line',
            platform: WholePixels,
            data: { datasets: datasets(shown, theme) },
            options: options(() => shown, theme),
          });
          return;
        }
        const now = datasets(shown, theme);
        if (changed) {
          chart.data.datasets = now;
          chart.options = options(() => shown, theme);
          chart.update('none');
        } else {
          now.forEach((dataset, index) => Object.assign(chart!.data.datasets[index]!, dataset));
          redrawLines(chart, shown);
        }
      });
      return () => chart?.destroy();
    });
  };
}

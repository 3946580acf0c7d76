// One chart of train, test and validation over epochs: made when its canvas appears, updated while it is there, destroyed with it.
import { Chart, LinearScale, LineController, LineElement, PointElement, Tooltip, type ChartConfiguration } from 'chart.js';
import type { Attachment } from 'svelte/attachments';
import { changeMarks, MARK_LABEL_HEIGHT, type ChangeMark } from './change-marks';
import type { Axis, CurvePoint } from './curves';
import { endLabels } from './end-labels';
import './interaction';
import { readTheme, type Theme } from './theme';

Chart.register(LinearScale, LineController, LineElement, PointElement, Tooltip, endLabels, changeMarks);

export interface LineChartData {
  train: CurvePoint[];
  test: CurvePoint[];
  /** Empty without a validation split. */
  validation: CurvePoint[];
  /** From left to right. */
  marks: ChangeMark[];
  /** Where the horizontal axis ends. */
  epochs: number;
  axis: Axis;
  formatValue: (value: number) => string;
  formatTick: (value: number) => string;
}

const NAMES = ['train', 'test', 'valid.'];
/** Room for "train 97.63%" right of the last epoch. */
const LABEL_ROOM = 92;
const SINGLE_POINTS = 60;

/** Share of the axis within which the mouse means a mark. */
const NEAR = 1 / 80;

function changesNear({ marks, epochs }: LineChartData, x: number): string[] {
  return marks.filter((mark) => Math.abs(mark.x - x) <= epochs * NEAR).map(({ says }) => says);
}

type LineConfiguration = ChartConfiguration<'line', CurvePoint[]>;

function configuration(data: LineChartData, theme: Theme): LineConfiguration {
  const font = { family: theme.fontFamily, size: theme.smallText };
  const ticks = { color: theme.muted, font, padding: 8 };
  const tick = (value: string | number): string => data.formatTick(Number(value));
  return {
    type: 'line',
    data: {
      datasets: [
        { data: data.train, borderColor: theme.train, borderWidth: 1.75, borderDash: [5, 3], pointRadius: 0, pointHoverRadius: 3 },
        {
          data: data.test,
          borderColor: theme.accent,
          borderWidth: 2.25,
          pointRadius: data.test.length > SINGLE_POINTS ? 0 : 2.5,
          pointHoverRadius: 4,
          pointBackgroundColor: theme.accent,
        },
        {
          data: data.validation,
          borderColor: theme.validation,
          borderWidth: 2,
          borderDash: [2, 3],
          pointRadius: data.validation.length > SINGLE_POINTS ? 0 : 2.5,
          pointHoverRadius: 4,
          pointBackgroundColor: theme.validation,
        },
      ],
    },
    options: {
      parsing: false,
      normalized: true,
      animation: false,
      maintainAspectRatio: false,
      layout: { padding: { right: LABEL_ROOM, top: data.marks.length > 0 ? MARK_LABEL_HEIGHT : 10 } },
      interaction: { mode: 'nearestOfEach', intersect: false },
      scales: {
        x: {
          type: 'linear',
          min: 0,
          max: data.epochs,
          border: { display: false },
          grid: { display: false },
          ticks: { ...ticks, maxTicksLimit: 6, maxRotation: 0, ...(data.epochs <= 5 && { stepSize: 1 }) },
        },
        y: {
          type: 'linear',
          min: data.axis.min,
          max: data.axis.max,
          border: { display: false },
          grid: { color: theme.line, drawTicks: false },
          ticks: { ...ticks, stepSize: data.axis.step, callback: tick },
          // The same width whatever the numbers, so that the plot stays where it is.
          afterFit: (scale) => {
            scale.width = 52;
          },
        },
      },
      plugins: {
        endLabels: {
          text: (index, value) => `${NAMES[index]} ${data.formatValue(value)}`,
          font: `600 ${theme.smallText}px ${theme.fontFamily}`,
          axisName: { text: 'epoch', color: theme.muted, font: `${theme.smallText}px ${theme.fontFamily}` },
        },
        changeMarks: { marks: data.marks, line: theme.lineStrong, color: theme.muted, font: `${theme.smallText}px ${theme.fontFamily}` },
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
          callbacks: {
            title: () => '',
            footer: ([nearest]) => changesNear(data, nearest?.parsed.x ?? NaN),
            label: ({ datasetIndex, parsed }) =>
              `${NAMES[datasetIndex]} ${data.formatValue(parsed.y ?? NaN)} at epoch ${Number((parsed.x ?? 0).toFixed(1))}`,
          },
        },
      },
    },
  };
}

/** @param read is read again whenever what it reads has changed. */
export function lineChart(read: () => LineChartData): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    $effect(() => {
      // Other colours need another chart: Chart.js keeps the old ones for points that are there already.
      const theme = readTheme();
      let chart: Chart<'line', CurvePoint[]> | undefined;
      $effect(() => {
        const { type, data, options } = configuration(read(), theme) as LineConfiguration & { type: 'line' };
        if (!chart) {
          chart = new Chart(canvas, { type, data, ...(options && { options }) });
          return;
        }
        data.datasets.forEach((dataset, index) => Object.assign(chart!.data.datasets[index]!, dataset));
        if (options) chart.options = options;
        chart.update('none');
      });
      return () => chart?.destroy();
    });
  };
}

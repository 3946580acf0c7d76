// Draws a thin upright line at each moment when a setting was changed, and over the plot what was changed.
import type { ChartType, Plugin } from 'chart.js';
import { labelsAbovePlot } from './end-labels';
import { placeMarkLabels } from './mark-labels';

export interface ChangeMark {
  /** Epochs trained before it. */
  x: number;
  text: string;
  /** In a whole sentence, for the mouse. */
  says: string;
}

export interface ChangeMarkOptions {
  marks: readonly ChangeMark[];
  line: string;
  color: string;
  font: string;
}

/** Room over the plot that the labels take. */
export const MARK_LABEL_HEIGHT = 26;

export const changeMarks: Plugin<'line', ChangeMarkOptions> = {
  id: 'changeMarks',
  beforeDatasetsDraw(chart, _args, { marks, line, color, font }) {
    if (!marks || marks.length === 0) return;
    const { ctx, chartArea, scales } = chart;
    const { top, bottom } = chartArea;
    ctx.save();
    ctx.font = font;
    ctx.strokeStyle = line;
    ctx.fillStyle = color;
    ctx.lineWidth = 1;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    // Half a pixel off, so that the line is one pixel wide and not two.
    const places = marks.map(({ x, text }) => ({
      x: Math.round(scales['x']!.getPixelForValue(x)) + 0.5,
      width: ctx.measureText(text).width,
    }));
    const right = labelsAbovePlot(chart) ?? chart.width;
    const labels = placeMarkLabels(places, 0, right);
    marks.forEach(({ text }, index) => {
      const { x } = places[index]!;
      const label = labels[index];
      ctx.beginPath();
      ctx.moveTo(x, label === undefined ? top : top - MARK_LABEL_HEIGHT + 4);
      ctx.lineTo(x, bottom);
      ctx.stroke();
      if (label !== undefined) ctx.fillText(text, label, top - MARK_LABEL_HEIGHT / 2 - 3);
    });
    ctx.restore();
  },
};

declare module 'chart.js' {
  // Chart.js asks for the type parameter, whatever the plugin makes of it.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  interface PluginOptionsByType<TType extends ChartType> {
    changeMarks?: ChangeMarkOptions;
  }
}

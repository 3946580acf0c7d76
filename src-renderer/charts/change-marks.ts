// Marks each change of a setting with a thin vertical line, and a label above the plot.
import type { ChartType, Plugin } from 'chart.js';
import { labelsAbovePlot } from './end-labels';
import { placeMarkLabels } from './mark-labels';

export interface ChangeMark {
  /** Epochs trained before the change. */
  x: number;
  text: string;
  /** A full sentence for the tooltip. */
  says: string;
}

export interface ChangeMarkOptions {
  marks: readonly ChangeMark[];
  line: string;
  color: string;
  font: string;
}

/** Height of the labels above the plot, CSS pixels. */
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
    // Offset by half a pixel, so that the line covers one pixel and not two.
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
  // Chart.js requires the type parameter.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  interface PluginOptionsByType<TType extends ChartType> {
    changeMarks?: ChangeMarkOptions;
  }
}

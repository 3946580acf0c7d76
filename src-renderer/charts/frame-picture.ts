// Caches a picture of a chart's axes and grid, so that lines that grow several times a second can be redrawn without
// them.
import type { Chart, Plugin } from 'chart.js';
import { drawEndLabels, type EndLabelOptions } from './end-labels';

const pictures = new WeakMap<Chart, HTMLCanvasElement>();

/** CSS pixels by which lines may extend beyond the plot: half of the thickest line. */
export const CLIP = 2;

export const framePicture: Plugin<'line'> = {
  id: 'framePicture',
  beforeDatasetsDraw(chart) {
    const picture = pictures.get(chart) ?? document.createElement('canvas');
    pictures.set(chart, picture);
    picture.width = chart.canvas.width;
    picture.height = chart.canvas.height;
    if (picture.width > 0 && picture.height > 0) picture.getContext('2d')?.drawImage(chart.canvas, 0, 0);
  },
};

/** Draws the lines and their labels, as Chart.js does, on the cached frame. */
export function drawOnFrame(chart: Chart<'line'>): void {
  const picture = pictures.get(chart);
  const { ctx, chartArea, width, height } = chart;
  if (picture?.width !== chart.canvas.width || picture.height !== chart.canvas.height) return chart.render();
  ctx.clearRect(0, 0, width, height);
  ctx.save();
  // Pixel by pixel: at any other size the picture would be blurred.
  ctx.resetTransform();
  ctx.drawImage(picture, 0, 0);
  ctx.restore();
  ctx.save();
  ctx.beginPath();
  ctx.rect(chartArea.left - CLIP, chartArea.top - CLIP, chartArea.width + 2 * CLIP, chartArea.height + 2 * CLIP);
  ctx.clip();
  for (const { controller } of [...chart.getSortedVisibleDatasetMetas()].reverse()) controller.draw();
  ctx.restore();
  // The raw options: chart.options would call their functions.
  drawEndLabels(chart, chart.config.options!.plugins!.endLabels as EndLabelOptions);
}

// Fills the area between two lines, such as those of the lowest and the highest of several runs.
import type { Plugin } from 'chart.js';

/** A dataset with `fill` is the second of the two; its background is the colour of the band. */
export const bands: Plugin<'line'> = {
  id: 'bands',
  beforeDatasetsDraw(chart) {
    const { ctx, chartArea } = chart;
    const { left, top, width, height } = chartArea;
    chart.data.datasets.forEach(({ fill, backgroundColor }, index) => {
      if (!fill || index === 0) return;
      const [one, other] = [index - 1, index].map((line) => chart.getDatasetMeta(line).data);
      ctx.save();
      ctx.beginPath();
      ctx.rect(left, top, width, height);
      ctx.clip();
      ctx.beginPath();
      for (const { x, y } of [...one!, ...[...other!].reverse()]) ctx.lineTo(x, y);
      ctx.fillStyle = backgroundColor as string;
      ctx.fill();
      ctx.restore();
    });
  },
};

import { describe, expect, it } from 'vitest';
import { svgChart, ticksOf } from '../../../../src-renderer/charts/svg-chart';
import type { Theme } from '../../../../src-renderer/charts/theme';
import { curvesOf, measureLines, WHOLE_RUN } from '../../../../src-renderer/training/run-series';
import { elements, EVIL } from '../../../fixtures/markup';
import { resultAt } from '../../../fixtures/stored-runs';

describe('a chart as SVG', () => {
  const theme = {
    muted: '#666',
    line: '#ddd',
    lineStrong: '#999',
    accent: '#067',
    train: '#963',
    validation: '#749',
    ink: '#000',
    fontFamily: 'Inter, sans-serif',
    smallText: 13,
  } as Theme;
  const place = { width: 500, height: 300, id: 'a', title: EVIL, description: 'Loss & more' };
  const data = (epochs: number) => ({
    ...measureLines(
      curvesOf(
        {
          points: [],
          results: Array.from({ length: epochs }, (_, k) => ({ ...resultAt(k + 1), validation: undefined })),
        },
        'loss',
        epochs,
      ),
      'loss',
      WHOLE_RUN,
    ),
    marks: [{ x: 1, text: 'rate 0.05 <b>', says: '' }],
    range: { from: 0, to: epochs },
    right: 92,
  });

  it('closes every element, names its lines and describes itself', () => {
    const svg = svgChart(data(3), theme, place);
    expect(elements(svg)).toContain('clipPath');
    expect(svg).toContain(`test ${resultAt(3).testLoss.toFixed(3)}</text>`);
    expect(svg).toContain('<desc id="a-desc">Loss &amp; more</desc>');
    expect(svg).toContain('rate 0.05 &lt;b&gt;');
    expect(svg).not.toContain('<script');
  });

  it('puts each value at its place on the axis', () => {
    const svg = svgChart(data(3), theme, place);
    const [, x, y] = /<circle cx="([\d.]+)" cy="([\d.]+)"/.exec(svg)!;
    const [left, right, top, bottom] = [52, 500 - 92, 26, 300 - 30];
    expect(Number(x)).toBeCloseTo(left + (right - left) / 3, 0);
    const { min, max } = data(3).axis;
    expect(Number(y)).toBeCloseTo(bottom - ((bottom - top) * (resultAt(1).testLoss - min)) / (max - min), 0);
  });

  it('has no more than two points per pixel', () => {
    const path = svgChart(data(5000), theme, place).match(/d="M[^"]*L[^"]*"/)![0];
    expect(path.split('L').length).toBeLessThanOrEqual(2 * (500 - 92 - 52) + 1);
  });

  it('has its ticks at round numbers, also on a logarithmic axis', () => {
    expect(ticksOf({ min: 0.01, max: 2, log: true })).toEqual([0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2]);
    expect(ticksOf({ min: 0.8, max: 1, step: 0.05, log: false }).map((tick) => tick.toFixed(2))).toEqual([
      '0.80',
      '0.85',
      '0.90',
      '0.95',
      '1.00',
    ]);
  });
});

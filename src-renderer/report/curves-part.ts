// The report's section with the run's curves, as SVG in the colours of the page. Pure.
import { svgChart } from '../charts/svg-chart';
import {
  curvesOf,
  extremesInWords,
  extremesOf,
  type Measure,
  MEASURE_TITLES,
  measureLines,
  runMarks,
  WHOLE_RUN,
} from '../training';
import type { Theme } from '../charts/theme';
import { formatLoss, formatPercent } from '../ui/format';
import type { RunRecord } from '../../src-shared/runs/runs';
import { section } from './table';

/** A colour variable of style.ts. */
const color = (name: string): string => `var(--${name})`;
const THEME: Theme = {
  paper: color('paper'),
  panel: color('panel'),
  ink: color('ink'),
  muted: color('muted'),
  line: color('line'),
  lineStrong: color('line-strong'),
  accent: color('accent'),
  train: color('train'),
  validation: color('validation'),
  mistake: color('mistake'),
  weightNegative: color('accent'),
  weightPositive: color('mistake'),
  classes: [],
  fontFamily: 'system-ui, sans-serif',
  smallText: 13,
};
const SIZE = { width: 520, height: 280 };
/** CSS pixels right of a plot. The names and values must fit in any system font. */
const RIGHT = 112;
const FORMATS = { loss: formatLoss, accuracy: (share: number) => formatPercent(share, 2) };

export function curvesPart({ summary, history, points }: RunRecord): string {
  if (history.length === 0) return '';
  const epochs = Math.max(1, history.at(-1)!.epoch);
  const { changes, result } = summary;
  const kept = result && result.epoch !== history.at(-1)!.epoch ? result.epoch : undefined;
  const marks = runMarks({ changes, kept, results: history }, epochs);
  const figures = (['loss', 'accuracy'] satisfies Measure[]).map((measure) => {
    const { title, subtitle } = MEASURE_TITLES[measure];
    const curves = curvesOf({ points, results: history }, measure, epochs);
    const extremes = extremesInWords(extremesOf(curves, measure), FORMATS[measure]);
    const lines = measureLines(curves, measure, WHOLE_RUN);
    const svg = svgChart({ ...lines, marks, range: { from: 0, to: epochs }, right: RIGHT }, THEME, {
      ...SIZE,
      id: measure,
      title,
      description: `${title} over epochs: ${extremes}`,
    });
    return `<figure><figcaption><b>${title}</b> <span class="muted">${subtitle}</span></figcaption>${svg}</figure>`;
  });
  return section('Curves', `<div class="pair">${figures.join('\n')}</div>`);
}

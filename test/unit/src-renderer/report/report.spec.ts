import { describe, expect, it } from 'vitest';
import { svgChart, ticksOf } from '../../../../src-renderer/charts/svg-chart';
import { measureLines, curvesOf, WHOLE } from '../../../../src-renderer/training/run-series';
import type { Theme } from '../../../../src-renderer/charts/theme';
import { escapeMarkup } from '../../../../src-renderer/ui/markup';
import { confusionOf } from '../../../../src-renderer/mistakes/confusion';
import { useLocale } from '../../../../src-renderer/ui/format';
import { reportPage, type ReportParts } from '../../../../src-renderer/report/report';
import type { RunRecord, RunSummary } from '../../../../src-shared/runs/runs';
import { epochRecord, newRun, resultAt } from '../../../fixtures/stored-runs';

const EVIL = `<script>alert('1')</script>"&\u0007`;

const summary = {
  ...newRun(),
  id: '20261123-091500-3fa9c2',
  name: 'A run',
  notes: '',
  created: new Date(2026, 10, 23, 9, 15).getTime(),
  status: 'completed',
  changes: [],
  epochs: 3,
  epochsTrained: 3,
  result: resultAt(3),
  seconds: 61,
} as unknown as RunSummary;
const record: RunRecord = {
  summary,
  history: [1, 2, 3].map(resultAt),
  points: [1, 2, 3].flatMap((epoch) => epochRecord(epoch).points),
  predictions: undefined,
};
const picture = { uri: 'data:image/png;base64,AAAA', width: 84, height: 84 };
const parts = (changes: Partial<ReportParts> = {}): ReportParts => ({
  record,
  readings: {
    confusion: confusionOf([0, 1, 1, 2, 0], [0, 1, 2, 2, 0], 3),
    mistakes: [{ image: 2, picture, truth: 'c', predicted: 'b', confidence: 0.75 }],
  },
  weights: { pictures: [picture, picture], units: 4, limit: 0.25 },
  now: summary.created,
  ...changes,
});

/** Names of elements in the order in which they open; throws where one is not closed in its turn. */
function elements(markup: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  const none = ['meta', 'img', 'br'];
  const tags = markup
    .replace(/<!doctype html>|<style>[\s\S]*?<\/style>/g, '')
    .matchAll(/<(\/?)([a-zA-Z0-9]+)(?:\s+[\w:-]+="[^"<]*")*(\/?)>/g);
  for (const [, closes, name, empty] of tags) {
    if (closes) expect(open.pop()).toBe(name);
    else names.push(name!);
    if (!closes && !empty && !none.includes(name!)) open.push(name!);
  }
  expect(open).toEqual([]);
  return names;
}

describe('the report of a run', () => {
  it('has nothing of what a person has typed as markup', () => {
    const named = {
      ...summary,
      name: EVIL,
      notes: EVIL,
      dataset: { ...summary.dataset, name: EVIL, classNames: [EVIL, EVIL, EVIL] },
      environment: { ...summary.environment, cpu: EVIL },
    };
    const page = reportPage(
      parts({
        record: { ...record, summary: named },
        readings: {
          ...parts().readings!,
          mistakes: [{ image: 0, picture, truth: EVIL, predicted: EVIL, confidence: 1 }],
        },
      }),
    );
    expect(page).not.toContain('<script');
    expect(page).not.toContain('\u0007');
    expect(page.match(/&lt;script&gt;alert\(&#39;1&#39;\)&lt;\/script&gt;&quot;&amp;/g)!.length).toBeGreaterThan(8);
  });

  it('asks nobody for anything: no script, no address', () => {
    const page = reportPage(parts());
    expect(elements(page)).not.toContain('script');
    expect(page.match(/(?:src|href)="(?!data:image\/png)/g)).toBeNull();
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
    expect(page).toContain(`content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"`);
  });

  it('is whole: every element is closed in its turn', () => {
    expect(elements(reportPage(parts())).filter((name) => name === 'section')).toHaveLength(7);
  });

  it('has the numbers of the run', () => {
    const page = reportPage(parts());
    const { testAccuracy, testLoss } = resultAt(3);
    expect(page).toContain(`<dd>${(100 * testAccuracy).toFixed(2)}%</dd>`);
    expect(page).toContain(`<dd>${testLoss.toFixed(3)}</dd>`);
    for (const { trainLoss, epoch } of record.history)
      expect(page).toContain(`<th scope="row">${epoch}</th><td>${trainLoss.toFixed(3)}</td>`);
    expect(page).toContain('Most often: c as b (1).');
    expect(page).toContain('<td>2</td><td>50.0%</td><td>100.0%</td>');
    expect(page).toContain('alt="Test image 3: read as b, is c"');
    expect(page).toContain('2 of 4 units');
    expect(page).toContain(summary.dataset.hash);
  });

  it('says where the test images were not open, and where no epoch has ended', () => {
    const page = reportPage(
      parts({ readings: undefined, record: { ...record, history: [], summary: { ...summary, result: undefined } } }),
    );
    expect(page.match(/were not open when the report was made/g)).toHaveLength(2);
    expect(page).toContain('No epoch of this run has ended.');
    expect(page).not.toContain('<svg');
  });

  it('says of which epoch the readings are, where other weights were put back', () => {
    const predictions = { ...epochRecord(3).predictions, epoch: 3 };
    expect(
      reportPage(parts({ record: { ...record, predictions, summary: { ...summary, result: resultAt(2) } } })),
    ).toContain('what was read after epoch 3.');
    expect(reportPage(parts({ record: { ...record, predictions } }))).not.toContain('what was read after');
  });
});

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
      WHOLE,
    ),
    marks: [{ x: 1, text: 'rate 0.05 <b>', says: '' }],
    range: { from: 0, to: epochs },
  });

  it('is whole, names its lines, and says what it shows', () => {
    const svg = svgChart(data(3), theme, place);
    expect(elements(svg)).toContain('clipPath');
    expect(svg).toContain(`test ${resultAt(3).testLoss.toFixed(3)}</text>`);
    expect(svg).toContain('<desc id="a-desc">Loss &amp; more</desc>');
    expect(svg).toContain('rate 0.05 &lt;b&gt;');
    expect(svg).not.toContain('<script');
  });

  it('puts each value where its axis has it', () => {
    const svg = svgChart(data(3), theme, place);
    const [, x, y] = /<circle cx="([\d.]+)" cy="([\d.]+)"/.exec(svg)!;
    const [left, right, top, bottom] = [52, 500 - 92, 26, 300 - 30];
    expect(Number(x)).toBeCloseTo(left + (right - left) / 3, 0);
    const { min, max } = data(3).axis;
    expect(Number(y)).toBeCloseTo(bottom - ((bottom - top) * (resultAt(1).testLoss - min)) / (max - min), 0);
  });

  it('has no more points than can be told apart', () => {
    const path = svgChart(data(5000), theme, place).match(/d="M[^"]*L[^"]*"/)![0];
    expect(path.split('L').length).toBeLessThanOrEqual(2 * (500 - 92 - 52) + 1);
  });

  it('has its ticks at round numbers of a logarithmic axis too', () => {
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

it('leaves no character of a text that could be markup', () => {
  expect(escapeMarkup(EVIL)).toBe('&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;');
});

it('writes dates, rates and seconds by the same custom as all other numbers', () => {
  useLocale('de-DE');
  try {
    const page = reportPage(parts());
    expect(page).toContain('23. November 2026');
    const { learningRate, seconds } = resultAt(1);
    const [rate, time] = [String(Number(learningRate.toPrecision(3))), seconds.toFixed(2)].map((text) =>
      text.replace('.', ','),
    );
    expect(page).toContain(`<td>${rate}</td><td>${time}</td></tr>`);
  } finally {
    useLocale('en-US');
  }
});

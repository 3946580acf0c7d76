import { describe, expect, it } from 'vitest';
import { confusionOf } from '../../../../src-renderer/mistakes/confusion';
import { useLocale } from '../../../../src-renderer/ui/format';
import { reportPage } from '../../../../src-renderer/report/report';
import type { ReportContent } from '../../../../src-renderer/report/report-content';
import type { RunRecord, RunSummary } from '../../../../src-shared/runs/runs';
import { elements, EVIL } from '../../../fixtures/markup';
import { epochRecord, newRun, resultAt } from '../../../fixtures/stored-runs';

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
const content = (changes: Partial<ReportContent> = {}): ReportContent => ({
  record,
  predictions: {
    confusion: confusionOf([0, 1, 1, 2, 0], [0, 1, 2, 2, 0], 3),
    mistakes: [{ image: 2, picture, truth: 'c', predicted: 'b', confidence: 0.75 }],
  },
  weights: { pictures: [picture, picture], units: 4, limit: 0.25 },
  now: summary.created,
  ...changes,
});

describe('the report of a run', () => {
  it('escapes everything that a person typed', () => {
    const named = {
      ...summary,
      name: EVIL,
      notes: EVIL,
      dataset: { ...summary.dataset, name: EVIL, classNames: [EVIL, EVIL, EVIL] },
      environment: { ...summary.environment, cpu: EVIL },
    };
    const page = reportPage(
      content({
        record: { ...record, summary: named },
        predictions: {
          ...content().predictions!,
          mistakes: [{ image: 0, picture, truth: EVIL, predicted: EVIL, confidence: 1 }],
        },
      }),
    );
    expect(page).not.toContain('<script');
    expect(page).not.toContain('\u0007');
    expect(page.match(/&lt;script&gt;alert\(&#39;1&#39;\)&lt;\/script&gt;&quot;&amp;/g)!.length).toBeGreaterThan(8);
  });

  it('loads nothing: no script, no address', () => {
    const page = reportPage(content());
    expect(elements(page)).not.toContain('script');
    expect(page.match(/(?:src|href)="(?!data:image\/png)/g)).toBeNull();
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
    expect(page).toContain(`content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"`);
  });

  it('closes every element in the right order', () => {
    expect(elements(reportPage(content())).filter((name) => name === 'section')).toHaveLength(7);
  });

  it('has the numbers of the run', () => {
    const page = reportPage(content());
    const { testAccuracy, testLoss } = resultAt(3);
    expect(page).toContain(`<dd>${(100 * testAccuracy).toFixed(2)}%</dd>`);
    expect(page).toContain(`<dd>${testLoss.toFixed(3)}</dd>`);
    for (const { trainLoss, epoch } of record.history)
      expect(page).toContain(`<th scope="row">${epoch}</th><td>${trainLoss.toFixed(3)}</td>`);
    expect(page).toContain('Most often: c as b (1).');
    expect(page).toContain('<td>2</td><td>50.0%</td><td>100.0%</td>');
    expect(page).toContain('alt="Test image 3: predicted b, is c"');
    expect(page).toContain('2 of 4 units');
    expect(page).toContain(summary.dataset.hash);
  });

  it('says so if the test images were not open or no epoch was completed', () => {
    const page = reportPage(
      content({
        predictions: undefined,
        record: { ...record, history: [], summary: { ...summary, result: undefined } },
      }),
    );
    expect(page.match(/was not open when the report was made/g)).toHaveLength(2);
    expect(page).toContain('This run has not completed an epoch.');
    expect(page).not.toContain('<svg');
  });

  it('names the epoch of the predictions if other weights were restored', () => {
    const predictions = { ...epochRecord(3).predictions, epoch: 3 };
    expect(
      reportPage(content({ record: { ...record, predictions, summary: { ...summary, result: resultAt(2) } } })),
    ).toContain('the predictions after epoch 3.');
    expect(reportPage(content({ record: { ...record, predictions } }))).not.toContain('the predictions after');
  });
});

it('writes dates, rates and seconds in the same locale as all other numbers', () => {
  useLocale('de-DE');
  try {
    const page = reportPage(content());
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

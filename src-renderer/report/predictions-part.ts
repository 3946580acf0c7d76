// The report's sections about the test images: the confusion matrix and the most confident mistakes. Pure.
import { formatCount, formatPercent } from '../ui/format';
import { escapeMarkup } from '../ui/markup';
import { confusedPairs, type Confusion, labelled, precision, recall } from '../mistakes';
import type { RunSummary } from '../../src-shared/runs/runs';
import type { ReportMistake } from './report-content';
import { section, table, type Cell } from './table';

const NOT_OPEN =
  "This run's dataset was not open when the report was made. " +
  'Open it in the app and make the report again to include this part.';
/** A matrix of more classes does not fit on a page. */
const MOST_CLASSES = 30;
const MOST_PAIRS = 5;

/** @param epoch after which the predictions were made */
export function predictionsPart(
  { dataset: { classNames }, result }: RunSummary,
  confusion: Confusion | undefined,
  epoch: number | undefined,
): string {
  const title = 'Confusion matrix';
  if (!confusion) return section(title, `<p class="muted">${NOT_OPEN}</p>`);
  const { classes, counts } = confusion;
  const nameOf = (label: number): string => classNames[label] ?? String(label);
  const share = (value: number): string => (Number.isFinite(value) ? formatPercent(value) : '–');
  const labels = Array.from({ length: classes }, (_, label) => label);
  const most = Math.max(1, ...confusedPairs(confusion).map(({ count }) => count));
  const cellOf = (label: number, predicted: number): Cell => {
    const count = counts[label * classes + predicted]!;
    if (label === predicted) return { markup: `<span class="muted">${formatCount(count)}</span>` };
    return {
      markup: count === 0 ? '' : formatCount(count),
      style: `background:color-mix(in srgb, var(--mistake) ${Math.round((70 * count) / most)}%, transparent)`,
    };
  };
  const scores = (label: number): string[] => [
    formatCount(labelled(confusion, label)),
    share(recall(confusion, label)),
    share(precision(confusion, label)),
  ];
  const whole = classes <= MOST_CLASSES;
  const head = ['Class', ...(whole ? labels.map(nameOf) : []), 'Images', 'Recall', 'Precision'];
  const rows = labels.map((label) => [
    nameOf(label),
    ...(whole ? labels.map((predicted) => cellOf(label, predicted)) : []),
    ...scores(label),
  ]);
  const pairs = confusedPairs(confusion).slice(0, MOST_PAIRS);
  const named = pairs.map(
    ({ label, predicted, count }) => `${nameOf(label)} as ${nameOf(predicted)} (${formatCount(count)})`,
  );
  const when =
    epoch === result?.epoch ? '' : ` This table and the mistakes below are the predictions after epoch ${epoch}.`;
  const sentence = pairs.length === 0 ? 'No image is misclassified.' : `Most often: ${named.join(', ')}.`;
  const caption = whole ? 'A row for each class, a column for each predicted class.' : 'A row for each class.';
  return section(title, `<p>${escapeMarkup(sentence + when)}</p>${table('numbers matrix', caption, head, rows)}`);
}

export function mistakesPart({ dataset }: RunSummary, mistakes: ReportMistake[] | undefined): string {
  const title = 'Most confident mistakes';
  if (!mistakes) return section(title, `<p class="muted">${NOT_OPEN}</p>`);
  if (mistakes.length === 0)
    return section(title, `<p>All ${formatCount(dataset.testCount)} test images are classified correctly.</p>`);
  const items = mistakes.map(({ image, picture: { uri, width, height }, truth, predicted, confidence }) => {
    const description = `Test image ${image + 1}: predicted ${predicted}, is ${truth}`;
    return (
      `<li><img class="ink" src="${uri}" width="${width}" height="${height}" ` +
      `alt="${escapeMarkup(description)}"><span>predicted <b class="wrong">${escapeMarkup(predicted)}</b>, is ` +
      `<b>${escapeMarkup(truth)}</b></span><span class="muted">${formatPercent(confidence)} sure</span></li>`
    );
  });
  return section(title, `<ul class="pictures">${items.join('\n')}</ul>`);
}

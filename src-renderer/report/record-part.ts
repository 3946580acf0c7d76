// What a report says of the run itself: what it reached, what it was made of, each of its epochs. Pure.
import type { EngineDetails } from '../../src-shared/runs/engine-details';
import type { RunRecord, RunSummary } from '../../src-shared/runs/runs';
import { PLAIN_SETTINGS } from '../../src-shared/settings/presets';
import { changeSentence, fieldHelp, FIELDS, NOT_RELEVANT, recipeInWords, settingInWords } from '../settings';
import { formatCount, formatDate, formatFixed, formatLoss, formatPercent, formatShort } from '../ui/format';
import { escapeMarkup } from '../ui/markup';
import { epochsOf, formatDuration, STATUS_LABELS } from '../client/run-words';
import { section, table } from './table';

export function headPart(run: RunSummary): string {
  const { name, result, dataset, settings, notes } = run;
  const figures = result
    ? [
        ['test accuracy', formatPercent(result.testAccuracy, 2)],
        ['test loss', formatLoss(result.testLoss)],
        ['training accuracy', formatPercent(result.trainAccuracy, 2)],
        ...(result.validation ? [['validation accuracy', formatPercent(result.validation.accuracy, 2)]] : []),
        ['time', formatDuration(run.seconds)],
      ]
    : [];
  const numbers = figures.map(([label, value]) => `<div><dt>${label}</dt><dd>${value}</dd></div>`).join('');
  const sizes = [dataset.rows * dataset.columns, ...settings.hidden, dataset.classNames.length].join(' → ');
  return `<header>
<h1>${escapeMarkup(name)}</h1>
<p class="muted">${escapeMarkup(`${dataset.name} · ${sizes} · ${recipeInWords(settings)}`)}</p>
<p class="muted">${escapeMarkup(`${formatDate(run.created)} · ${STATUS_LABELS[run.status]}, ${epochsOf(run)} ` + `epochs${result ? ` · the weights are those of epoch ${result.epoch}` : ''}`)}</p>
${numbers === '' ? '<p>No epoch of this run has ended.</p>' : `<dl class="figures">${numbers}</dl>`}
${notes.trim() === '' ? '' : `<p class="notes">${escapeMarkup(notes)}</p>`}
</header>`;
}

/** Every field that does something; those that are not as the app suggests them are marked. */
export function settingsPart({ settings, changes, parent }: RunSummary): string {
  const rows = FIELDS.map((name) => [name, settingInWords(name, settings)] as const).filter(
    ([, value]) => value !== NOT_RELEVANT,
  );
  const isOwn = (name: (typeof FIELDS)[number]): boolean =>
    JSON.stringify(settings[name]) !== JSON.stringify(PLAIN_SETTINGS[name]);
  const cells = rows.map(([name, value]) => [
    fieldHelp(name).label,
    { markup: isOwn(name) ? `<b>${escapeMarkup(value)}</b>` : escapeMarkup(value) },
  ]);
  const more = [
    ...(changes.length > 0 ? [`Changed on the way: ${changes.map(changeSentence).join('; ')}.`] : []),
    ...(parent ? [`It goes on from epoch ${parent.epoch} of the run ${parent.id}.`] : []),
  ];
  const caption = 'Bold: other than plain stochastic gradient descent with one hidden layer of 256 units.';
  return section(
    'Settings',
    `${table('settings', caption, ['Setting', 'Value'], cells)}${more.map((sentence) => `<p>${escapeMarkup(sentence)}</p>`).join('')}`,
  );
}

export function epochsPart({ history }: RunRecord): string {
  if (history.length === 0) return '';
  const validated = history.some(({ validation }) => validation);
  const head = [
    'Epoch',
    'Training loss',
    'Training accuracy',
    ...(validated ? ['Validation loss', 'Validation accuracy'] : []),
    'Test loss',
    'Test accuracy',
    'Learning rate',
    'Seconds',
  ];
  const rows = history.map(
    ({ epoch, trainLoss, trainAccuracy, validation, testLoss, testAccuracy, learningRate, seconds }) => [
      String(epoch),
      formatLoss(trainLoss),
      formatPercent(trainAccuracy, 2),
      ...(validated
        ? [validation ? formatLoss(validation.loss) : '', validation ? formatPercent(validation.accuracy, 2) : '']
        : []),
      formatLoss(testLoss),
      formatPercent(testAccuracy, 2),
      formatShort(learningRate, 3),
      formatFixed(seconds, 2),
    ],
  );
  return section(
    'Epochs',
    table('numbers', 'Training numbers are means over an epoch, in which the weights change.', head, rows),
  );
}

export function factsPart(
  { id, dataset, environment: { version, engine, laterEngines = [], cpu, cores, platform } }: RunSummary,
  now: number,
): string {
  const rows = [
    ['Run', id],
    [
      'Images',
      `${dataset.name}: ${formatCount(dataset.trainCount)} to train on, ${formatCount(dataset.testCount)} to ` +
        `test with, ${dataset.rows}×${dataset.columns} pixels, ${dataset.classNames.length} classes`,
    ],
    ['SHA-256 of the files', dataset.hash],
    ['Computed by', `MNIST Studio ${version}, ${engineInWords(engine)}`],
    ...laterEngines.map((later) => ['Then by', engineInWords(later)]),
    ['On', `${cpu}, ${cores} ${cores === 1 ? 'processor' : 'processors'}, ${platform}`],
    ['Report', formatDate(now)],
  ];
  return section(
    'Where it comes from',
    table(
      'settings',
      'With these images and settings another computer finds the same, to within rounding.',
      ['What', 'Value'],
      rows,
    ),
  );
}

function engineInWords({ label, precision, threads, simd }: EngineDetails): string {
  return (
    `${label}${simd === 'none' ? '' : ` with ${simd} kernels`}, ${precision}, ${threads} ` +
    `${threads === 1 ? 'thread' : 'threads'}`
  );
}

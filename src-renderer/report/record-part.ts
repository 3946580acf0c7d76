// The report's sections about the run itself: results, settings, epochs, data and machine. Pure.
import type { EngineDetails } from '../../src-shared/runs/engine-details';
import type { RunRecord, RunSummary } from '../../src-shared/runs/runs';
import { PLAIN_SETTINGS } from '../../src-shared/settings/presets';
import { changeSentence, fieldHelp, FIELDS, NOT_RELEVANT, recipeInWords, settingInWords } from '../settings';
import { formatCount, formatDate, formatFixed, formatLoss, formatPercent, formatShort } from '../ui/format';
import { escapeMarkup } from '../ui/markup';
import { storedTitle } from '../client/run-title';
import { epochsOf, formatDuration, STATUS_LABELS } from '../client/run-words';
import { section, table } from './table';

export function headPart(run: RunSummary): string {
  const { result, dataset, settings, notes } = run;
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
  const weights = result ? ` · the weights are those of epoch ${result.epoch}` : '';
  const history = `${formatDate(run.created)} · ${STATUS_LABELS[run.status]}, ${epochsOf(run)} epochs${weights}`;
  return `<header>
<h1>${escapeMarkup(storedTitle(run))}</h1>
<p class="muted">${escapeMarkup(`${dataset.name} · ${sizes} · ${recipeInWords(settings)}`)}</p>
<p class="muted">${escapeMarkup(history)}</p>
${numbers === '' ? '<p>This run has not completed an epoch.</p>' : `<dl class="figures">${numbers}</dl>`}
${notes.trim() === '' ? '' : `<p class="notes">${escapeMarkup(notes)}</p>`}
</header>`;
}

/** Every setting that has an effect. Those that differ from plain SGD are bold. */
export function settingsPart({ settings, changes, parent }: RunSummary): string {
  const rows = FIELDS.map((name) => [name, settingInWords(name, settings)] as const).filter(
    ([, value]) => value !== NOT_RELEVANT,
  );
  const differs = (name: (typeof FIELDS)[number]): boolean =>
    JSON.stringify(settings[name]) !== JSON.stringify(PLAIN_SETTINGS[name]);
  const cells = rows.map(([name, value]) => [
    fieldHelp(name).label,
    { markup: differs(name) ? `<b>${escapeMarkup(value)}</b>` : escapeMarkup(value) },
  ]);
  const more = [
    ...(changes.length > 0 ? [`Changed during training: ${changes.map(changeSentence).join('; ')}.`] : []),
    ...(parent ? [`Continued from epoch ${parent.epoch} of the run ${parent.id}.`] : []),
  ];
  const caption = 'Bold: differs from plain stochastic gradient descent with one hidden layer of 256 units.';
  const sentences = more.map((sentence) => `<p>${escapeMarkup(sentence)}</p>`).join('');
  return section('Settings', `${table('settings', caption, ['Setting', 'Value'], cells)}${sentences}`);
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
    table('numbers', 'Training numbers are means over an epoch, while the weights change.', head, rows),
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
      'With these images and settings, another computer gets the same results, apart from rounding.',
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

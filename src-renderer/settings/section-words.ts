// The settings of a section in a few words, for its row in the form and for lists of runs. Pure.
import type { NumberFieldName } from '../../src-shared/settings/number-fields';
import { SETTINGS_OFF } from '../../src-shared/settings/stored-settings';
import { readTypedNumber } from '../ui/typed-number';
import { optionLabel } from '../../src-shared/settings/settings-fields';
import { fieldLabel } from './field-help';
import type { SettingsText } from './settings-form';
import { isOn, isRelevant, type SectionId } from './settings-sections';

/** "rotate 10°"; empty for a field that is off. */
function phrase(text: SettingsText, name: NumberFieldName, before: string, after = ''): string[] {
  return isOn(text[name]) ? [`${before}${text[name].trim()}${after}`] : [];
}

/** "Leaky ReLU 0.2", without the slope if it is the default. */
function activationInWords({ activation, leakySlope }: SettingsText): string {
  const isDefault = readTypedNumber(leakySlope) === SETTINGS_OFF.leakySlope;
  return (
    optionLabel('activation', activation) + (activation === 'leaky-relu' && !isDefault ? ` ${leakySlope.trim()}` : '')
  );
}

/** "Momentum 0.9", "Adam β₁ 0.9 β₂ 0.999" */
function optimizerParts(text: SettingsText): string[] {
  const name = optionLabel('optimizer', text.optimizer);
  if (text.optimizer === 'momentum' || text.optimizer === 'nesterov') return [`${name} ${text.momentum.trim()}`];
  if (text.optimizer === 'rmsprop') return [name, `decay ${text.squareDecay.trim()}`];
  const rates = (['momentum', 'squareDecay'] as const).filter((field) => isRelevant(field, text));
  return [[name, ...rates.map((field) => `${fieldLabel(field, text)} ${text[field].trim()}`)].join(' ')];
}

const clipping = (text: SettingsText) => phrase(text, 'clipNorm', 'clipping ');

const againstOverfitting = (text: SettingsText) => [
  ...phrase(text, 'maxNorm', 'max-norm '),
  ...phrase(text, 'weightDecay', 'weight decay '),
  ...phrase(text, 'labelSmoothing', 'smoothing '),
];

function parts(id: SectionId, text: SettingsText): string[] {
  switch (id) {
    case 'essentials':
      return [];
    case 'network':
      return [activationInWords(text), optionLabel('initialisation', text.initialisation)];
    case 'optimizer':
      return [...optimizerParts(text), ...clipping(text)];
    case 'schedule':
      return [optionLabel('schedule', text.schedule), ...phrase(text, 'warmupEpochs', 'warm-up ')];
    case 'overfitting':
      return overfittingParts(text);
    case 'augmentation':
      return [
        ...phrase(text, 'shift', 'shift ', ' px'),
        ...phrase(text, 'rotation', 'rotate ', '°'),
        ...phrase(text, 'scaling', 'scale ', '%'),
        ...phrase(text, 'shear', 'shear ', '°'),
        ...phrase(text, 'elasticStrength', 'elastic '),
      ];
    case 'validation':
      return [
        ...phrase(text, 'validationShare', 'split '),
        ...phrase(text, 'patience', 'patience '),
        ...(text.keep === 'best' ? ['best weights'] : []),
      ];
    case 'computation':
      return [
        `seed ${text.seed.trim()}`,
        ...(text.engine === 'fast' ? [] : ['reference engine']),
        ...(text.precision === 'float32' ? [] : [text.precision]),
        ...(text.gradientDivisions === 1 ? [] : ['divided twice']),
        ...phrase(text, 'threads', 'threads '),
      ];
  }
}

/** Dropout has its own place above the rows, so it is named here only if there is nothing else. */
function overfittingParts(text: SettingsText): string[] {
  const others = [...phrase(text, 'inputDropout', 'input dropout '), ...againstOverfitting(text)];
  return others.length === 0 && isOn(text.dropout) ? ['only dropout'] : others;
}

/** The values of a section's row: "ReLU, He"; "off" if nothing is set. */
export function sectionSummary(id: SectionId, text: SettingsText): string {
  return parts(id, text).join(', ') || 'off';
}

/** What identifies a run: "512, ReLU · Adam 0.002, cosine, 20 epochs · dropout 0.25". Without what is off. */
export function recipe(text: SettingsText): string {
  const schedule = text.schedule === 'constant' ? [] : [optionLabel('schedule', text.schedule).toLowerCase()];
  const computation = parts('computation', text).filter((part) => part !== 'seed 1');
  return [
    [text.hidden.length === 0 ? 'no hidden layer' : text.hidden.join(' → '), activationInWords(text)],
    [
      `${optionLabel('optimizer', text.optimizer)} ${text.learningRate.trim()}`,
      ...schedule,
      `${text.epochs.trim()} epochs`,
    ],
    [
      ...phrase(text, 'inputDropout', 'input dropout '),
      ...phrase(text, 'dropout', 'dropout '),
      ...againstOverfitting(text),
      ...clipping(text),
    ],
    parts('augmentation', text),
    parts('validation', text),
    computation,
  ]
    .filter((group) => group.length > 0)
    .map((group) => group.join(', '))
    .join(' · ');
}

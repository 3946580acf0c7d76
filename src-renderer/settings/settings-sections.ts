// The settings in the order in which a learner meets them: which field stands where, when it is of use, and what a
// section that is folded away says of itself. Pure.
import type { NumberFieldName } from '../../src-shared/settings/number-fields';
import { CHOICE_FIELDS, type ChoiceFieldName } from '../../src-shared/settings/settings-fields';
import { SETTINGS_OFF } from '../../src-shared/settings/stored-settings';
import { readTypedNumber } from '../ui/typed-number';
import type { FieldName, SettingsText } from './settings-form';

export type SectionId = 'network' | 'learning' | 'overfitting' | 'augmentation' | 'validation' | 'computation';

export interface Section {
  id: SectionId;
  label: string;
  /** Fields that stand beside each other. */
  rows: readonly (readonly FieldName[])[];
}

export const SECTIONS: readonly Section[] = [
  {
    id: 'network',
    label: 'Network',
    rows: [['hidden'], ['activation', 'leakySlope'], ['initialisation', 'outputFan']],
  },
  {
    id: 'learning',
    label: 'Learning',
    rows: [
      ['learningRate'],
      ['optimizer', 'momentum'],
      ['squareDecay'],
      ['batchSize'],
      ['epochs', 'warmupEpochs'],
      ['schedule'],
      ['stepEpochs', 'stepFactor'],
    ],
  },
  {
    id: 'overfitting',
    label: 'Against overfitting',
    rows: [
      ['inputDropout', 'dropout'],
      ['maxNorm', 'weightDecay'],
      ['labelSmoothing', 'clipNorm'],
    ],
  },
  {
    id: 'augmentation',
    label: 'Augmentation',
    rows: [['shift'], ['rotation'], ['scaling'], ['shear'], ['elasticStrength'], ['elasticSmoothness']],
  },
  { id: 'validation', label: 'Validation', rows: [['validationShare', 'patience'], ['keep']] },
  {
    id: 'computation',
    label: 'Computation',
    rows: [['seed', 'threads'], ['engine', 'precision'], ['gradientDivisions']],
  },
];

const OPEN_AT_FIRST: readonly SectionId[] = ['network', 'learning'];

/** The sections to show unfolded. @param kept ids from the last start, possibly of sections that no longer exist */
export function openSections(kept: readonly string[] | undefined): readonly SectionId[] {
  return kept === undefined ? OPEN_AT_FIRST : SECTIONS.map(({ id }) => id).filter((id) => kept.includes(id));
}

/** @returns the unfolded sections after one of them was folded or unfolded */
export function withSection(open: readonly SectionId[], section: SectionId, unfolded: boolean): readonly SectionId[] {
  return unfolded ? [...open, section] : open.filter((id) => id !== section);
}

export const AUGMENTATION_FIELDS = [
  'shift',
  'rotation',
  'scaling',
  'shear',
  'elasticStrength',
  'elasticSmoothness',
] as const satisfies readonly NumberFieldName[];
export type AugmentationField = (typeof AUGMENTATION_FIELDS)[number];

/** Of the sliders: as far as is of use. The number field beside one takes all that is allowed. */
export const AUGMENTATION_SLIDERS: Record<AugmentationField, { min: number; max: number; step: number }> = {
  shift: { min: 0, max: 8, step: 0.5 },
  rotation: { min: 0, max: 45, step: 1 },
  scaling: { min: 0, max: 50, step: 1 },
  shear: { min: 0, max: 45, step: 1 },
  elasticStrength: { min: 0, max: 100, step: 1 },
  elasticSmoothness: { min: 1, max: 12, step: 0.5 },
};

export function isAugmentation(name: FieldName): name is AugmentationField {
  return AUGMENTATION_FIELDS.includes(name as AugmentationField);
}

/** Whether any image is shown otherwise than it is. */
export function distorts(settings: Record<AugmentationField, number>): boolean {
  return AUGMENTATION_FIELDS.some((name) => name !== 'elasticSmoothness' && settings[name] > 0);
}

const WITH_MOMENTUM: readonly string[] = ['momentum', 'nesterov', 'adam', 'adamw'];
const WITH_SQUARES: readonly string[] = ['rmsprop', 'adam', 'adamw'];

/** Whether a field does anything, given the others. One that does not keeps its value. */
export function isRelevant(name: FieldName, text: SettingsText): boolean {
  switch (name) {
    case 'leakySlope':
      return text.activation === 'leaky-relu';
    case 'outputFan':
      return text.initialisation === 'he';
    case 'momentum':
      return WITH_MOMENTUM.includes(text.optimizer);
    case 'squareDecay':
      return WITH_SQUARES.includes(text.optimizer);
    case 'stepEpochs':
    case 'stepFactor':
      return text.schedule === 'step';
    case 'elasticSmoothness':
      return isOn(text.elasticStrength);
    default:
      return true;
  }
}

/** The rows of a section without what is of no use; what is refused is always shown, or it could not be mended. */
export function rowsOf(
  section: Section,
  text: SettingsText,
  errors: Partial<Record<FieldName, string>>,
): FieldName[][] {
  return section.rows
    .map((row) => row.filter((name) => isRelevant(name, text) || errors[name] !== undefined))
    .filter((row) => row.length > 0);
}

/** Whether a row has two columns: a field whose neighbour is of no use keeps its place and its width. */
export function inColumns({ rows }: Section, row: readonly FieldName[]): boolean {
  return rows.some((fields) => fields.length > 1 && fields.includes(row[0]!));
}

function isOn(text: string): boolean {
  return text.trim() !== '' && readTypedNumber(text) !== 0;
}

/** "rotate 10°"; nothing for a field that is off. */
function said(text: SettingsText, name: NumberFieldName, before: string, after = ''): string[] {
  return isOn(text[name]) ? [`${before}${text[name].trim()}${after}`] : [];
}

/** Of a run that a later version of the app has kept, the option may be one that is not known here. */
export function optionLabel(name: ChoiceFieldName, option: string | number): string {
  return (CHOICE_FIELDS[name].options as Readonly<Record<string, string>>)[option] ?? String(option);
}

/** The usual slope of leaky ReLU goes without saying. */
function activationInWords({ activation, leakySlope }: SettingsText): string {
  const isUsual = readTypedNumber(leakySlope) === SETTINGS_OFF.leakySlope;
  return (
    optionLabel('activation', activation) + (activation === 'leaky-relu' && !isUsual ? ` ${leakySlope.trim()}` : '')
  );
}

/**
 * What a section that is folded says of itself in a few words; of one that only adds to training: what it adds, or
 * nothing.
 */
export function sectionSummary(id: SectionId, text: SettingsText): string {
  return summaryParts(id, text).join(', ');
}

function summaryParts(id: SectionId, text: SettingsText): string[] {
  switch (id) {
    case 'network':
      return [text.hidden.length === 0 ? 'no hidden layer' : text.hidden.join(' → '), activationInWords(text)];
    case 'learning': {
      const schedule = text.schedule === 'constant' ? [] : [optionLabel('schedule', text.schedule).toLowerCase()];
      return [
        `${optionLabel('optimizer', text.optimizer)} ${text.learningRate.trim()}`,
        ...schedule,
        `${text.epochs.trim()} epochs`,
      ];
    }
    case 'overfitting':
      return [
        ...said(text, 'inputDropout', 'input dropout '),
        ...said(text, 'dropout', 'dropout '),
        ...said(text, 'maxNorm', 'max-norm '),
        ...said(text, 'weightDecay', 'weight decay '),
        ...said(text, 'labelSmoothing', 'smoothing '),
        ...said(text, 'clipNorm', 'clipping '),
      ];
    case 'augmentation':
      return [
        ...said(text, 'shift', 'shift ', ' px'),
        ...said(text, 'rotation', 'rotate ', '°'),
        ...said(text, 'scaling', 'scale ', '%'),
        ...said(text, 'shear', 'shear ', '°'),
        ...said(text, 'elasticStrength', 'elastic '),
      ];
    case 'validation':
      return [
        ...said(text, 'validationShare', 'split '),
        ...said(text, 'patience', 'patience '),
        ...(text.keep === 'best' ? ['best weights'] : []),
      ];
    case 'computation':
      return [
        ...(text.seed.trim() === '1' ? [] : [`seed ${text.seed.trim()}`]),
        ...(text.engine === 'fast' ? [] : ['reference engine']),
        ...(text.precision === 'float32' ? [] : [text.precision]),
        ...(text.gradientDivisions === 1 ? [] : ['divided twice']),
        ...said(text, 'threads', 'threads '),
      ];
  }
}

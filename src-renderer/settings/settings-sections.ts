// The sections of the settings form: which fields each has, when a field has an effect, and the summary of a folded
// section. Pure.
import type { NumberFieldName } from '../../src-shared/settings/number-fields';
import { CHOICE_FIELDS, type ChoiceFieldName } from '../../src-shared/settings/settings-fields';
import { hasEffect } from '../../src-shared/settings/relevance';
import { SETTINGS_OFF } from '../../src-shared/settings/stored-settings';
import { readTypedNumber } from '../ui/typed-number';
import type { FieldName, SettingsText } from './settings-form';

export type SectionId = 'network' | 'learning' | 'overfitting' | 'augmentation' | 'validation' | 'computation';

export interface Section {
  id: SectionId;
  label: string;
  /** Each row has one field or two beside each other. */
  rows: readonly (readonly FieldName[])[];
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
    rows: AUGMENTATION_FIELDS.map((name) => [name]),
  },
  { id: 'validation', label: 'Validation', rows: [['validationShare', 'patience'], ['keep']] },
  {
    id: 'computation',
    label: 'Computation',
    rows: [['seed', 'threads'], ['engine', 'precision'], ['gradientDivisions']],
  },
];

const OPEN_AT_FIRST: readonly SectionId[] = ['network', 'learning'];

/** The open sections. @param kept ids from the last start, possibly of sections that no longer exist */
export function openSections(kept: readonly string[] | undefined): readonly SectionId[] {
  return kept === undefined ? OPEN_AT_FIRST : SECTIONS.map(({ id }) => id).filter((id) => kept.includes(id));
}

/** @returns the open sections after one of them was folded or unfolded */
export function withSection(open: readonly SectionId[], section: SectionId, unfolded: boolean): readonly SectionId[] {
  return unfolded ? [...open, section] : open.filter((id) => id !== section);
}

/** Useful ranges. The number field beside a slider accepts all valid values. */
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

/** Whether augmentation changes any image. */
export function distorts(settings: Record<AugmentationField, number>): boolean {
  return AUGMENTATION_FIELDS.some((name) => name !== 'elasticSmoothness' && settings[name] > 0);
}

/** Whether a field has an effect, given the others. A field without effect keeps its value. */
export function isRelevant(name: FieldName, text: SettingsText): boolean {
  return hasEffect(name, { ...text, elasticStrength: isOn(text.elasticStrength) ? 1 : 0 });
}

/**
 * The rows of a section, without fields that have no effect now. A field with an error is always shown, so that it can
 * be corrected.
 */
export function rowsOf(
  section: Section,
  text: SettingsText,
  errors: Partial<Record<FieldName, string>>,
): FieldName[][] {
  return section.rows
    .map((row) => row.filter((name) => isRelevant(name, text) || errors[name] !== undefined))
    .filter((row) => row.length > 0);
}

/** Whether a row has two columns. A field keeps its width if its neighbour is hidden. */
export function inColumns({ rows }: Section, row: readonly FieldName[]): boolean {
  return rows.some((fields) => fields.length > 1 && fields.includes(row[0]!));
}

function isOn(text: string): boolean {
  return text.trim() !== '' && readTypedNumber(text) !== 0;
}

/** "rotate 10°"; empty for a field that is off. */
function phrase(text: SettingsText, name: NumberFieldName, before: string, after = ''): string[] {
  return isOn(text[name]) ? [`${before}${text[name].trim()}${after}`] : [];
}

/** The label of an option, or the option itself if it is unknown, in a run that a later version of the app stored. */
export function optionLabel(name: ChoiceFieldName, option: string | number): string {
  return (CHOICE_FIELDS[name].options as Readonly<Record<string, string>>)[option] ?? String(option);
}

/** "Leaky ReLU 0.2", without the slope if it is the default. */
function activationInWords({ activation, leakySlope }: SettingsText): string {
  const isDefault = readTypedNumber(leakySlope) === SETTINGS_OFF.leakySlope;
  return (
    optionLabel('activation', activation) + (activation === 'leaky-relu' && !isDefault ? ` ${leakySlope.trim()}` : '')
  );
}

/** The summary of a folded section. Empty for an optional section in which nothing is set. */
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
        ...phrase(text, 'inputDropout', 'input dropout '),
        ...phrase(text, 'dropout', 'dropout '),
        ...phrase(text, 'maxNorm', 'max-norm '),
        ...phrase(text, 'weightDecay', 'weight decay '),
        ...phrase(text, 'labelSmoothing', 'smoothing '),
        ...phrase(text, 'clipNorm', 'clipping '),
      ];
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
        ...(text.seed.trim() === '1' ? [] : [`seed ${text.seed.trim()}`]),
        ...(text.engine === 'fast' ? [] : ['reference engine']),
        ...(text.precision === 'float32' ? [] : [text.precision]),
        ...(text.gradientDivisions === 1 ? [] : ['divided twice']),
        ...phrase(text, 'threads', 'threads '),
      ];
  }
}

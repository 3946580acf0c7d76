// The sections of the settings form: which fields each has, and when a field has an effect. Pure.
import type { NumberFieldName } from '../../src-shared/settings/number-fields';
import { hasEffect } from '../../src-shared/settings/relevance';
import { readTypedNumber } from '../ui/typed-number';
import type { FieldName, SettingsText } from './settings-form';

export type SectionId =
  'essentials' | 'network' | 'optimizer' | 'schedule' | 'overfitting' | 'augmentation' | 'validation' | 'computation';

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
    id: 'essentials',
    label: 'Essentials',
    rows: [['hidden'], ['learningRate'], ['epochs', 'batchSize'], ['dropout']],
  },
  {
    id: 'network',
    label: 'Network',
    rows: [
      ['activation', 'leakySlope'],
      ['initialisation', 'outputFan'],
    ],
  },
  {
    id: 'optimizer',
    label: 'Optimizer',
    rows: [
      ['optimizer', 'momentum'],
      ['squareDecay', 'clipNorm'],
    ],
  },
  {
    id: 'schedule',
    label: 'Schedule',
    rows: [
      ['schedule', 'warmupEpochs'],
      ['stepEpochs', 'stepFactor'],
    ],
  },
  {
    id: 'overfitting',
    label: 'Against overfitting',
    rows: [
      ['inputDropout', 'maxNorm'],
      ['weightDecay', 'labelSmoothing'],
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

/** The sections under those that are always open. */
export const FOLDING_SECTIONS = SECTIONS.slice(1);

/** The open sections. @param kept ids from the last start, possibly of sections that no longer exist */
export function openSections(kept: readonly string[] | undefined): readonly SectionId[] {
  return SECTIONS.map(({ id }) => id).filter((id) => kept?.includes(id));
}

/** @returns the open sections after one of them was folded or unfolded */
export function withSection(open: readonly SectionId[], section: SectionId, unfolded: boolean): readonly SectionId[] {
  return unfolded ? [...open, section] : open.filter((id) => id !== section);
}

export type SliderField = AugmentationField | 'dropout';

/** Useful ranges. The number field beside a slider accepts all valid values. */
export const SLIDERS: Record<SliderField, { min: number; max: number; step: number }> = {
  dropout: { min: 0, max: 0.9, step: 0.05 },
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

export function hasSlider(name: FieldName): name is SliderField {
  return name in SLIDERS;
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

export function isOn(text: string): boolean {
  return text.trim() !== '' && readTypedNumber(text) !== 0;
}

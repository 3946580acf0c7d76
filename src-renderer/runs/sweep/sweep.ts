// Sweeps: parses lists of values as users type them, and makes the settings of every combination with some seeds. Pure.
import { NUMBER_FIELDS } from '../../../src-shared/settings/number-fields';
import type { FieldName, Settings } from '../../../src-shared/settings/settings';
import { parseHidden } from '../../../src-shared/settings/settings';
import { CHOICE_FIELDS, type ChoiceFieldName } from '../../../src-shared/settings/settings-fields';
import {
  checkSettings,
  chosen,
  fieldHelp,
  FIELDS,
  isChoiceField,
  isNumberField,
  readNumber,
  settingsText,
  valueInWords,
} from '../../settings';
import { numberSeparator, typedNumber } from '../../ui/format';
import { readTypedNumber } from '../../ui/typed-number';
import { countOf } from '../../client/run-words';

export const MOST_RUNS = 200;

/** The fields that can vary. The seed is not one of them: the user enters how many seeds to train. */
export const SWEEP_FIELDS: readonly FieldName[] = FIELDS.filter((name) => name !== 'seed');

export type SettingValue = Settings[FieldName];

export interface Variation {
  name: FieldName;
  values: SettingValue[];
}

/** An example of how to type values of a field. */
export function valuesExample(name: FieldName): string {
  if (!isNumberField(name)) return '64; 128; 256, 128';
  const values = NUMBER_FIELDS[name].integer ? [32, 64, 128] : [0.01, 0.03, 0.1];
  return values.map(typedNumber).join(`${numberSeparator()} `);
}

/**
 * Numbers are separated by semicolons, or by commas if the comma is not the decimal mark. Hidden layers are separated
 * by semicolons between networks and by commas within one: "64; 256, 128".
 * @param picked the ticked options of a choice field, which has no text
 * @returns the values, or the sentence that refuses them
 */
export function parseValues(name: FieldName, text: string, picked: readonly string[]): SettingValue[] | string {
  const { label } = fieldHelp(name);
  if (isChoiceField(name)) {
    if (picked.length === 0) return `Choose at least one value of ${label.toLowerCase()}.`;
    return Object.keys(CHOICE_FIELDS[name].options)
      .filter((option) => picked.includes(option))
      .map((option) => chosenValue(name, option));
  }
  const parts = partsOf(text, isNumberField(name));
  if (text.trim() === '') return `Type values of ${label.toLowerCase()}, such as “${valuesExample(name)}”.`;
  const values: SettingValue[] = [];
  for (const part of parts) {
    const value = isNumberField(name) ? readNumber(name, part) : parseHidden(part);
    if (typeof value === 'string') return value;
    if (values.some((other) => String(other) === String(value)))
      return `${label} ${valueInWords(name, value)} appears twice: type each value once.`;
    values.push(value);
  }
  return values;
}

/** Commas of other scripts are never decimal marks, so they always separate. */
function partsOf(typed: string, areNumbers: boolean): string[] {
  const text = areNumbers ? typed.replace(/[،、؛；]/g, ';') : typed.replace(/[؛；]/g, ';');
  return text.split(areNumbers && !text.includes(';') ? numberSeparator() : ';');
}

function chosenValue(name: ChoiceFieldName, option: string): SettingValue {
  return chosen(name, option)[name]!;
}

/** @returns the number of seeds, or the sentence that refuses the text */
export function parseSeeds(text: string): number | string {
  const seeds = readTypedNumber(text, true);
  return typeof seeds === 'number' && Number.isInteger(seeds) && seeds >= 1 && seeds <= MOST_RUNS
    ? seeds
    : `Seeds must be a whole number from 1 to ${MOST_RUNS}.`;
}

/**
 * All combinations of the values, the first variation changing slowest, each with consecutive seeds from the base's.
 * @param seeds how many per combination
 */
export function sweepRuns(base: Settings, variations: readonly Variation[], seeds: number): Settings[] {
  const combinations = variations.reduce<Settings[]>(
    (all, { name, values }) => all.flatMap((settings) => values.map((value) => ({ ...settings, [name]: value }))),
    [base],
  );
  const largest = NUMBER_FIELDS.seed.max + 1;
  return combinations.flatMap((settings) =>
    Array.from({ length: seeds }, (_, k) => ({ ...settings, seed: (base.seed + k) % largest })),
  );
}

/**
 * @param trainCount images in the training set
 * @returns the sentence that refuses these runs; undefined if they can be trained
 */
export function refusedSweep(runs: readonly Settings[], trainCount: number): string | undefined {
  if (runs.length > MOST_RUNS)
    return (
      `That makes ${countOf(runs.length, 'run')}; at most ${MOST_RUNS} can be started at once. Choose fewer values ` +
      'or seeds.'
    );
  for (const settings of runs) {
    const [refused] = Object.values(checkSettings(settingsText(settings), trainCount).errors);
    if (refused) return refused;
  }
  return undefined;
}

/** "3 values × 5 seeds: 15 runs, one after the other" */
export function sweepInWords(variations: readonly Variation[], seeds: number): string {
  const factors = [...variations.map(({ values }) => countOf(values.length, 'value')), countOf(seeds, 'seed')];
  const runs = variations.reduce((product, { values }) => product * values.length, seeds);
  return `${factors.join(' × ')}: ${countOf(runs, 'run')}, one after the other`;
}

/** The default name of the group: "Learning rate 0.01, 0.1 × 3 seeds". */
export function sweepName(variations: readonly Variation[], seeds: number): string {
  const parts = variations.map(
    ({ name, values }) => `${fieldHelp(name).label} ${values.map((value) => valueInWords(name, value)).join(', ')}`,
  );
  if (seeds > 1 || parts.length === 0) parts.push(countOf(seeds, 'seed'));
  return parts.join(' × ').slice(0, 200);
}

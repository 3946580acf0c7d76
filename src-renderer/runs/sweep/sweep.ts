// Many runs from the settings of one: lists of values as a person types them, every combination of them, some seeds of
// each. Pure.
import { parseHidden, type FieldName, type Settings } from '../../../src-shared/settings/settings';
import { NUMBER_FIELDS } from '../../../src-shared/settings/number-fields';
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

/** The seed has a number of its own: how many. */
export const SWEEP_FIELDS: readonly FieldName[] = FIELDS.filter((name) => name !== 'seed');

export type SettingValue = Settings[FieldName];

export interface Variation {
  name: FieldName;
  values: SettingValue[];
}

/** How values of a field are typed, by example. */
export function valuesExample(name: FieldName): string {
  if (!isNumberField(name)) return '64; 128; 256, 128';
  const values = NUMBER_FIELDS[name].integer ? [32, 64, 128] : [0.01, 0.03, 0.1];
  return values.map(typedNumber).join(`${numberSeparator()} `);
}

/**
 * Numbers between semicolons, or between commas if none of them is a decimal mark; the layers of networks between
 * semicolons, of which each may have several: "64; 256, 128".
 * @param picked options of a choice, in place of text. @returns the values, or the sentence that refuses them
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
      return `${label} ${valueInWords(name, value)} stands there twice: type each value once.`;
    values.push(value);
  }
  return values;
}

/** A comma of another script is no decimal mark anywhere. */
function partsOf(typed: string, areNumbers: boolean): string[] {
  const text = areNumbers ? typed.replace(/[،、؛；]/g, ';') : typed.replace(/[؛；]/g, ';');
  return text.split(areNumbers && !text.includes(';') ? numberSeparator() : ';');
}

function chosenValue(name: ChoiceFieldName, option: string): SettingValue {
  return chosen(name, option)[name]!;
}

/** @returns how many seeds, or the sentence that refuses what was typed */
export function parseSeeds(text: string): number | string {
  const seeds = readTypedNumber(text, true);
  return typeof seeds === 'number' && Number.isInteger(seeds) && seeds >= 1 && seeds <= MOST_RUNS
    ? seeds
    : `Seeds must be a whole number from 1 to ${MOST_RUNS}.`;
}

/** All combinations of the values, the first variation slowest, each with so many seeds from that of the base on. */
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
 * @param trainCount images to train on.
 * @returns the sentence that refuses these runs; undefined where they can be trained
 */
export function refusedSweep(runs: readonly Settings[], trainCount: number): string | undefined {
  if (runs.length > MOST_RUNS)
    return (
      `That makes ${countOf(runs.length, 'run')}; at most ${MOST_RUNS} can be started at once. Take fewer values ` +
      'or seeds.'
    );
  for (const settings of runs) {
    const [refused] = Object.values(checkSettings(settingsText(settings), trainCount).errors);
    if (refused) return refused;
  }
  return undefined;
}

/** "3 values × 5 seeds: 15 runs" */
export function sweepInWords(variations: readonly Variation[], seeds: number): string {
  const factors = [...variations.map(({ values }) => countOf(values.length, 'value')), countOf(seeds, 'seed')];
  const runs = variations.reduce((product, { values }) => product * values.length, seeds);
  return `${factors.join(' × ')}: ${countOf(runs, 'run')}, one after the other`;
}

/** What the group is called unless a person says otherwise: "Learning rate 0.01, 0.1 × 3 seeds". */
export function sweepName(variations: readonly Variation[], seeds: number): string {
  const parts = variations.map(
    ({ name, values }) => `${fieldHelp(name).label} ${values.map((value) => valueInWords(name, value)).join(', ')}`,
  );
  if (seeds > 1 || parts.length === 0) parts.push(countOf(seeds, 'seed'));
  return parts.join(' × ').slice(0, 200);
}

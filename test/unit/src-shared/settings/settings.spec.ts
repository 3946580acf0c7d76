import { describe, expect, it } from 'vitest';
import { PRESETS, PRESET_NAMES, presetOf, type PresetName } from '../../../../src-shared/settings/presets';
import {
  countParameters,
  parseHidden,
  parseNumberField,
  type Settings,
} from '../../../../src-shared/settings/settings';
import { settingsSchema } from '../../../../src-shared/settings/settings-schema';
import { NUMBER_FIELDS, type NumberFieldName } from '../../../../src-shared/settings/number-fields';
import { settingsFromJson, settingsToJson } from '../../../../src-shared/settings/settings-json';

const recommended = PRESETS.recommended.settings;
const preset = (name: PresetName, changes: Partial<Settings> = {}): Settings => ({
  ...PRESETS[name].settings,
  ...changes,
});

describe('settings are refused', () => {
  it.each(Object.keys(NUMBER_FIELDS) as NumberFieldName[])('with a sentence that says the range, for %s', (name) => {
    const { label, min, max, integer } = NUMBER_FIELDS[name];
    const sentence = `${label} must be ${integer ? 'a whole number' : 'a number'} from ${min} to ${max}.`;
    for (const text of ['', ' ', 'abc', '1e999', '-1', String(max + 1), '1,5', 'NaN', ...(integer ? ['1.5'] : [])]) {
      expect(parseNumberField(name, text), `“${text}”`).toBe(sentence);
    }
  });

  it.each(['0', '2049', '1.5', '12,', 'a', '1,2,3,4,5,6,7', '-3'])('for hidden units “%s”', (text) => {
    expect(parseHidden(text)).toBe('Hidden units must be whole numbers from 1 to 2048, for at most 6 layers.');
  });

  it('for unknown fields, and for choices that do not exist', () => {
    expect(settingsSchema.safeParse({ ...recommended, speed: 0.9 }).success).toBe(false);
    expect(settingsSchema.safeParse({ ...recommended, activation: 'swish' }).success).toBe(false);
    expect(settingsSchema.safeParse({ ...recommended, gradientDivisions: 3 }).success).toBe(false);
    expect(settingsSchema.safeParse({ ...recommended, learningRate: NaN }).success).toBe(false);
  });

  it.each([{ patience: 3 }, { keep: 'best' }])('if %o has no validation images to go by', (change) => {
    expect(settingsSchema.safeParse({ ...recommended, ...change }).success).toBe(false);
    expect(settingsSchema.safeParse({ ...recommended, ...change, validationShare: 0.1 }).success).toBe(true);
  });
});

describe('settings are read', () => {
  it('as numbers and lists, including the ends of ranges', () => {
    expect(parseNumberField('learningRate', '0.000001')).toBe(0.000001);
    expect(parseNumberField('batchSize', ' 4096 ')).toBe(4096);
    expect(parseNumberField('seed', '0')).toBe(0);
    expect(parseHidden('128, 64')).toEqual([128, 64]);
  });

  it.each(['', ' ', 'none'])('“%s” as no hidden layer', (text) => {
    expect(parseHidden(text)).toEqual([]);
  });

  it.each(Object.values(PRESETS))('and the preset “$label” is valid', ({ settings }) => {
    expect(settingsSchema.parse(settings)).toEqual(settings);
  });
});

describe('settings as JSON', () => {
  it.each(PRESET_NAMES)('survive a round trip: %s', (name) => {
    const settings = preset(name, { seed: 7, threads: 2 });
    expect(settingsFromJson(settingsToJson(settings), preset('seed'))).toEqual(settings);
  });

  it('have one field per line, with lists on one line', () => {
    expect(settingsToJson(preset('record', { hidden: [1024, 1024] }))).toContain('\n  "hidden": [1024, 1024],\n');
    expect(settingsToJson(preset('record', { hidden: [] }))).toContain('\n  "hidden": [],\n');
  });

  it('may leave fields out', () => {
    expect(settingsFromJson('{"epochs": 3}', preset('fast'))).toEqual(preset('fast', { epochs: 3 }));
  });

  it.each([
    ['nonsense', 'This is not JSON. Expected a JSON object such as {"hidden": [256], "learningRate": 0.1}.'],
    ['[1]', 'These are not settings. Expected a JSON object such as {"hidden": [256], "learningRate": 0.1}.'],
    ['null', 'These are not settings. Expected a JSON object such as {"hidden": [256], "learningRate": 0.1}.'],
    ['{"dropout": 2}', '“dropout”: Dropout must be a number from 0 to 0.9.'],
    ['{"hidden": 256}', '“hidden”: Hidden units must be whole numbers from 1 to 2048, for at most 6 layers.'],
    ['{"optimizer": "lion"}', '“optimizer”: Optimizer must be one of sgd, momentum, nesterov, rmsprop, adam, adamw.'],
    ['{"patience": 5}', '“patience”: Patience needs a validation split: choose a share above 0, or a patience of 0.'],
  ])('are refused by name: %s', (text, sentence) => {
    expect(settingsFromJson(text, recommended as never)).toBe(sentence);
  });

  it('with an unknown field are refused with the names of all fields', () => {
    const sentence = settingsFromJson('{"dropuot": 0.2}', recommended as never) as string;
    expect(sentence).toMatch(/^There is no setting “dropuot”\. The settings are hidden, /);
    for (const name of Object.keys(recommended)) expect(sentence).toContain(name);
  });
});

describe('a preset', () => {
  it.each(PRESET_NAMES)('is recognized whatever the seed, but not if something else differs: %s', (name) => {
    const settings = preset(name, { seed: 99, threads: 3 });
    expect(presetOf(settings)).toBe(name);
    expect(presetOf({ ...settings, hidden: [...settings.hidden, 1] })).toBeUndefined();
    expect(presetOf({ ...settings, labelSmoothing: 0.123 })).toBeUndefined();
  });
});

it('a network 784-256-10 has 203,530 parameters', () => {
  expect(countParameters([784, 256, 10])).toBe(203_530);
});

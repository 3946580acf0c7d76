import { describe, expect, it } from 'vitest';
import { countParameters, NUMBER_FIELDS, parseHidden, parseNumberField, PRESETS, presetOf, settingsSchema, type NumberFieldName } from '../../../src-shared/settings';

const recommended = PRESETS.recommended.settings;

describe('settings are refused', () => {
  it.each(Object.keys(NUMBER_FIELDS) as NumberFieldName[])('with a sentence that says the range, for %s', (name) => {
    const { label, min, max, integer } = NUMBER_FIELDS[name];
    const sentence = `${label} must be ${integer ? 'a whole number' : 'a number'} from ${min} to ${max}.`;
    for (const text of ['', ' ', 'abc', '1e999', '-1', String(max + 1), '1,5', 'NaN', ...(integer ? ['1.5'] : ['0'])]) {
      expect(parseNumberField(name, text), `“${text}”`).toBe(sentence);
    }
  });

  it.each(['', '0', '2049', '1.5', '12,', 'a', '1,2,3,4,5,6,7', '-3'])('for hidden units “%s”', (text) => {
    expect(parseHidden(text)).toBe('Hidden units must be whole numbers from 1 to 2048, for 1 to 6 layers.');
  });

  it('for fields that nobody knows, and for choices that are not offered', () => {
    expect(settingsSchema.safeParse({ ...recommended, momentum: 0.9 }).success).toBe(false);
    expect(settingsSchema.safeParse({ ...recommended, activation: 'gelu' }).success).toBe(false);
    expect(settingsSchema.safeParse({ ...recommended, gradientDivisions: 3 }).success).toBe(false);
    expect(settingsSchema.safeParse({ ...recommended, learningRate: NaN }).success).toBe(false);
  });
});

describe('settings are read', () => {
  it('as numbers and lists, the ends of ranges included', () => {
    expect(parseNumberField('learningRate', '0.000001')).toBe(0.000001);
    expect(parseNumberField('batchSize', ' 4096 ')).toBe(4096);
    expect(parseNumberField('seed', '0')).toBe(0);
    expect(parseHidden('128, 64')).toEqual([128, 64]);
  });

  it.each(Object.values(PRESETS))('and the preset “$label” is valid', ({ settings }) => {
    expect(settingsSchema.parse(settings)).toEqual(settings);
  });
});

describe('a preset', () => {
  it('is recognised whatever the seed, and no longer when something else differs', () => {
    expect(presetOf({ ...recommended, hidden: [256], seed: 99 })).toBe('recommended');
    expect(presetOf({ ...PRESETS.seed.settings, hidden: [256] })).toBe('seed');
    expect(presetOf({ ...recommended, hidden: [256, 1] })).toBeUndefined();
  });
});

it('a network 784-256-10 has 203,530 parameters', () => {
  expect(countParameters([784, 256, 10])).toBe(203_530);
});

import { describe, expect, it } from 'vitest';
import { fieldHelp } from '../../../src-renderer/field-help';
import { checkSettings, presetText, rateAt, ratePosition, readKeptSettings, settingsText } from '../../../src-renderer/settings-form';
import { PRESETS, type Settings } from '../../../src-shared/settings';

const recommended: Settings = { ...PRESETS.recommended.settings, hidden: [256] };
const text = settingsText(recommended);

describe('settings as typed', () => {
  it('are refused field by field, each with its sentence', () => {
    const { settings, errors } = checkSettings({ ...text, hidden: '256, x', learningRate: '', epochs: '1.5' }, 60_000);
    expect(settings).toBeUndefined();
    expect(Object.keys(errors).sort()).toEqual(['epochs', 'hidden', 'learningRate']);
    expect(errors.epochs).toContain('whole number');
  });

  it('are refused where a batch would be larger than the training set', () => {
    expect(checkSettings({ ...text, batchSize: '64' }, 63).errors.batchSize).toContain('at most 63');
    expect(checkSettings({ ...text, batchSize: '64' }, 64).errors).toEqual({});
  });

  it('come back as they were written', () => {
    const settings: Settings = { ...recommended, hidden: [128, 64], learningRate: 0.000001 };
    expect(settingsText(settings)).toMatchObject({ hidden: '128, 64', learningRate: '0.000001' });
    expect(checkSettings(settingsText(settings), 60_000).settings).toEqual(settings);
  });

  it('take all of a preset but the seed', () => {
    expect(presetText('seed', { ...text, seed: '7' })).toMatchObject({ activation: 'sigmoid', gradientDivisions: 2, seed: '7' });
  });
});

describe('settings kept from an earlier visit', () => {
  it('are the recommended ones where nothing valid was kept', () => {
    for (const kept of [null, '', '{', '{}', JSON.stringify({ ...recommended, epochs: 0 })]) expect(readKeptSettings(kept)).toEqual(recommended);
  });

  it('are what was kept', () => {
    const kept: Settings = { ...recommended, hidden: [10, 20], seed: 3 };
    expect(readKeptSettings(JSON.stringify(kept))).toEqual(kept);
  });
});

describe("the learning rate's slider", () => {
  it('stands at the power of ten, and in the middle for text that is no rate', () => {
    expect(ratePosition('0.01')).toBeCloseTo(-2);
    expect(ratePosition('much')).toBeCloseTo(-2.5);
  });

  it('writes two digits and no exponent', () => {
    expect(rateAt(-6)).toBe('0.000001');
    expect(rateAt(-0.5)).toBe('0.32');
    expect(rateAt(1)).toBe('10');
  });
});

it('tells the range and the unit of every number', () => {
  expect(fieldHelp('batchSize').range).toBe('1 to 4,096 images');
  expect(fieldHelp('learningRate').range).toBe('0.000001 to 10 per update');
  expect(fieldHelp('hidden').range).toBe('1 to 2,048 units a layer, 1 to 6 layers');
});

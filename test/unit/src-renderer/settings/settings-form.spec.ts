import { describe, expect, it } from 'vitest';
import { fieldHelp } from '../../../../src-renderer/settings/field-help';
import {
  checkSettings,
  parseUnits,
  presetText,
  rateAt,
  ratePosition,
  restoreSettings,
  scheduleIn,
  settingsText,
} from '../../../../src-renderer/settings/settings-form';
import { PLAIN_SETTINGS, PRESETS } from '../../../../src-shared/settings/presets';
import { NUMBER_FIELDS } from '../../../../src-shared/settings/number-fields';
import type { Settings } from '../../../../src-shared/settings/settings';

const recommended: Settings = { ...PRESETS.recommended.settings, hidden: [...PRESETS.recommended.settings.hidden] };
const text = settingsText({ ...PLAIN_SETTINGS, hidden: [256] });

describe('settings as typed', () => {
  it('have an error sentence for each invalid field', () => {
    const { settings, errors } = checkSettings(
      { ...text, hidden: ['256', 'x'], learningRate: '', epochs: '1.5' },
      60_000,
    );
    expect(settings).toBeUndefined();
    expect(Object.keys(errors).sort()).toEqual(['epochs', 'hidden', 'learningRate']);
    expect(errors.epochs).toContain('whole number');
  });

  it('are refused if a batch would be larger than the training set', () => {
    expect(checkSettings({ ...text, batchSize: '64' }, 63).errors.batchSize).toContain('at most 63');
    expect(checkSettings({ ...text, batchSize: '64' }, 64).errors).toEqual({});
  });

  it('are the same after a round trip', () => {
    const settings: Settings = { ...recommended, hidden: [128, 64], learningRate: 0.000001 };
    expect(settingsText(settings)).toMatchObject({ hidden: ['128', '64'], learningRate: '0.000001' });
    expect(checkSettings(settingsText(settings), 60_000).settings).toEqual(settings);
  });

  it('are the same after a round trip, in every field of every preset', () => {
    for (const preset of Object.values(PRESETS)) {
      const settings = { ...preset.settings, hidden: [...preset.settings.hidden] } as Settings;
      expect(checkSettings(settingsText(settings), 60_000)).toEqual({ settings, errors: {} });
    }
    for (const [name, { min, max }] of Object.entries(NUMBER_FIELDS)) {
      if (name === 'validationShare' || name === 'patience') continue;
      for (const end of [min, max])
        expect(checkSettings(settingsText({ ...recommended, [name]: end }), undefined).settings).toEqual({
          ...recommended,
          [name]: end,
        });
    }
  });

  it('accept digit groups of any locale in whole numbers, and in no others', () => {
    for (const thousand of ['1000', '1.000', '1,000', ' 1 000', '1\u202f000', '1’000']) {
      expect(checkSettings({ ...text, epochs: thousand, hidden: [thousand] }, 60_000).settings).toMatchObject({
        epochs: 1000,
        hidden: [1000],
      });
    }
    expect(checkSettings({ ...text, seed: '1.000.000' }, 60_000).settings).toMatchObject({ seed: 1_000_000 });
    expect(checkSettings({ ...text, learningRate: '1.000' }, 60_000).settings).toMatchObject({ learningRate: 1 });
    for (const other of ['1,00', '1.000,5', '10,0000', ',000'])
      expect(checkSettings({ ...text, batchSize: other }, 60_000).errors.batchSize).toContain('whole number');
  });

  it('refuse a layer that is empty, out of range or not a number, and accept no layer at all', () => {
    for (const units of ['', '0', '2049', 'none', '1,2', '1.5', '-3']) {
      expect(parseUnits(units)).toContain('whole numbers from 1 to 2048');
      expect(checkSettings({ ...text, hidden: ['64', units] }, undefined).errors.hidden).toBeDefined();
    }
    expect(checkSettings({ ...text, hidden: [] }, undefined).settings?.hidden).toEqual([]);
  });

  it('refuse contradicting fields, with the error at one of them', () => {
    expect(checkSettings({ ...text, patience: '5' }, undefined).errors.patience).toContain('validation split');
    expect(checkSettings({ ...text, keep: 'best' }, undefined).errors.keep).toContain('validation split');
    expect(checkSettings({ ...text, keep: 'best', validationShare: '0.1' }, undefined).errors).toEqual({});
  });

  it('limit the batch size to the images left by the validation split', () => {
    expect(checkSettings({ ...text, validationShare: '0.5', batchSize: '51' }, 100).errors.batchSize).toContain(
      'at most 50',
    );
  });

  it('have a schedule to draw even if other fields have errors', () => {
    const other = { ...text, seed: 'x' };
    expect(scheduleIn(other, checkSettings(other, undefined))).toEqual({
      schedule: 'constant',
      learningRate: 0.1,
      warmupEpochs: 0,
      stepEpochs: 10,
      stepFactor: 0.5,
      epochs: 20,
    });
    const own = { ...text, epochs: 'x' };
    expect(scheduleIn(own, checkSettings(own, undefined))).toBeUndefined();
  });

  it('take everything from a preset except the seed', () => {
    expect(presetText('seed', { ...text, seed: '7' })).toMatchObject({
      activation: 'sigmoid',
      gradientDivisions: 2,
      seed: '7',
    });
  });
});

describe('settings stored by an earlier start', () => {
  it('are the recommended ones if nothing valid was stored', () => {
    for (const kept of [null, '', '{', '{}', JSON.stringify({ ...recommended, epochs: 0 })])
      expect(restoreSettings(kept)).toEqual(recommended);
  });

  it('are what was stored', () => {
    const kept: Settings = { ...recommended, hidden: [10, 20], seed: 3 };
    expect(restoreSettings(JSON.stringify(kept))).toEqual(kept);
  });

  it('may be from an earlier version, or from a later one if its new settings are off', () => {
    expect(restoreSettings(JSON.stringify({ ...recommended, shear: undefined, seed: 3 }))).toEqual({
      ...recommended,
      shear: 0,
      seed: 3,
    });
    expect(restoreSettings(JSON.stringify({ ...recommended, noise: 0 }))).toEqual(recommended);
    expect(restoreSettings(JSON.stringify({ ...recommended, seed: 3, optimizer: 'lion' }))).toEqual(recommended);
  });
});

describe("the learning rate's slider", () => {
  it('is at the power of ten, and in the middle if the text is not valid', () => {
    expect(ratePosition('0.01')).toBeCloseTo(-2);
    expect(ratePosition('much')).toBeCloseTo(-2.5);
  });

  it('writes two digits and no exponent', () => {
    expect(rateAt(-6)).toBe('0.000001');
    expect(rateAt(-0.5)).toBe('0.32');
    expect(rateAt(1)).toBe('10');
  });
});

it('has the range and the unit of every number', () => {
  expect(fieldHelp('batchSize').range).toBe('1 to 4,096 images');
  expect(fieldHelp('learningRate').range).toBe('0.000001 to 10 per update');
  expect(fieldHelp('hidden').range).toBe('1 to 2,048 units per layer, at most 6 layers');
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PLAIN_SETTINGS } from '../../../../src-shared/settings/presets';
import {
  FIELD_NAMES,
  fieldFault,
  settingsFaults,
  type FieldName,
  type Settings,
} from '../../../../src-shared/settings/settings';
import { settingsFromJson, settingsToJson } from '../../../../src-shared/settings/settings-json';
import {
  LATER_SETTINGS,
  readStoredSettings,
  SETTINGS_OFF,
  withoutOff,
} from '../../../../src-shared/settings/stored-settings';

const RUNS = join(import.meta.dirname, '../../../fixtures/runs-of-0.1/runs');
const [first] = readdirSync(RUNS);
const settingsOf01 = (JSON.parse(readFileSync(join(RUNS, first!, 'run.json'), 'utf8')) as { settings: Settings })
  .settings;

/** A form with something on in each section. */
const base: Settings = { ...PLAIN_SETTINGS, dropout: 0.5, shear: 10, optimizer: 'adam' };

function without(...names: FieldName[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(PLAIN_SETTINGS).filter(([name]) => !names.includes(name as FieldName)));
}

describe('the table of values with which settings have no effect', () => {
  it.each([...FIELD_NAMES] as FieldName[])('has %s', (name) => {
    expect(Object.keys(SETTINGS_OFF)).toContain(name);
    const off = SETTINGS_OFF[name];
    if (off !== undefined) expect(fieldFault(name, off)).toBeUndefined();
    if (name in settingsOf01) expect(LATER_SETTINGS).not.toContain(name);
    // A setting that version 0.1 did not have: older runs lack it, and files lack it if it is off, so that older
    // versions can read them.
    else
      expect([LATER_SETTINGS.includes(name), name in withoutOff({ ...PLAIN_SETTINGS, [name]: off })]).toEqual([
        true,
        false,
      ]);
  });

  it('makes settings that can be trained with', () => {
    expect(
      settingsFaults({
        ...PLAIN_SETTINGS,
        ...Object.fromEntries(Object.entries(SETTINGS_OFF).filter(([, off]) => off !== undefined)),
      }),
    ).toEqual([]);
  });
});

describe('stored settings', () => {
  it.each([
    [undefined],
    [null],
    ['{}'],
    [[]],
    [{}],
    [without('learningRate')],
    [without('hidden')],
    [{ ...PLAIN_SETTINGS, hidden: '256' }],
    [{ ...PLAIN_SETTINGS, learningRate: 'auto' }],
  ])('are refused if they are settings of no version: %j', (value) => {
    expect(readStoredSettings(value)).toBeUndefined();
  });

  it('of this version are read unchanged', () => {
    expect(readStoredSettings(base)).toEqual({ settings: base, strange: undefined });
  });

  it('that lack a setting are read with it off, whatever the default of the form', () => {
    expect(readStoredSettings(without('weightDecay', 'precision'))).toEqual({
      settings: PLAIN_SETTINGS,
      strange: undefined,
    });
  });

  it.each([
    [{ optimizer: 'lion' }, '“optimizer” is "lion"'],
    [{ noise: 0.5 }, '“noise” is 0.5'],
    [{ noise: { of: 'many kinds' } }, '“noise” is {"of":"many kinds"}'],
    [{ dropout: 'annealed' }, '“dropout” is "annealed"'],
    [{ keep: 'best' }, '“keep” is "best"'],
  ])('of a later version are reported: %j', (changes, said) => {
    expect(readStoredSettings({ ...PLAIN_SETTINGS, ...changes })?.strange).toContain(said);
  });

  it('of a later version that are off are left out', () => {
    expect(readStoredSettings({ ...PLAIN_SETTINGS, noise: 0, mixing: 'off', layers: [] })).toEqual({
      settings: PLAIN_SETTINGS,
      strange: undefined,
    });
  });
});

describe('a setting that came after version 0.1', () => {
  it('is left out if it is off, so that version 0.1 reads the settings, and is off when they are read', () => {
    expect(JSON.parse(settingsToJson(PLAIN_SETTINGS))).not.toHaveProperty('leakySlope');
    expect(settingsFromJson(settingsToJson(PLAIN_SETTINGS), { ...base, leakySlope: 0.3 })).toEqual(PLAIN_SETTINGS);
    expect(readStoredSettings(withoutOff(PLAIN_SETTINGS))?.settings).toEqual(PLAIN_SETTINGS);
  });

  it('is written if it is on, so that version 0.1 reports it as unknown', () => {
    const leaky: Settings = { ...PLAIN_SETTINGS, activation: 'leaky-relu', leakySlope: 0.2 };
    expect(JSON.parse(settingsToJson(leaky))).toMatchObject({ leakySlope: 0.2 });
    expect(readStoredSettings(withoutOff(leaky))?.settings).toEqual(leaky);
  });
});

describe('settings in a file', () => {
  it('that lists a few changes those of the form', () => {
    expect(settingsFromJson('{"learningRate": 0.5}', base)).toEqual({ ...base, learningRate: 0.5 });
    expect(settingsFromJson('{"noise": 0}', base)).toContain('There is no setting “noise”');
  });

  it('that a later version saved whole are read if unknown ones are off, and refused otherwise', () => {
    expect(settingsFromJson(settingsToJson({ ...PLAIN_SETTINGS, ...{ noise: 0 } }), base)).toEqual(PLAIN_SETTINGS);
    expect(settingsFromJson(settingsToJson({ ...PLAIN_SETTINGS, ...{ noise: 1 } }), base)).toContain(
      'There is no setting “noise”',
    );
  });
});

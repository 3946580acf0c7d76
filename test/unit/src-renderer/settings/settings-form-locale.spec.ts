import { afterEach, expect, it } from 'vitest';
import {
  checkSettings,
  rateAt,
  ratePosition,
  scheduleIn,
  settingsText,
} from '../../../../src-renderer/settings/settings-form';
import { useLocale } from '../../../../src-renderer/ui/format';
import { PLAIN_SETTINGS } from '../../../../src-shared/settings/presets';
import type { Settings } from '../../../../src-shared/settings/settings';

afterEach(() => useLocale('en-US'));

it('the fields show and accept numbers in the format of the locale', () => {
  const settings: Settings = { ...PLAIN_SETTINGS, learningRate: 0.000001, momentum: 0.95 };
  expect(settingsText(settings)).toMatchObject({ learningRate: '0.000001', momentum: '0.95' });
  useLocale('de-DE');
  const text = settingsText(settings);
  expect(text).toMatchObject({ learningRate: '0,000001', momentum: '0,95' });
  expect(checkSettings(text, 60_000)).toEqual({ settings, errors: {} });
  expect(checkSettings({ ...text, momentum: '0.9' }, 60_000).settings?.momentum).toBe(0.9);
  expect(scheduleIn(text, checkSettings(text, 60_000))).toMatchObject({ learningRate: 0.000001 });
  expect(rateAt(-2)).toBe('0,01');
  expect(ratePosition(rateAt(-2))).toBeCloseTo(-2, 6);
});

// In which fields the form differs from a run, so that the next run would not be the same again. Pure.
import type { FieldName, Settings } from '../../src-shared/settings/settings';
import type { Run } from '../client/training';
import { settingsOf } from './live-settings';
import { FIELDS, settingInWords } from './run-settings';

/**
 * In the order of FIELDS. A field that has no effect in either, such as the slope of another activation, is left out.
 */
export function changedFields(settings: Settings, run: Run): FieldName[] {
  const before = settingsOf(run);
  return FIELDS.filter((name) => settingInWords(name, settings) !== settingInWords(name, before));
}

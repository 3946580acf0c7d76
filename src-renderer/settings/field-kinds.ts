// Tells number fields and choices apart. Pure.
import { NUMBER_FIELDS, type NumberFieldName } from '../../src-shared/settings/number-fields';
import type { FieldName } from '../../src-shared/settings/settings';
import { CHOICE_FIELDS, type ChoiceFieldName } from '../../src-shared/settings/settings-fields';

export function isNumberField(name: FieldName): name is NumberFieldName {
  return name in NUMBER_FIELDS;
}

export function isChoiceField(name: FieldName): name is ChoiceFieldName {
  return name in CHOICE_FIELDS;
}

// Tells number fields and choices apart. Pure.
import type { FieldName } from '../../src-shared/settings/settings';
import {
  CHOICE_FIELDS,
  NUMBER_FIELDS,
  type ChoiceFieldName,
  type NumberFieldName,
} from '../../src-shared/settings/settings-fields';

export function isNumberField(name: FieldName): name is NumberFieldName {
  return name in NUMBER_FIELDS;
}

export function isChoiceField(name: FieldName): name is ChoiceFieldName {
  return name in CHOICE_FIELDS;
}

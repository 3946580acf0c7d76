// The settings of a run in flight: which of them may still be changed, and what a person has typed but not yet sent.
// Pure.
import {
  LIVE_FIELDS,
  type FieldName,
  type LiveChanges,
  type Settings,
  type SettingsChange,
} from '../../src-shared/settings/settings';
import { NUMBER_FIELDS } from '../../src-shared/settings/number-fields';
import { HIDDEN_FIELD } from '../../src-shared/settings/settings-fields';
import { formatUpTo, typedNumber } from '../ui/format';
import { type SettingsText, settingsText } from './settings-form';
import { liveSettings, type Run } from '../client/training';

/** What was typed while a run was in flight. */
export interface Draft {
  run: number;
  /** Changes that the run had taken when it was typed: once it has one more, what was typed is sent and done with. */
  changes: number;
  fields: Partial<SettingsText>;
}

export function isLive(name: FieldName): boolean {
  return (LIVE_FIELDS as readonly FieldName[]).includes(name);
}

/** @returns what was typed since the run's last change */
export function draftOf(run: Run, draft: Draft | undefined): Partial<SettingsText> {
  return draft?.run === run.number && draft.changes === run.changes.length ? draft.fields : {};
}

export function draftWith(run: Run, draft: Draft | undefined, fields: Partial<SettingsText>): Draft {
  return { run: run.number, changes: run.changes.length, fields: { ...draftOf(run, draft), ...fields } };
}

/** The fields of a run in flight as they are shown: what is true, and over it what was typed. */
export function runText(run: Run, draft: Draft | undefined): SettingsText {
  const epochs = Math.min(run.epochs, NUMBER_FIELDS.epochs.max);
  return { ...settingsText({ ...liveSettings(run), epochs }), ...draftOf(run, draft) };
}

/** What is to be sent so that a run in flight has the wanted settings. */
export function changesTo(live: Settings, wanted: Settings): LiveChanges {
  return Object.fromEntries(
    LIVE_FIELDS.filter((name) => wanted[name] !== live[name]).map((name) => [name, wanted[name]]),
  );
}

/** Changes as they stand in their fields. */
export function changesText(changes: LiveChanges): Partial<SettingsText> {
  return Object.fromEntries(
    LIVE_FIELDS.flatMap((name) => (changes[name] === undefined ? [] : [[name, typedNumber(changes[name])]])),
  );
}

const SHORT_NAMES: Record<keyof LiveChanges, string> = {
  learningRate: 'rate',
  momentum: 'momentum',
  dropout: 'dropout',
  inputDropout: 'input dropout',
  batchSize: 'batch',
};

/** "rate 0.05, batch 128" */
export function changeLabel({ changes }: Pick<SettingsChange, 'changes'>): string {
  const texts = LIVE_FIELDS.flatMap((name) =>
    changes[name] === undefined ? [] : [`${SHORT_NAMES[name]} ${typedNumber(changes[name])}`],
  );
  return texts.join(', ');
}

/** "rate 0.05 at epoch 2.5" */
export function changeSentence(change: SettingsChange): string {
  return `${changeLabel(change)} at epoch ${formatUpTo(change.epochs, 1)}`;
}

/** Of the layers' text: a new one is as large as the last. */
export function withLayerAdded(hidden: readonly string[]): string[] {
  return hidden.length >= HIDDEN_FIELD.maxLayers ? [...hidden] : [...hidden, hidden.at(-1) ?? '128'];
}

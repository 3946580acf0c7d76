// Settings during training: which of them can be changed, and what a person has typed but not sent yet. Pure.
import { NUMBER_FIELDS } from '../../src-shared/settings/number-fields';
import {
  type FieldName,
  LIVE_FIELDS,
  type LiveChanges,
  type Settings,
  type SettingsChange,
} from '../../src-shared/settings/settings';
import { HIDDEN_FIELD } from '../../src-shared/settings/settings-fields';
import { formatUpTo, typedNumber } from '../ui/format';
import { type SettingsText, settingsText } from './settings-form';
import { liveSettings, type Run } from '../client/training';

/** What was typed during training. */
export interface Draft {
  run: number;
  /** The run's number of changes when this was typed. When it has more, the draft was sent and is obsolete. */
  changes: number;
  fields: Partial<SettingsText>;
}

export function isLive(name: FieldName): boolean {
  return (LIVE_FIELDS as readonly FieldName[]).includes(name);
}

/** @returns what was typed since the run's last change, or nothing */
export function draftOf(run: Run, draft: Draft | undefined): Partial<SettingsText> {
  return draft?.run === run.number && draft.changes === run.changes.length ? draft.fields : {};
}

export function draftWith(run: Run, draft: Draft | undefined, fields: Partial<SettingsText>): Draft {
  return { run: run.number, changes: run.changes.length, fields: { ...draftOf(run, draft), ...fields } };
}

/** The run's current settings, with the epochs by which it was extended. */
export function settingsOf(run: Run): Settings {
  return { ...liveSettings(run), epochs: Math.min(run.epochs, NUMBER_FIELDS.epochs.max) };
}

/** The fields during training: the run's current settings, overridden by what was typed. */
export function runText(run: Run, draft: Draft | undefined): SettingsText {
  return { ...settingsText(settingsOf(run)), ...draftOf(run, draft) };
}

/** The changes that turn the run's current settings into the wanted ones. */
export function changesTo(live: Settings, wanted: Settings): LiveChanges {
  return Object.fromEntries(
    LIVE_FIELDS.filter((name) => wanted[name] !== live[name]).map((name) => [name, wanted[name]]),
  );
}

/** Changes as the text of their fields. */
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

/** Adds a layer of the same size as the last one. At most `maxLayers` layers. */
export function withLayerAdded(hidden: readonly string[]): string[] {
  return hidden.length >= HIDDEN_FIELD.maxLayers ? [...hidden] : [...hidden, hidden.at(-1) ?? '128'];
}

// Names new runs by what they change: "learning rate 0.01", after the run before on the same dataset. Pure.
import type { RunSummary } from '../../../src-shared/runs/runs';
import { NUMBER_FIELDS, type NumberFieldName } from '../../../src-shared/settings/number-fields';
import { PRESETS, presetOf } from '../../../src-shared/settings/presets';
import { hasEffect } from '../../../src-shared/settings/relevance';
import { FIELD_NAMES, type FieldName, type Settings } from '../../../src-shared/settings/settings';
import { CHOICE_FIELDS, type ChoiceFieldName, optionLabel } from '../../../src-shared/settings/settings-fields';

type Named = Pick<RunSummary, 'dataset' | 'settings' | 'parent'>;
type Earlier = Pick<RunSummary, 'id' | 'number' | 'settings' | 'epochsTrained' | 'result'>;

const MOST_DIFFERENCES = 2;

/** What a person changes most comes first. The weights do not depend on the number of threads. */
const FIRST: readonly FieldName[] = ['hidden', 'learningRate', 'optimizer'];
const NAMED_FIELDS: readonly FieldName[] = [
  ...FIRST,
  ...([...FIELD_NAMES] as FieldName[]).filter((name) => name !== 'threads' && !FIRST.includes(name)),
];

/**
 * "Fast" for the first run on a dataset, then what differs from the run before: "learning rate 0.01, dropout 0.2".
 * @param earlier all runs on the same dataset
 */
export function nameOfRun(run: Named, earlier: readonly Earlier[]): string {
  const parent = run.parent && earlier.find(({ id }) => id === run.parent!.id);
  if (parent) {
    const changes = differences(run.settings, parent.settings);
    return [`continues #${parent.number}`, ...shortened(changes)].join(', ');
  }
  const before = earlier.filter(wasTrained).sort((a, b) => b.number - a.number)[0];
  if (!before) return presetName(run.settings) ?? recipeOf(run);
  const changes = differences(run.settings, before.settings);
  if (changes.length === 0) return 'same settings';
  const preset = changes.length > MOST_DIFFERENCES ? presetName(run.settings) : undefined;
  return preset ?? shortened(changes).join(', ');
}

/** "784-256-10, Adam 0.001" */
export function recipeOf({ settings, dataset }: Pick<Named, 'settings' | 'dataset'>): string {
  const sizes = [dataset.rows * dataset.columns, ...settings.hidden, dataset.classNames.length].join('-');
  return `${sizes}, ${optionLabel('optimizer', settings.optimizer)} ${settings.learningRate}`;
}

/** False for a network that was opened from a file: its settings say nothing about how it was trained. */
function wasTrained({ epochsTrained, result }: Earlier): boolean {
  return epochsTrained > 0 || result?.epoch !== 0;
}

/** In words, without settings that have no effect, and with the seed only if nothing else differs. */
function differences(settings: Settings, before: Settings): string[] {
  const names = NAMED_FIELDS.filter(
    (name) => hasEffect(name, settings) && String(settings[name]) !== String(before[name]),
  );
  const others = names.filter((name) => name !== 'seed');
  return (others.length > 0 ? others : names).map((name) => inWords(name, settings));
}

function shortened(changes: readonly string[]): string[] {
  const more = changes.length - MOST_DIFFERENCES;
  return more > 0 ? [...changes.slice(0, MOST_DIFFERENCES), `${more} more`] : [...changes];
}

function inWords(name: FieldName, settings: Settings): string {
  if (name === 'hidden') {
    const { hidden } = settings;
    return hidden.length === 0 ? 'no hidden layer' : `hidden units ${hidden.join(' → ')}`;
  }
  if (name === 'epochs') return `${settings.epochs} ${settings.epochs === 1 ? 'epoch' : 'epochs'}`;
  if (name === 'seed') return `seed ${settings.seed}`;
  if (name in NUMBER_FIELDS)
    return `${NUMBER_FIELDS[name as NumberFieldName].label.toLowerCase()} ${String(settings[name])}`;
  const choice = name as ChoiceFieldName;
  return `${CHOICE_FIELDS[choice].label.toLowerCase()} ${optionLabel(choice, settings[choice])}`;
}

/** "Fast" of "Fast (98% in seconds)"; undefined if the settings are not those of a preset. */
function presetName(settings: Settings): string | undefined {
  const preset = presetOf(settings);
  return preset && /^[^:(]*[^:(\s]/.exec(PRESETS[preset].label)![0];
}

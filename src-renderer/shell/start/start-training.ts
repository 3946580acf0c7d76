// The first thing that a newcomer does: one click opens the built-in MNIST and trains the fast preset.
import type { Commander } from '../../client/commander.svelte';
import type { Layout } from '../../client/layout.svelte';
import { checkSettings, type SettingsForm } from '../../settings';

export interface TrainingStart {
  commander: Commander;
  form: SettingsForm;
  layout: Layout;
}

/** If the dataset cannot be opened, the settings stay as they are, and the commander has the reason. */
export async function startTraining({ commander, form, layout }: TrainingStart): Promise<void> {
  if (!(await commander.openBuiltin())) return;
  form.choose('fast');
  layout.show('training');
  const { settings } = checkSettings(form.shown(undefined), undefined);
  if (settings) await commander.train(settings);
}

// The first thing that a newcomer does: one click opens the built-in MNIST and trains the fast preset.
import type { Commander } from '../../client/commander.svelte';
import type { Layout } from '../../client/layout.svelte';
import type { SettingsForm } from '../../settings';

export interface TrainingStart {
  commander: Commander;
  form: SettingsForm;
  layout: Layout;
}

/** If the dataset cannot be opened, the settings stay as they are, and the commander has the reason. */
export async function startTraining({ commander, form, layout }: TrainingStart): Promise<void> {
  if (!(await commander.openBuiltin())) return;
  const settings = form.propose('fast');
  layout.show('training');
  if (settings) await commander.train(settings);
}

// The page's long-lived objects, as one typed Svelte context: App sets it, the components of the shell read it.
import { createContext } from 'svelte';
import type { Commander } from '../client/commander.svelte';
import type { Layout } from '../client/layout.svelte';
import type { Selection } from '../client/selection.svelte';
import type { Training } from '../client/training.svelte';
import type { NetworkFiles } from '../export';
import type { RunLibrary, RunsView } from '../runs';
import type { SettingsForm } from '../settings';
import type { AppActions } from './app-actions.svelte';
import type { TourGuide } from './help/tour-guide.svelte';
import type { Panels } from './panels.svelte';

export interface AppContext {
  training: Training;
  commander: Commander;
  files: NetworkFiles;
  form: SettingsForm;
  layout: Layout;
  selection: Selection;
  library: RunLibrary;
  runsView: RunsView;
  panels: Panels;
  tour: TourGuide;
  actions: AppActions;
}

export const [getApp, setApp] = createContext<AppContext>();

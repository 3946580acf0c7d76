// Start of the page: font, then screen, then the wires.
import { mount } from 'svelte';
import type { StartupRequest } from '../src-shared/app/app-info';
import App from './shell/App.svelte';
import { AppActions, IS_MAC } from './shell/app-actions.svelte';
import { chooseContrast } from './ui/appearance.svelte';
import './ui/fonts.css';
import './ui/tokens.css';
import './ui/app.css';
import { Commander } from './client/commander.svelte';
import { datasetKey } from './client/dataset-memory';
import { useLocale } from './ui/format';
import { commandOfSign } from './ui/keys';
import { Layout } from './client/layout.svelte';
import { NetworkFiles } from './export';
import { Panels } from './shell/panels.svelte';
import { isRunNotice } from './client/run-api';
import { RunLibrary, RunsView } from './runs';
import { Selection } from './client/selection.svelte';
import { SettingsForm } from './settings';
import { listenToTrainer, send } from './client/trainer-client';
import { isActive } from './client/training';
import { Training } from './client/training.svelte';

const training = new Training();
const commander = new Commander(training);
const form = new SettingsForm(localStorage);
const selection = new Selection(() => training.dataset && datasetKey(training.dataset.info));
const layout = new Layout(localStorage, sessionStorage);
const files = new NetworkFiles(commander, () => layout.show('training'));
const library = new RunLibrary(send, localStorage);
const runsView = new RunsView();
const panels = new Panels({ showSettings: () => layout.fold(false), ended: () => void send('endTour', undefined) });
const actions = new AppActions({ training, commander, files, form, layout, panels });

/** Longer than the first snapshot ever takes, shorter than a person waits. */
const PATIENCE_MS = 500;

// A page that reloads would else show the start screen for a blink before it knows what is loaded.
const firstEvent = new Promise<void>((resolve) => {
  setTimeout(resolve, PATIENCE_MS);
  listenToTrainer({
    events(events) {
      training.receive(events);
      for (const { kind } of events) {
        if (kind === 'augmented') commander.augmented();
        if (kind === 'dataset' || kind === 'snapshot') commander.forgetAugmenting();
        if (kind === 'dataset') panels.datasetOpened();
      }
      resolve();
    },
    notice(notice) {
      if (isRunNotice(notice)) library.receive(notice);
      else if (notice.kind === 'menu') actions.run(notice.item);
      else if (notice.kind === 'open-recent') actions.openRecent(notice.folder);
      else if (notice.kind === 'open-given') void open(notice.given);
      else if (notice.kind === 'contrast') chooseContrast(notice.contrast);
      else if (notice.kind === 'warning') warn(notice.message);
      else if (notice.kind === 'network-work') files.showWork(notice.work);
      else training.lose(notice.error);
    },
  });
});

/** A dataset that the page before this one has asked for may be what was refused: it is not on its way any more. */
function warn(message: string): void {
  training.endLoading();
  commander.refuse(message);
}

// Before the native menu, which hears only of keys that the page leaves alone.
window.addEventListener('keydown', (event) => {
  const command = event.defaultPrevented ? undefined : commandOfSign(event, IS_MAC);
  if (command === undefined) return;
  event.preventDefault();
  actions.run(command);
});

/** Opens what the desktop asked for. */
async function open(given: StartupRequest): Promise<void> {
  panels.stopTour();
  if (given.kind === 'refused') commander.refuse(given.message);
  else if (isActive(training.run)) commander.refuse('Stop training first, then open it again.');
  else if (given.kind === 'dataset') await commander.openFolder(given.folder);
  else {
    // A network is tried on images: on the built-in ones if no others are open.
    if (!training.dataset) await commander.openBuiltin();
    await files.open(given.file);
  }
}

/** Not at the top of the file: modules of views that load later would wait for what waits here. */
async function start(): Promise<void> {
  // A canvas does not wait for its font, and would draw the first labels in another.
  await Promise.allSettled(['400 13px Inter', '600 13px Inter'].map((font) => document.fonts.load(font)));
  const told = await commander.connect();
  if (told) {
    useLocale(told.locale);
    chooseContrast(told.contrast);
  }
  await firstEvent;
  void library.load();

  mount(App, {
    target: document.getElementById('app')!,
    props: { training, commander, files, form, layout, selection, library, runsView, panels, actions },
  });
  if (told?.given) void open(told.given);
  else if (told?.tourSeen === false) panels.startTour();
}

// What was typed into a field counts once the field is left, as when the window closes.
addEventListener('beforeunload', () => (document.activeElement as HTMLElement | null)?.blur());
void start();

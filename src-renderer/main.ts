// Start of the page: the objects that live as long as it, the wires to main and the trainer, the first screen.
import { mount } from 'svelte';
import type { StartupRequest } from '../src-shared/app/app-info';
import App from './shell/App.svelte';
import { AppActions, IS_MAC } from './shell/app-actions.svelte';
import { preferMoreContrast } from './ui/appearance.svelte';
import './ui/fonts.css';
import './ui/tokens.css';
import './ui/app.css';
import './ui/classes.css';
import { Commander } from './client/commander.svelte';
import { datasetKey } from './client/dataset-memory';
import { useLocale } from './ui/format';
import { commandOfKey } from './shell/command-keys';
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
const panels = new Panels({
  showSettings: () => layout.fold(false),
  onTourEnd: () => void send('endTour', undefined),
});
const actions = new AppActions({ training, commander, files, form, layout, panels });

/** Longer than the first snapshot takes, too short to be noticed as a wait. */
const SNAPSHOT_TIMEOUT_MS = 500;

// Without this wait a page that reloads would flash the start view before it knows which dataset is loaded.
const firstEvent = new Promise<void>((resolve) => {
  setTimeout(resolve, SNAPSHOT_TIMEOUT_MS);
  listenToTrainer({
    events(events) {
      training.receive(events);
      for (const { kind } of events) {
        if (kind === 'augmented') commander.handleAugmented();
        if (kind === 'dataset' || kind === 'snapshot') commander.resetAugmenting();
        if (kind === 'dataset') panels.datasetOpened();
      }
      resolve();
    },
    notice(notice) {
      if (notice.kind === 'run-changed') training.receiveStored(notice);
      if (isRunNotice(notice)) library.receive(notice);
      else if (notice.kind === 'menu') actions.run(notice.item);
      else if (notice.kind === 'open-recent') actions.openRecent(notice.folder);
      else if (notice.kind === 'open-given') void open(notice.given);
      else if (notice.kind === 'contrast') preferMoreContrast(notice.contrast === 'more');
      else if (notice.kind === 'warning') warn(notice.message);
      else if (notice.kind === 'network-work') files.showWork(notice.work);
      else training.markLost(notice.error);
    },
  });
});

/** The warning may be about a dataset that the page requested before a reload: it is no longer loading. */
function warn(message: string): void {
  training.endLoading();
  commander.refuse(message);
}

// The page handles a key before the native menu, which gets only the keys that the page leaves alone.
window.addEventListener('keydown', (event) => {
  const command = event.defaultPrevented ? undefined : commandOfKey(event, IS_MAC);
  if (command === undefined) return;
  event.preventDefault();
  actions.run(command);
});

/** Opens a file or folder that the desktop asked for. */
async function open(given: StartupRequest): Promise<void> {
  panels.stopTour();
  if (given.kind === 'refused') commander.refuse(given.message);
  else if (isActive(training.run)) commander.refuse('Stop training first, then open it again.');
  else if (given.kind === 'dataset') await commander.openFolder(given.folder);
  else {
    // A network needs test images: the built-in ones if no dataset is open.
    if (!training.dataset) await commander.openBuiltin();
    await files.open(given.file);
  }
}

/** A function, because a top-level await would also delay the modules of views that load later. */
async function start(): Promise<void> {
  // A canvas does not wait for its font: it would draw the first labels in a fallback font.
  await Promise.allSettled(['400 13px Inter', '600 13px Inter'].map((font) => document.fonts.load(font)));
  const startInfo = await commander.connect();
  if (startInfo) {
    useLocale(startInfo.locale);
    preferMoreContrast(startInfo.contrast === 'more');
  }
  await firstEvent;
  void library.load();

  mount(App, {
    target: document.getElementById('app')!,
    props: { app: { training, commander, files, form, layout, selection, library, runsView, panels, actions } },
  });
  if (startInfo?.given) void open(startInfo.given);
  else if (startInfo?.tourSeen === false) panels.startTour();
}

// A field commits its text when it loses focus, so the focused field must lose it before the window closes.
addEventListener('beforeunload', () => (document.activeElement as HTMLElement | null)?.blur());
void start();

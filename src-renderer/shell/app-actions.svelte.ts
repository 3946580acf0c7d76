// What each command of the app does on the page, and why it cannot be done now where it cannot. Menu, palette and keys
// all come here.
import {
  COMMANDS,
  PAGE_COMMAND_IDS,
  type AppCommandId,
  type MainCommandId,
  type PageCommandId,
} from '../../src-shared/app/app-commands';
import { PRESETS } from '../../src-shared/settings/presets';
import type { Settings } from '../../src-shared/settings/settings';
import type { Commander } from '../client/commander.svelte';
import type { Layout } from '../client/layout.svelte';
import type { NetworkFiles } from '../export';
import type { Panels } from './panels.svelte';
import { checkSettings, type SettingsForm } from '../settings';
import { stepCommand } from '../client/steps';
import { isActive } from '../client/training';
import type { Training } from '../client/training.svelte';
import { TABS } from '../client/tabs';

interface Action {
  run: () => void;
  /** A sentence without its full stop; undefined: it can be done. */
  refusal: () => string | undefined;
}

export interface PageParts {
  training: Training;
  commander: Commander;
  files: NetworkFiles;
  form: SettingsForm;
  layout: Layout;
  panels: Panels;
}

const always = () => undefined;

export class AppActions {
  #parts: PageParts;
  #actions: Record<PageCommandId, Action>;
  readonly #settings: Settings | undefined = $derived.by(() => {
    const { form, training } = this.#parts;
    return checkSettings(form.shown(training.run), training.dataset?.info.trainCount).settings;
  });
  readonly #offered = $derived.by(() => PAGE_COMMAND_IDS.filter((id) => this.refusal(id) === undefined).join(' '));

  constructor(parts: PageParts) {
    this.#parts = parts;
    this.#actions = this.#make();
  }

  /** Ids of what the page can do now, with spaces between them. */
  get offered() {
    return this.#offered;
  }

  /** Why a command cannot be done now. */
  refusal(id: AppCommandId): string | undefined {
    return id in this.#actions ? this.#actions[id as PageCommandId].refusal() : undefined;
  }

  /** A command of the page does nothing while a dialog asks something, or if it is refused. */
  run(id: AppCommandId): void {
    if (!(id in this.#actions)) void this.#parts.commander.doInMain(id as MainCommandId);
    else if (!document.querySelector('dialog[open]') && this.refusal(id) === undefined)
      this.#actions[id as PageCommandId].run();
  }

  openRecent(folder: string): void {
    if (this.refusal('open-folder') === undefined) void this.#parts.commander.openFolder(folder);
  }

  #make(): Record<PageCommandId, Action> {
    const { training, commander, files, form, layout, panels } = this.#parts;
    const noData = () => (training.dataset ? undefined : 'Open a dataset first');
    const lost = () => (training.lost ? 'The trainer is gone: start it again first' : undefined);
    const inFlight = () => (isActive(training.run) ? 'Stop training first' : undefined);
    const opening = () => (commander.opening ? 'A dataset is being opened' : undefined);
    const notInFlight = () => noData() ?? lost() ?? (isActive(training.run) ? undefined : 'Nothing is being trained');
    const outOfRange = () => (this.#settings ? undefined : 'A setting is out of range');
    const base = () =>
      this.#settings ?? { ...PRESETS.recommended.settings, hidden: [...PRESETS.recommended.settings.hidden] };
    const apply = (read: Promise<Settings | undefined>) =>
      void read.then((settings) => settings && form.apply(settings));

    const step = (until: 'batch' | 'epoch'): Action => {
      const command = () => stepCommand(training.run, training.lost !== undefined, this.#settings, until);
      return {
        refusal: () => noData() ?? stringIn(command()),
        run() {
          const sent = command();
          if (typeof sent !== 'string') void commander.step(sent);
        },
      };
    };
    const tabs = Object.fromEntries(
      TABS.map(({ id }) => [`show-${id}`, { run: () => layout.show(id), refusal: noData }]),
    ) as Record<`show-${(typeof TABS)[number]['id']}`, Action>;

    return {
      about: { run: () => panels.open('about'), refusal: always },
      'open-folder': { run: () => void commander.chooseDataset(), refusal: () => inFlight() ?? opening() },
      'open-builtin': { run: () => void commander.openBuiltin(), refusal: () => inFlight() ?? opening() },
      'open-network': { run: () => void files.open(), refusal: () => noData() ?? lost() ?? inFlight() },
      'export-weights': {
        run: () => files.askForExport(),
        refusal: () => noData() ?? (training.run?.results.length ? undefined : 'Train for at least one epoch first'),
      },
      'open-settings': { run: () => apply(commander.openSettings(base())), refusal: inFlight },
      'save-settings': {
        run: () => this.#settings && void commander.saveSettings(this.#settings),
        refusal: outOfRange,
      },
      'copy-settings': {
        run: () => this.#settings && void commander.copySettings(this.#settings),
        refusal: outOfRange,
      },
      'paste-settings': { run: () => apply(commander.pasteSettings(base())), refusal: inFlight },
      train: {
        run: () => this.#settings && void commander.train(this.#settings),
        refusal: () => noData() ?? lost() ?? inFlight() ?? outOfRange(),
      },
      pause: {
        run: () => void (training.run?.phase === 'paused' ? commander.resume() : commander.pause()),
        refusal: notInFlight,
      },
      stop: { run: () => void commander.stop(), refusal: notInFlight },
      'step-batch': step('batch'),
      'step-epoch': step('epoch'),
      palette: { run: () => panels.open('palette'), refusal: always },
      ...tabs,
      'fold-settings': { run: () => layout.fold(!layout.folded), refusal: noData },
      tour: { run: () => panels.startTour(), refusal: always },
      glossary: { run: () => panels.open('glossary'), refusal: always },
      shortcuts: { run: () => panels.open('shortcuts'), refusal: always },
    };
  }
}

function stringIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export const IS_MAC = navigator.userAgent.includes('Mac');

/** In the order of the menus. */
export const PALETTE_COMMANDS = COMMANDS.filter(({ id }) => id !== 'palette');

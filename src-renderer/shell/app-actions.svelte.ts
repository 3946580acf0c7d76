// What each command of the app does on the page, and why it cannot run now. Menu, palette and keys all use this
// table.
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
import type { TourGuide } from './help/tour-guide.svelte';
import type { Panels } from './panels.svelte';
import { checkSettings, type SettingsForm } from '../settings';
import { stepCommand } from '../client/steps';
import { isActive } from '../client/training';
import type { Training } from '../client/training.svelte';
import { TABS } from '../client/tabs';

interface Action {
  run: () => void;
  /** Why it cannot run now: a sentence without its full stop. undefined if it can run. */
  refusal: () => string | undefined;
}

export interface ActionTargets {
  training: Training;
  commander: Commander;
  files: NetworkFiles;
  form: SettingsForm;
  layout: Layout;
  panels: Panels;
  tour: TourGuide;
}

const always = () => undefined;

export class AppActions {
  #targets: ActionTargets;
  #actions: Record<PageCommandId, Action>;
  readonly #settings: Settings | undefined = $derived.by(() => {
    const { form, training } = this.#targets;
    return checkSettings(form.shown(training.run), training.dataset?.info.trainCount).settings;
  });
  readonly #offered = $derived.by(() => PAGE_COMMAND_IDS.filter((id) => this.refusal(id) === undefined).join(' '));

  constructor(targets: ActionTargets) {
    this.#targets = targets;
    this.#actions = this.#createActions();
  }

  /** Ids of the commands that the page can run now, separated by spaces. */
  get offered() {
    return this.#offered;
  }

  /** Why a command cannot run now; undefined if it can. */
  refusal(id: AppCommandId): string | undefined {
    return id in this.#actions ? this.#actions[id as PageCommandId].refusal() : undefined;
  }

  /** Runs a command. A command of the page does nothing while a dialog is open, or if it cannot run now. */
  run(id: AppCommandId): void {
    if (!(id in this.#actions)) void this.#targets.commander.doInMain(id as MainCommandId);
    else if (!document.querySelector('dialog[open]') && this.refusal(id) === undefined)
      this.#actions[id as PageCommandId].run();
  }

  openRecent(folder: string): void {
    if (this.refusal('open-folder') === undefined) void this.#targets.commander.openFolder(folder);
  }

  #createActions(): Record<PageCommandId, Action> {
    const { training, commander, files, form, layout, panels, tour } = this.#targets;
    const until = () => layout.presentation?.until;
    const noData = () => (training.dataset ? undefined : 'Open a dataset first');
    const lost = () => (training.lost ? 'The trainer is gone: start it again first' : undefined);
    const notIdle = () => (isActive(training.run) ? 'Stop training first' : undefined);
    const opening = () => (commander.opening ? 'A dataset is being opened' : undefined);
    const notTraining = () => noData() ?? lost() ?? (isActive(training.run) ? undefined : 'Nothing is being trained');
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
      'open-folder': { run: () => void commander.chooseDataset(), refusal: () => notIdle() ?? opening() },
      'open-builtin': { run: () => void commander.openBuiltin(), refusal: () => notIdle() ?? opening() },
      'open-network': { run: () => void files.open(), refusal: () => noData() ?? lost() ?? notIdle() },
      'export-weights': {
        run: () => files.askForExport(),
        refusal: () => noData() ?? (training.run?.results.length ? undefined : 'Train for at least one epoch first'),
      },
      'open-settings': { run: () => apply(commander.openSettings(base())), refusal: notIdle },
      'save-settings': {
        run: () => this.#settings && void commander.saveSettings(this.#settings),
        refusal: outOfRange,
      },
      'copy-settings': {
        run: () => this.#settings && void commander.copySettings(this.#settings),
        refusal: outOfRange,
      },
      'paste-settings': { run: () => apply(commander.pasteSettings(base())), refusal: notIdle },
      train: {
        run: () => this.#settings && void commander.train(this.#settings, until()),
        refusal: () => noData() ?? lost() ?? notIdle() ?? outOfRange(),
      },
      pause: {
        run: () => void (training.run?.phase === 'paused' ? commander.resume(until()) : commander.pause()),
        refusal: notTraining,
      },
      stop: { run: () => void commander.stop(), refusal: notTraining },
      'step-batch': step('batch'),
      'step-epoch': step('epoch'),
      palette: { run: () => panels.open('palette'), refusal: always },
      ...tabs,
      'fold-settings': { run: () => layout.fold(!layout.folded), refusal: noData },
      present: {
        run: () => (layout.presentation ? layout.show(layout.tab) : layout.present()),
        refusal: noData,
      },
      tour: { run: () => tour.start(), refusal: always },
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

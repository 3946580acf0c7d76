// All commands of the page, one function each.
import { join } from 'node:path';
import type { CommandName } from '../../src-shared/contract';
import { type FolderSource, folderSource, isQuestion, type OpenResult } from '../../src-shared/data/dataset';
import { builtinCollection, locateDataset } from '../datasets/dataset-files';
import { sourceOf } from '../datasets/folder/file-source';
import { writeUserFile } from '../files/user-file';
import { readSettings, SETTINGS_FILE, writeSettings } from '../files/settings-file';
import { createNetworkCommands, type NetworkCommandContext } from './network-commands';
import type { CommandFunctions } from '../../src-shared/contract';
import type { Desktop } from '../window/desktop';
import type { Dialogs, SavedFile } from '../window/dialogs';
import { createRunCommands, factsOf, type RunCommandContext } from '../runs/run-commands';
import type { TrainerRecovery } from '../runs/trainer-recovery';

const TEXT_SUFFIXES = { table: '.csv', drawing: '.svg', report: '.html' } as const;

export type Commands = CommandFunctions<CommandName>;

export interface CommandContext extends NetworkCommandContext, RunCommandContext, Dialogs {
  desktop: Desktop;
  builtinFolder: string;
  recovery: TrainerRecovery;
  /** @param part of the page, in CSS pixels. @returns a PNG. Throws export-failed if no part of it is in the window. */
  takePicture: (part: { x: number; y: number; width: number; height: number }) => Promise<Uint8Array>;
  clipboard: { readText(): Promise<string>; writeText(text: string): Promise<void> };
}

export function createCommands(context: CommandContext): Commands {
  const { supervisor, desktop, keeper } = context;
  const builtin = () => builtinCollection(context.builtinFolder);

  async function openFolder(given: FolderSource): Promise<OpenResult> {
    const source = await sourceOf(given);
    const found = await locateDataset(source);
    if (isQuestion(found)) return { kind: 'question', question: found };
    const dataset = await supervisor.load(source, found);
    await desktop.remember(source.folder);
    return { kind: 'opened', dataset };
  }

  /** @returns undefined if the person closed the dialog. Throws export-failed. */
  async function saveFile(
    kind: Exclude<SavedFile, 'settings'>,
    name: string,
    content: Uint8Array | string,
  ): Promise<{ file: string } | undefined> {
    const file = await context.askForFile(kind, join(context.documentsFolder, name));
    if (file === undefined) return undefined;
    await writeUserFile(file, content, `The ${kind}`);
    return { file };
  }

  return {
    ...createRunCommands(context),
    ...createNetworkCommands(context),
    ...desktop.commands,

    async chooseDataset() {
      const folder = await context.askForFolder();
      return folder === undefined ? undefined : openFolder(folderSource(folder));
    },

    openFolder: ({ folder, ...answers }) => openFolder(folderSource(folder, answers)),

    openBuiltin: async () => ({ kind: 'opened', dataset: await supervisor.load({ kind: 'builtin' }, builtin()) }),

    browse: async (request) => supervisor.request({ kind: 'browse', ...request }),

    async train({ settings, until }) {
      const run = supervisor.train(settings, until);
      keeper.expect(run, factsOf(supervisor, settings));
      return { run };
    },

    watch: async ({ watching }) => supervisor.watch(watching),
    pause: async () => supervisor.order({ kind: 'pause' }),
    resume: async ({ until }) => supervisor.order({ kind: 'resume', until }),
    stop: async () => supervisor.order({ kind: 'stop' }),
    extend: async ({ epochs, until }) => supervisor.extend(epochs, until),
    change: async ({ changes }) => supervisor.change(changes),
    augment: async (request) => supervisor.request({ kind: 'augment', ...request }),
    activations: async (request) => supervisor.request({ kind: 'activations', ...request }),
    nearest: async (request) => supervisor.request({ kind: 'nearest', ...request }),

    async savePicture({ name, ...part }) {
      const png = await context.takePicture(part); // before a dialog covers it
      return saveFile('picture', `${name}.png`, png);
    },

    // A table begins with a byte order mark, so that Excel reads it as UTF-8.
    saveText: async ({ kind, name, text }) =>
      saveFile(kind, `${name}${TEXT_SUFFIXES[kind]}`, kind === 'table' ? `\ufeff${text}` : text),

    async openSettings({ base }) {
      const file = await context.askForSettingsFile();
      return file === undefined ? undefined : readSettings(file, base);
    },

    async saveSettings({ settings }) {
      const file = await context.askForFile('settings', join(context.documentsFolder, SETTINGS_FILE));
      if (file === undefined) return undefined;
      await writeSettings(file, settings);
      return { file };
    },

    copyText: async ({ text }) => context.clipboard.writeText(text),
    pasteText: async () => context.clipboard.readText(),

    restartTrainer: () => context.recovery.restart(),
  };
}

// What the page can ask for, one function a command.
import { join } from 'node:path';
import type { CommandArguments, CommandName, CommandResults, DatasetInfo, DatasetSource } from '../src-shared/contract';
import { StudioError } from '../src-shared/errors';
import { readDatasetFiles } from './dataset-files';
import { suggestedFileName, writeExport } from './export/write-export';
import type { Preferences } from './preferences';
import type { TrainerSupervisor } from './trainer-supervisor';

export type Commands = { [K in CommandName]: (args: CommandArguments[K]) => Promise<CommandResults[K]> };

export interface CommandContext {
  supervisor: TrainerSupervisor<unknown>;
  preferences: Preferences;
  version: string;
  builtinFolder: string;
  documentsFolder: string;
  /** Opens a channel between the page and the trainer. */
  connectPage: () => void;
  /** @returns undefined where the person closed the dialog */
  askForFolder: () => Promise<string | undefined>;
  askForFile: (suggestion: string) => Promise<string | undefined>;
}

export function createCommands(context: CommandContext): Commands {
  const { supervisor, preferences } = context;
  const readFiles = (source: DatasetSource) => readDatasetFiles(source, context.builtinFolder);

  async function open(source: DatasetSource): Promise<DatasetInfo> {
    const dataset = await supervisor.load(source, await readFiles(source));
    if (source.kind === 'folder') await preferences.rememberFolder(source.folder).catch(console.error);
    return dataset;
  }

  return {
    async connect() {
      context.connectPage();
      return { lastFolder: preferences.lastFolder, version: context.version, trainerLost: supervisor.lost };
    },

    async chooseDataset() {
      const folder = await context.askForFolder();
      return folder === undefined ? undefined : open({ kind: 'folder', folder });
    },

    openFolder: ({ folder }) => open({ kind: 'folder', folder }),

    openBuiltin: () => open({ kind: 'builtin' }),

    train: async ({ settings }) => ({ run: supervisor.train(settings) }),

    pause: async () => supervisor.order({ kind: 'pause' }),
    resume: async () => supervisor.order({ kind: 'resume' }),
    stop: async () => supervisor.order({ kind: 'stop' }),

    async exportWeights() {
      const { checkpoint } = supervisor;
      if (!checkpoint) {
        throw new StudioError('no-network', 'There are no weights to export yet. Please train for at least one epoch first.');
      }
      const file = await context.askForFile(join(context.documentsFolder, suggestedFileName(checkpoint)));
      if (file === undefined) return undefined;
      await writeExport(file, checkpoint, context.version);
      return { file, epoch: checkpoint.result.epoch };
    },

    async restartTrainer() {
      try {
        await supervisor.restart(readFiles);
      } finally {
        context.connectPage();
      }
    },
  };
}

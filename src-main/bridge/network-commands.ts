// Commands of the page about networks in files: exporting weights, and opening networks of this and other programs.
import type { DatasetInfo } from '../../src-shared/data/dataset';
import type { Checkpoint } from '../../src-shared/runs/checkpoint';
import { basename, join } from 'node:path';
import { StudioError } from '../../src-shared/errors';
import { EXPORT_SUFFIXES, suffixOf, type ExportSuffix } from '../../src-shared/networks/network-formats';
import { sizesOf } from '../../src-shared/networks/layers';
import { PLAIN_SETTINGS } from '../../src-shared/settings/presets';
import type { RunSummary } from '../../src-shared/runs/runs';
import type { Settings } from '../../src-shared/settings/settings';
import { settingsSchema } from '../../src-shared/settings/settings-schema';
import { checkJsonSize } from '../formats/json/size';
import { suggestedFileName } from '../formats/save/write-export';
import { fileErrorReason } from '../files/file-errors';
import { exists } from '../files/file-retry';
import { checkFitsDataset } from '../formats/open/fit';
import type { ImportedNetwork } from '../formats/open/imported-network';
import type { Trial } from '../formats/open/trial';
import type { NetworkFileWork, ToExport } from '../network-process/network-work';
import { checkpointOf } from '../network-process/run-checkpoint';
import { factsOf } from '../runs/run-commands';
import type { RunKeeper } from '../runs/run-keeper';
import type { RunStore } from '../runs/run-store';
import type { TrainerSupervisor } from '../supervisor/trainer-supervisor';
import { unfinishedWork } from '../files/unfinished-work';
import type { Dialogs } from '../window/dialogs';
import type { CommandFunctions, NetworkCommandName } from '../../src-shared/contract';

export type NetworkCommands = CommandFunctions<NetworkCommandName>;

export interface NetworkCommandContext extends Pick<Dialogs, 'askForWeightsFile' | 'askForNetworkFile'> {
  store: Promise<RunStore>;
  keeper: RunKeeper;
  supervisor: TrainerSupervisor<unknown>;
  version: string;
  documentsFolder: string;
  networkWork: NetworkFileWork;
}

export function createNetworkCommands({
  store,
  keeper,
  supervisor,
  version,
  documentsFolder,
  networkWork,
  ...ask
}: NetworkCommandContext): NetworkCommands {
  return {
    async exportWeights({ run, suffix, rawPixels }) {
      networkWork.refuseSecond();
      const exportable =
        run === undefined ? ofCheckpoint(supervisor.checkpoint) : ofRun(await (await store).locate(run));
      if (!exportable)
        throw new StudioError(
          'no-network',
          'There are no weights to export yet. Please train for at least one epoch first.',
        );
      const { datasetName, sizes, epoch, network } = exportable;
      checkJsonSize(suffix, sizes);
      const chosen = await ask.askForWeightsFile(
        join(documentsFolder, suggestedFileName(datasetName, sizes, epoch, suffix)),
        suffix,
      );
      if (chosen === undefined) return undefined;
      const file = await withSuffix(chosen, suffix);
      checkJsonSize(file, sizes); // the person may have changed the suffix
      const snippet = await unfinishedWork.during(
        basename(file),
        networkWork.export({ file, version, options: { rawPixels }, network }),
      );
      return snippet === undefined ? undefined : { file, epoch, snippet };
    },

    async readNetwork({ run }) {
      const { summary, resume } = await (await store).readPosition(run);
      const checkpoint = checkpointOf(summary, resume.layers);
      if (!checkpoint)
        throw new StudioError('no-network', 'This run has no weights: it ended before its first epoch was finished.');
      return { layers: checkpoint.layers, epoch: checkpoint.result.epoch };
    },

    async openNetwork({ file = undefined, ...answers }) {
      networkWork.refuseSecond();
      const path = file ?? (await ask.askForNetworkFile());
      if (path === undefined) return undefined;
      const resolved = await networkWork.import(path, answers, trialOf(supervisor));
      if (!resolved) return undefined;
      if (resolved.kind === 'question') return { ...resolved, file: path };
      const { network } = resolved;
      // Another dataset may have been opened meanwhile.
      const dataset = datasetOf(supervisor);
      const name = basename(path);
      checkFitsDataset({ sizes: sizesOf(network.layers), imageShape: network.imageShape }, dataset, name);
      const settings = settingsFor(network);
      const notes = notesOn(network, dataset);
      const run = supervisor.train(settings, undefined, network.layers);
      keeper.expect(run, {
        ...factsOf(supervisor, settings),
        name,
        notes: [`Opened from ${name}.`, ...notes].join(' '),
      });
      return { kind: 'opened', run, name, notes };
    },

    cancelNetworkWork: async () => networkWork.cancel(),
  };
}

interface Exportable {
  datasetName: string;
  /** Units of every layer, from the pixels to the classes. */
  sizes: number[];
  epoch: number;
  network: ToExport['network'];
}

/** The network that is training. @returns undefined if no epoch is finished */
function ofCheckpoint(checkpoint: Checkpoint | undefined): Exportable | undefined {
  if (!checkpoint) return undefined;
  const { dataset, layers, result } = checkpoint;
  return {
    datasetName: dataset.name,
    sizes: sizesOf(layers),
    epoch: result.epoch,
    network: { kind: 'checkpoint', checkpoint },
  };
}

/**
 * The last network of a stored run. Throws refused for a run that this version cannot read.
 * @returns undefined if no epoch was finished
 */
function ofRun({ summary, folder }: { summary: RunSummary; folder: string }): Exportable | undefined {
  const { dataset, settings, result } = summary;
  if (!result) return undefined;
  if (summary.untrainable !== undefined) throw new StudioError('refused', summary.untrainable);
  const sizes = [dataset.rows * dataset.columns, ...settings.hidden, dataset.classNames.length];
  return { datasetName: dataset.name, sizes, epoch: result.epoch, network: { kind: 'run', folder, summary } };
}

/** Throws no-dataset. */
function datasetOf({ datasetInfo }: TrainerSupervisor<unknown>): DatasetInfo {
  if (!datasetInfo)
    throw new StudioError('no-dataset', 'A network is tried on images. Please open a dataset first, then the network.');
  return datasetInfo;
}

/** Throws no-dataset. */
function trialOf(supervisor: TrainerSupervisor<unknown>): Trial {
  const { name, rows, columns, classNames } = datasetOf(supervisor);
  return { ...supervisor.trialImages!, dataset: { name, rows, columns, classNames } };
}

/**
 * Adds the suffix, which the dialogs of some systems leave out. Throws export-failed if that would replace a file that
 * the dialog did not ask about.
 */
async function withSuffix(file: string, suffix: ExportSuffix): Promise<string> {
  if (suffixOf(file, EXPORT_SUFFIXES) !== undefined) return file;
  const whole = `${file}${suffix}`;
  const name = basename(whole);
  const taken = await exists(whole).catch((error: unknown) => {
    throw new StudioError(
      'export-failed',
      `There may be a ${name} already, but this cannot be checked: ${fileErrorReason(error)}. Please choose ` +
        'another name or another folder.',
    );
  });
  if (taken)
    throw new StudioError(
      'export-failed',
      `There is a ${name} already. Please choose this name with its suffix to replace it, or choose another name.`,
    );
  return whole;
}

/** The settings that the file says the network was trained with, or else plain ones. */
function settingsFor({
  settings = PLAIN_SETTINGS,
  layers,
  activation,
  leakySlope = settings.leakySlope,
}: ImportedNetwork): Settings {
  return settingsSchema.parse({ ...settings, hidden: sizesOf(layers).slice(1, -1), activation, leakySlope });
}

function notesOn({ notes, classNames, metadata }: ImportedNetwork, dataset: DatasetInfo): string[] {
  const all = [...notes];
  if (hashIn(metadata) !== undefined && hashIn(metadata) !== dataset.hash)
    all.push(`It was trained on images other than those of ${dataset.name}.`);
  if (classNames && classNames.join('\n') !== dataset.classNames.join('\n'))
    all.push(`Its classes are named ${classNames.join(', ')}.`);
  return all;
}

function hashIn(metadata: ImportedNetwork['metadata']): unknown {
  const dataset = metadata?.['dataset'];
  return typeof dataset === 'object' && dataset !== null && 'sha256' in dataset ? dataset.sha256 : undefined;
}

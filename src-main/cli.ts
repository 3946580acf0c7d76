// The command line: the same training without a window.
import { join } from 'node:path';
import type { Checkpoint, Collection, DatasetSource, FinishReason, RunEvent } from '../src-shared/contract';
import { StudioError, toFailure } from '../src-shared/errors';
import { HELP, parseOptions, UsageError, type TrainOptions } from './cli-options';
import { jsonOutput, textOutput, type Output } from './cli-output';
import { builtinCollection, locateDataset } from './dataset-files';
import { writeExport } from './export/write-export';
import type { Dataset } from './trainer/data/dataset';
import { loadDataset } from './trainer/data/load-dataset';
import { checkFit } from './trainer/data/validation';
import { createEngine } from './trainer/engine/create-engine';
import { RunControl } from './trainer/run-control';
import { trainRun } from './trainer/training-loop';
import { version } from '../package.json';

const BUILTIN_FOLDER = join(__dirname, '../builtin-mnist');

async function main(args: string[]): Promise<number> {
  const options = await parseOptions(args);
  if (!options) {
    process.stdout.write(HELP);
    return 0;
  }
  const write = (text: string) => process.stdout.write(text);
  const output = options.json ? jsonOutput(write) : textOutput(write, options.settings.epochs, process.stdout.isTTY);
  const dataset = await loadDataset(await locate(options.source), options.source, () => undefined);
  checkFit(options.settings, dataset.info);
  output.dataset(dataset.info);
  return trainToTheEnd(options, dataset, output);
}

/** A person is at the app to be asked; here the options must say. */
async function locate(source: DatasetSource): Promise<Collection> {
  if (source.kind === 'builtin') return builtinCollection(BUILTIN_FOLDER);
  const found = await locateDataset(source);
  if (!('kind' in found)) return found;
  if (found.kind === 'hold-out') {
    throw new StudioError('file-missing', `“${source.folder}” has no test images. Add --hold-out 0.14 to take them from the training images, or any other share.`);
  }
  const ids = found.choices.map(({ collection, title }) => `${collection} (${title})`);
  throw new StudioError('file-missing', `“${source.folder}” holds several datasets. Please choose one with --collection: ${ids.join(', ')}.`);
}

async function trainToTheEnd({ settings, exportFile }: TrainOptions, dataset: Dataset, output: Output): Promise<number> {
  const start = performance.now();
  const control = new RunControl(() => performance.now());
  let checkpoint: Checkpoint | undefined;
  let reason = 'completed' as FinishReason;
  let epochs = 0;
  let restored: number | undefined;
  let failure: StudioError | undefined;

  function hear(event: RunEvent): void {
    if (event.kind === 'started') output.started(event.engine);
    if (event.kind === 'progress') output.progress(event.progress);
    if (event.kind === 'epoch') {
      epochs = event.result.epoch;
      output.epoch(event.result);
    }
    if (event.kind === 'restored') restored = event.epoch;
    if (event.kind === 'finished') reason = event.reason;
    if (event.kind === 'failed') failure = new StudioError(event.error.code, event.error.message);
  }

  process.once('SIGINT', () => control.stop());
  await trainRun(
    { run: 1, dataset, settings },
    {
      createEngine,
      control,
      emit: hear,
      report: (report) => {
        if (report.kind === 'checkpoint') checkpoint = report.checkpoint;
      },
      now: () => performance.now(),
      memory: () => process.memoryUsage().rss,
    },
  );
  const exported = checkpoint && exportFile ? exportFile : undefined;
  if (checkpoint && exported) await writeExport(exported, checkpoint, version);
  if (failure) throw failure;
  output.finished({ reason, seconds: (performance.now() - start) / 1000, exported, epochs, restored, kept: checkpoint?.result });
  return reason === 'stopped' ? 130 : 0;
}

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    console.error(error instanceof UsageError ? `${error.message} See --help.` : toFailure(error).message);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);

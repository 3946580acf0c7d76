// The command line: the same training without a window.
import { join } from 'node:path';
import type { Checkpoint, Collection, DatasetInfo, DatasetSource, EngineDetails, EpochResult, Progress, RunEvent } from '../src-shared/contract';
import { StudioError, toFailure } from '../src-shared/errors';
import { HELP, parseOptions, UsageError, type TrainOptions } from './cli-options';
import { builtinCollection, locateDataset } from './dataset-files';
import { writeExport } from './export/write-export';
import type { Dataset } from './trainer/data/dataset';
import { loadDataset } from './trainer/data/load-dataset';
import { createEngine } from './trainer/engine/create-engine';
import { RunControl } from './trainer/run-control';
import { checkFit, trainRun } from './trainer/training-loop';
import { version } from '../package.json';

const BUILTIN_FOLDER = join(__dirname, '../builtin-mnist');

/** Writes what a person or a program reads: text with a bar on a terminal, or one JSON object a line. */
interface Output {
  dataset(info: DatasetInfo): void;
  started(engine: EngineDetails): void;
  progress(progress: Progress): void;
  epoch(result: EpochResult): void;
  finished(summary: Summary): void;
}

interface Summary {
  reason: 'completed' | 'stopped';
  seconds: number;
  exported: string | undefined;
  last: EpochResult | undefined;
}

async function main(args: string[]): Promise<number> {
  const options = parseOptions(args);
  if (!options) {
    process.stdout.write(HELP);
    return 0;
  }
  const output = options.json ? jsonOutput() : textOutput(options.settings.epochs);
  const dataset = await loadDataset(await locate(options.source), options.source, () => undefined);
  checkFit(options.settings, dataset);
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
  let reason: Summary['reason'] = 'completed';
  let failure: StudioError | undefined;

  function hear(event: RunEvent): void {
    if (event.kind === 'started') output.started(event.engine);
    if (event.kind === 'progress') output.progress(event.progress);
    if (event.kind === 'epoch') output.epoch(event.result);
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
  output.finished({ reason, seconds: (performance.now() - start) / 1000, exported, last: checkpoint?.result });
  return reason === 'completed' ? 0 : 130;
}

function jsonOutput(): Output {
  const write = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`);
  let engine: EngineDetails | undefined;
  return {
    dataset: ({ trainCount, testCount, ...rest }) => write({ kind: 'dataset', train: trainCount, test: testCount, ...rest }),
    started: (details) => void (engine = details),
    progress: () => undefined,
    // What computes is told once, with the first epoch.
    epoch: (result) => write({ kind: 'epoch', ...result, ...(result.epoch === 1 && engine && { engine: engine.name, threads: engine.threads, engineDetails: engine }) }),
    finished({ reason, seconds, exported, last }) {
      const { testLoss, testAccuracy, trainLoss, trainAccuracy, epoch = 0 } = last ?? {};
      write({ kind: 'finished', reason, epochs: epoch, seconds, trainLoss, trainAccuracy, testLoss, testAccuracy, export: exported });
    },
  };
}

function textOutput(epochs: number): Output {
  const terminal = process.stdout.isTTY;
  const logEvery = Math.max(1, Math.floor(epochs / 10));
  const width = String(epochs).length;
  const clearBar = () => terminal && process.stdout.write('\r\x1b[K');
  return {
    dataset({ name, folder, trainCount, testCount, rows, columns }) {
      const place = folder === undefined ? 'built in' : folder;
      console.log(`${name} (${place}): ${trainCount} training and ${testCount} test images of ${rows}×${columns} pixels`);
    },
    started({ label, threads, precision }) {
      console.log(`${label}, ${threads} ${threads === 1 ? 'thread' : 'threads'}, ${precision}`);
    },
    progress({ epoch, batch, batches, imagesPerSecond, secondsLeft }) {
      if (!terminal) return;
      const filled = Math.floor((30 * batch) / batches);
      const bar = '█'.repeat(filled) + '░'.repeat(30 - filled);
      const left = Number.isFinite(secondsLeft) ? `${Math.ceil(secondsLeft)} s left` : '';
      process.stdout.write(`\r\x1b[K[${String(epoch).padStart(width)}/${epochs}] ${bar} ${Math.round(imagesPerSecond)} images/s, ${left}`);
    },
    epoch({ epoch, trainLoss, testLoss, testAccuracy, seconds }) {
      if (epoch % logEvery !== 0) return;
      clearBar();
      console.log(
        `[${String(epoch).padStart(width)}/${epochs}] loss: ${trainLoss.toFixed(4)}  test loss: ${testLoss.toFixed(4)}  ` +
          `test accuracy: ${percent(testAccuracy)}  ${seconds.toFixed(1)} s`,
      );
    },
    finished({ reason, seconds, exported, last }) {
      clearBar();
      const score = last ? `test accuracy ${percent(last.testAccuracy)} after epoch ${last.epoch}` : 'no epoch finished';
      console.log(`${reason === 'completed' ? 'Finished' : 'Stopped'} in ${seconds.toFixed(1)} s: ${score}`);
      if (exported) console.log(`Weights written to ${exported}`);
    },
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)}%`;
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

// The command “train”: trains a network without a window.
import { basename } from 'node:path';
import type { RunEvent } from '../../src-shared/contract';
import type { Checkpoint } from '../../src-shared/runs/checkpoint';
import type { FinishReason } from '../../src-shared/runs/progress';
import { StudioError } from '../../src-shared/errors';
import { countParameters } from '../../src-shared/settings/settings';
import { openDataset } from './dataset-options';
import { parseOptions, trainHelp, type TrainOptions } from './train-options';
import { jsonOutput, textOutput, type Output } from './output';
import { UsageError } from './usage';
import type { CommandEnvironment } from './process/environment';
import { checkExportTarget, checkRoom } from '../formats/save/export-target';
import { checkJsonSize } from '../formats/json/size';
import { writeExports } from '../formats/save/write-export';
import type { Dataset } from '../trainer/data/dataset';
import { checkFit } from '../trainer/data/split/validation';
import { createEngine } from '../trainer/engine/create-engine';
import { layerSizes } from '../trainer/engine/engine';
import type { Simd } from '../trainer/engine/wasm/kernels';
import { RunControl } from '../trainer/run/run-control';
import { trainRun } from '../trainer/run/training-loop';
import { version } from '../../package.json';

/** @returns 130 if training was stopped, else the exit codes of every command */
export async function train(args: string[], environment: CommandEnvironment): Promise<number> {
  const { stdout, invocation, builtinFolder } = environment;
  const options = await parseOptions(args);
  if (!options) {
    stdout.write(trainHelp(invocation));
    return 0;
  }
  for (const file of options.exportFiles) await checkTarget(file);
  const write = (text: string) => stdout.write(text);
  const output = options.json ? jsonOutput(write) : textOutput(write, options.settings.epochs, stdout.isTTY === true);
  const dataset = await openDataset(options.source, builtinFolder);
  checkFit(options.settings, dataset.info);
  for (const file of options.exportFiles) {
    checkJsonSize(basename(file), layerSizes(dataset, options.settings));
    await checkRoom(file, countParameters(layerSizes(dataset, options.settings)));
  }
  output.dataset(dataset.info);
  return trainToTheEnd(options, dataset, output, environment, await environment.chooseKernels());
}

/** Called before training, which would be wasted if the file cannot be written. Throws UsageError. */
async function checkTarget(file: string): Promise<void> {
  await checkExportTarget(file).catch((error: Error) => {
    throw new UsageError(`--export: ${error.message}`);
  });
}

async function trainToTheEnd(
  { settings, exportFiles, rawPixels }: TrainOptions,
  dataset: Dataset,
  output: Output,
  { onInterrupt }: CommandEnvironment,
  simd: Simd,
): Promise<number> {
  const start = performance.now();
  const control = new RunControl(() => performance.now());
  let checkpoint: Checkpoint | undefined;
  let reason = 'completed' as FinishReason;
  let epochs = 0;
  let restored: number | undefined;
  let failure: StudioError | undefined;

  function handleEvent(event: RunEvent): void {
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

  onInterrupt(() => control.stop());
  await trainRun(
    { run: 1, dataset, settings },
    {
      createEngine: (engineOptions) => createEngine(engineOptions, simd),
      control,
      emit: handleEvent,
      report: (report) => {
        if (report.kind === 'checkpoint') checkpoint = report.checkpoint;
      },
      now: () => performance.now(),
      memory: () => process.memoryUsage().rss,
      watched: () => false,
    },
  );
  const exports = checkpoint && (await writeExports(exportFiles, checkpoint, version, { rawPixels }));
  if (failure) throw failure;
  output.finished({
    reason,
    seconds: (performance.now() - start) / 1000,
    exported: exports?.written ?? [],
    epochs,
    restored,
    kept: checkpoint?.result,
  });
  if (exports?.failure !== undefined) throw exports.failure;
  return reason === 'stopped' ? 130 : 0;
}

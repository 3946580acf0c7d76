// How far a run has come. run.json may be older than the weights, which determine it.
import type { RunStatus } from '../../src-shared/runs/runs';
import type { HistoryLine } from './history';
import type { RunJson, RunProgress } from './run-json';
import type { Last } from './run-tensors';

export function progressOf({ changes, epochs, epochsTrained, result, seconds, environment }: RunProgress): RunProgress {
  return { changes, epochs, epochsTrained, result, seconds, environment };
}

/** The progress at the last weights. @param lines of the history, up to their epoch */
export function progressAt(run: RunProgress, { position, progress }: Last, lines: readonly HistoryLine[]): RunProgress {
  if (progress) return progress;
  // Version 0.1 wrote progress to run.json only.
  const { epoch, epochs, restored } = position;
  if (
    run.epochsTrained === epoch &&
    run.epochs === epochs &&
    run.result?.epoch === (restored ?? lines.at(-1)?.result.epoch)
  )
    return progressOf(run);
  const result = lines.find((line) => line.result.epoch === restored)?.result ?? lines.at(-1)?.result;
  return {
    ...progressOf(run),
    epochs,
    epochsTrained: epoch,
    result,
    seconds: lines.reduce((sum, line) => sum + line.result.seconds, 0),
  };
}

/**
 * How a run ended whose end was not written. It was finished if it had all its epochs and, if it keeps the best
 * weights, had them restored or its last epoch was the best.
 */
export function endOf({ position: { epoch, epochs, restored, best, settings } }: Last): {
  status: RunStatus;
  message: string | undefined;
} {
  const hasAllEpochs = epoch >= epochs && epoch > 0;
  const hasItsWeights = restored !== undefined || settings.keep !== 'best' || best?.epochsSince === 0;
  if (hasAllEpochs && hasItsWeights) return { status: 'completed', message: undefined };
  if (restored === undefined)
    return { status: 'cut-off', message: `The app ended during training, after epoch ${epoch} of ${epochs}.` };
  const outOfPatience = settings.patience > 0 && best !== undefined && best.epochsSince >= settings.patience;
  return { status: outOfPatience ? 'early' : 'stopped', message: undefined };
}

/** Applies a change. An undefined field stays as it is, except for the message, which is removed. */
export function changed(run: RunJson, change: { [K in keyof RunJson]?: RunJson[K] | undefined }): RunJson {
  return {
    ...run,
    ...Object.fromEntries(Object.entries(change).filter(([name, value]) => value !== undefined || name === 'message')),
  };
}

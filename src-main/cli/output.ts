// What the command line writes, for a person or a program: text with a bar on a terminal, or one JSON object a line.
import type { DatasetInfo } from '../../src-shared/data/dataset';
import type { EngineDetails } from '../../src-shared/runs/engine-details';
import type { FinishReason, Progress } from '../../src-shared/runs/progress';
import type { EpochResult } from '../../src-shared/runs/score';

export interface Output {
  dataset(info: DatasetInfo): void;
  started(engine: EngineDetails): void;
  progress(progress: Progress): void;
  epoch(result: EpochResult): void;
  finished(summary: Summary): void;
}

export interface Summary {
  reason: FinishReason;
  seconds: number;
  /** Files that were written. */
  exported: string[];
  /** Number of epochs that were trained. */
  epochs: number;
  /** The epoch whose weights were restored; undefined if the last ones are kept. */
  restored: number | undefined;
  /** The epoch whose weights are kept; undefined if no epoch was finished. */
  kept: EpochResult | undefined;
}

type Write = (text: string) => unknown;

export function jsonOutput(writeText: Write): Output {
  const write = (line: object) => void writeText(`${JSON.stringify(line)}\n`);
  let engine: EngineDetails | undefined;
  return {
    dataset: ({ trainCount, testCount, ...rest }) =>
      write({ kind: 'dataset', train: trainCount, test: testCount, ...rest }),
    started: (details) => void (engine = details),
    progress: () => undefined,
    // The engine is reported once, with the first epoch.
    epoch: (result) =>
      write({
        kind: 'epoch',
        ...result,
        ...(result.epoch === 1 && engine && { engine: engine.name, threads: engine.threads, engineDetails: engine }),
      }),
    finished({ reason, seconds, exported, epochs, restored, kept }) {
      const { testLoss, testAccuracy, trainLoss, trainAccuracy, validation } = kept ?? {};
      // Scores are those of the weights that are kept.
      const files = exported.length > 1 ? exported : exported[0];
      write({
        kind: 'finished',
        reason,
        epochs,
        seconds,
        keptEpoch: restored,
        trainLoss,
        trainAccuracy,
        validation,
        testLoss,
        testAccuracy,
        export: files,
      });
    },
  };
}

const ENDINGS: Record<FinishReason, string> = {
  completed: 'Finished',
  stopped: 'Stopped',
  early: 'Stopped early, with no better validation accuracy,',
};

/** @param terminal whether a bar can be drawn, and drawn over */
export function textOutput(write: Write, epochs: number, terminal: boolean): Output {
  const logEvery = Math.max(1, Math.floor(epochs / 10));
  const width = String(epochs).length;
  const clearBar = () => terminal && write('\r\x1b[K');
  const writeLine = (line: string) => write(`${line}\n`);
  return {
    dataset({ name, folder, trainCount, testCount, rows, columns }) {
      const place = folder === undefined ? 'built in' : folder;
      writeLine(`${name} (${place}): ${trainCount} training and ${testCount} test images of ${rows}×${columns} pixels`);
    },
    started({ label, threads, precision }) {
      writeLine(`${label}, ${threads} ${threads === 1 ? 'thread' : 'threads'}, ${precision}`);
    },
    progress({ epoch, batch, batches, imagesPerSecond, secondsLeft }) {
      if (!terminal) return;
      const filled = Math.floor((30 * batch) / batches);
      const bar = '█'.repeat(filled) + '░'.repeat(30 - filled);
      const left = Number.isFinite(secondsLeft) ? `${Math.ceil(secondsLeft)} s left` : '';
      write(
        `\r\x1b[K[${String(epoch).padStart(width)}/${epochs}] ${bar} ${Math.round(imagesPerSecond)} images/s, ${left}`,
      );
    },
    epoch({ epoch, trainLoss, testLoss, testAccuracy, validation, seconds }) {
      if (epoch % logEvery !== 0) return;
      clearBar();
      const validated = validation ? `validation accuracy: ${percent(validation.accuracy)}  ` : '';
      writeLine(
        `[${String(epoch).padStart(width)}/${epochs}] loss: ${fixed(trainLoss, 4)}  ${validated}test loss: ` +
          `${fixed(testLoss, 4)}  ` +
          `test accuracy: ${percent(testAccuracy)}  ${fixed(seconds, 1)} s`,
      );
    },
    finished({ reason, seconds, exported, epochs: trained, restored, kept }) {
      clearBar();
      writeLine(`${ENDINGS[reason]} in ${fixed(seconds, 1)} s: ${kept ? scores(kept) : 'no epoch finished'}`);
      if (restored !== undefined)
        writeLine(`Kept the weights of epoch ${restored} of ${trained}, the best by the validation images`);
      for (const file of exported) writeLine(`Weights written to ${file}`);
    },
  };
}

function scores({ epoch, testAccuracy, validation }: EpochResult): string {
  const validated = validation ? `validation accuracy ${percent(validation.accuracy)} and ` : '';
  return `${validated}test accuracy ${percent(testAccuracy)} after epoch ${epoch}`;
}

/** A share from 0 to 1 with two decimals, as results are reported. */
export function percent(share: number): string {
  return `${fixed(100 * share, 2)}%`;
}

/**
 * As toFixed, but zero has no minus sign: a loss of −0.00000001, from a network that is sure of itself, is "0.0000".
 */
export function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text;
}

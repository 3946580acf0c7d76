// What the network makes of the test set: its score, and the images that it misreads.
import type { Mistakes, Score } from '../../src-shared/contract';
import type { Dataset } from './data/dataset';
import type { Engine, Predictions } from './engine/engine';

/** Few enough that orders are heard in between, many enough to be quick. */
const IMAGES_A_STEP = 250;

export interface Evaluation extends Score {
  mistakes: Mistakes;
}

/**
 * Predicts all test images.
 * @param mayContinue asked between two steps
 * @returns undefined when it may not
 */
export async function evaluateTest(engine: Engine, { test }: Dataset, mayContinue: () => Promise<boolean>): Promise<Evaluation | undefined> {
  const all: Predictions = {
    predicted: new Uint16Array(test.count),
    confidence: new Float32Array(test.count),
    loss: new Float64Array(test.count),
  };
  for (let from = 0; from < test.count; from += IMAGES_A_STEP) {
    const step = engine.predictTest(from, Math.min(test.count, from + IMAGES_A_STEP));
    all.predicted.set(step.predicted, from);
    all.confidence.set(step.confidence, from);
    all.loss.set(step.loss, from);
    if (!(await mayContinue())) return undefined;
  }
  const mistakes = findMistakes(all, test.labels);
  return {
    loss: all.loss.reduce((sum, loss) => sum + loss, 0) / test.count,
    accuracy: (test.count - mistakes.index.length) / test.count,
    mistakes,
  };
}

/** Images whose prediction is not their label, worst loss first, and of equals the first in the test set first. */
export function findMistakes({ predicted, confidence, loss }: Predictions, labels: Uint8Array): Mistakes {
  const wrong: number[] = [];
  for (let i = 0; i < labels.length; i++) if (predicted[i] !== labels[i]) wrong.push(i);
  wrong.sort((a, b) => loss[b]! - loss[a]! || a - b);
  return {
    index: Uint32Array.from(wrong),
    predicted: Uint16Array.from(wrong, (i) => predicted[i]!),
    confidence: Float32Array.from(wrong, (i) => confidence[i]!),
    loss: Float32Array.from(wrong, (i) => loss[i]!),
  };
}

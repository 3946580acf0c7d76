// What the network makes of the test set: its score, and the images that it misreads.
import type { Mistakes, Score } from '../../src-shared/contract';
import type { Dataset } from './data/dataset';
import type { Engine, Predictions } from './engine/engine';
import type { StepSize } from './progress';

export interface Evaluation extends Score {
  mistakes: Mistakes;
}

export interface EvaluationPace {
  /** Images a step, kept from one evaluation to the next */
  step: StepSize;
  /** Milliseconds from any fixed moment. */
  now: () => number;
  /** Asked after each step. */
  mayContinue: () => Promise<boolean>;
}

/**
 * Predicts all test images.
 * @returns undefined where it may not continue
 */
export async function evaluateTest(engine: Engine, { test }: Dataset, { step, now, mayContinue }: EvaluationPace): Promise<Evaluation | undefined> {
  const all: Predictions = {
    predicted: new Uint16Array(test.count),
    confidence: new Float32Array(test.count),
    loss: new Float64Array(test.count),
  };
  for (let from = 0; from < test.count; ) {
    const start = now();
    const to = Math.min(test.count, from + step.pieces);
    const predictions = engine.predictTest(from, to);
    all.predicted.set(predictions.predicted, from);
    all.confidence.set(predictions.confidence, from);
    all.loss.set(predictions.loss, from);
    from = to;
    step.tell(now() - start);
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
export function findMistakes({ predicted, confidence, loss }: Predictions, labels: Uint16Array): Mistakes {
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

// Evaluates the network: its score and predictions on the test set, and its score on some of the training images.
import type { TestPredictions } from '../../../src-shared/runs/predictions';
import type { Score } from '../../../src-shared/runs/score';
import type { Dataset } from '../data/dataset';
import type { Engine, Predictions } from '../engine/engine';
import type { StepSize } from '../progress/progress';

export interface Evaluation extends Score {
  predictions: TestPredictions;
}

export interface EvaluationPace {
  /** Images in a step; kept from one evaluation to the next. */
  step: StepSize;
  /** Milliseconds since any fixed moment. */
  now: () => number;
  /** Called after each step. */
  mayContinue: () => Promise<boolean>;
}

/**
 * Evaluates the validation and the test images; `validation` is undefined if there are no validation images.
 * @returns undefined if it was stopped
 */
export async function evaluateBoth(
  engine: Engine,
  dataset: Pick<Dataset, 'train' | 'test'>,
  validationImages: Uint32Array,
  pace: EvaluationPace,
): Promise<{ test: Evaluation; validation: Score | undefined } | undefined> {
  const validation =
    validationImages.length > 0 ? await evaluateSome(engine, dataset, validationImages, pace) : undefined;
  if (validationImages.length > 0 && !validation) return undefined;
  const test = await evaluateTest(engine, dataset, pace);
  return test && { test, validation };
}

/** Score and predictions of all test images. @returns undefined if it was stopped */
export async function evaluateTest(
  engine: Engine,
  { test }: Pick<Dataset, 'test'>,
  pace: EvaluationPace,
): Promise<Evaluation | undefined> {
  const positions = Uint32Array.from({ length: test.count }, (_, k) => k);
  const all = await predictAll(engine, 'test', positions, pace);
  if (!all) return undefined;
  const { loss, predicted, confidence, probabilities } = all;
  const correct = predicted.reduce((sum, label, i) => sum + (label === test.labels[i] ? 1 : 0), 0);
  return { loss: mean(loss), accuracy: correct / test.count, predictions: { predicted, confidence, probabilities } };
}

/** Score of some of the training images. @returns undefined if it was stopped */
export async function evaluateSome(
  engine: Engine,
  { train }: Pick<Dataset, 'train'>,
  positions: Uint32Array,
  pace: EvaluationPace,
): Promise<Score | undefined> {
  const all = await predictAll(engine, 'train', positions, pace);
  if (!all) return undefined;
  const correct = positions.reduce(
    (sum, position, k) => sum + (all.predicted[k] === train.labels[position] ? 1 : 0),
    0,
  );
  return { loss: mean(all.loss), accuracy: correct / positions.length };
}

async function predictAll(
  engine: Engine,
  set: 'train' | 'test',
  positions: Uint32Array,
  { step, now, mayContinue }: EvaluationPace,
): Promise<Predictions | undefined> {
  const { length } = positions;
  const all: Predictions = {
    predicted: new Uint16Array(length),
    confidence: new Float32Array(length),
    loss: new Float64Array(length),
    probabilities: new Float32Array(),
  };
  for (let from = 0; from < length;) {
    const start = now();
    const to = Math.min(length, from + step.count);
    const predictions = engine.predict(set, positions.subarray(from, to));
    all.predicted.set(predictions.predicted, from);
    all.confidence.set(predictions.confidence, from);
    all.loss.set(predictions.loss, from);
    const classes = predictions.probabilities.length / (to - from);
    if (from === 0) all.probabilities = new Float32Array(length * classes);
    all.probabilities.set(predictions.probabilities, from * classes);
    from = to;
    step.record(now() - start);
    if (!(await mayContinue())) return undefined;
  }
  return all;
}

function mean(losses: Float64Array): number {
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

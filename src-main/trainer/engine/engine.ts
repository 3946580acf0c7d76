// What every engine can do: the training loop knows no more of it. nn/ behind reference-engine.ts defines what is correct.
import type { EngineDetails, LayerWeights } from '../../../src-shared/contract';
import type { Settings } from '../../../src-shared/settings';
import type { Dataset } from '../data/dataset';

/** Loss and hits of each batch, before its own update. */
export interface BatchScores {
  /** Mean loss of each batch */
  losses: Float64Array;
  /** Images read right in each batch */
  correct: Uint32Array;
}

/** What the network makes of images, one number each. */
export interface Predictions {
  predicted: Uint16Array;
  /** Probability of the predicted class, 0 to 1 */
  confidence: Float32Array;
  loss: Float64Array;
}

/** What an engine needs of a dataset. */
export type EngineData = Pick<Dataset, 'train' | 'test'> & { info: Pick<Dataset['info'], 'rows' | 'columns' | 'zeroShare' | 'classNames'> };

export interface EngineOptions {
  dataset: EngineData;
  settings: Settings;
  /** What to begin with instead of random weights, [out, in]. */
  weights?: LayerWeights[] | undefined;
}

export interface Engine {
  readonly details: EngineDetails;

  /**
   * One update for each whole batch in these positions of the training set. Yields in the middle of a batch that takes long,
   * so that orders need not wait for its end: how many batches are done, 2.5 in the middle of the third. Where it is left
   * there, that batch has no effect.
   * @param order [k × batch size]; the caller keeps k small enough to obey orders in time
   */
  train(order: Uint32Array): Generator<number, BatchScores>;

  /** Predicts the test images from (included) to (excluded). */
  predictTest(from: number, to: number): Predictions;

  /** Copies, as exported: [out, in] float32. */
  readWeights(): LayerWeights[];

  /** A copy of the first layer alone, which is looked at often. */
  readFirstLayer(): LayerWeights;

  /** Ends what the engine has started; it cannot be used any more. */
  dispose(): void;
}

/** Units of every layer, from the pixels to the classes. */
export function layerSizes({ info }: EngineData, { hidden }: Settings): number[] {
  return [info.rows * info.columns, ...hidden, info.classNames.length];
}

/** Trains without a pause. */
export function trainAll(engine: Engine, order: Uint32Array): BatchScores {
  const parts = engine.train(order);
  for (;;) {
    const { done, value } = parts.next();
    if (done) return value;
  }
}

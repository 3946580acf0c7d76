// The interface of every engine: all that the training loop knows of it. The reference engine, which runs nn/, defines
// what is correct.
import type { LayerWeights, LayerState } from '../../../src-shared/networks/layers';
import type { EngineDetails } from '../../../src-shared/runs/engine-details';
import type { Settings } from '../../../src-shared/settings/settings';
import type { Dataset } from '../data/dataset';

/** Scores of each batch before its own update. The loss is the plain cross-entropy, without smoothing and decay. */
export interface BatchScores {
  /** Mean loss of each batch. */
  losses: Float64Array;
  /** Images classified correctly in each batch. */
  correct: Uint32Array;
}

/** What train yields. */
export type TrainProgress =
  /** The batches that have been trained since the last yield of this kind; their updates have been made. */
  | ({ kind: 'batches' } & BatchScores)
  /** Share of the current batch that is done, 0 to 1. If training stops here, that batch has no effect. */
  | { kind: 'share'; share: number };

/** One entry for each image. */
export interface Predictions {
  predicted: Uint16Array;
  /** Probability of the predicted class, 0 to 1 */
  confidence: Float32Array;
  loss: Float64Array;
  /** [images, classes], 0 to 1 */
  probabilities: Float32Array;
}

/** The part of a dataset that an engine needs. */
export type EngineData = Pick<Dataset, 'train' | 'test'> & {
  info: Pick<Dataset['info'], 'rows' | 'columns' | 'zeroShare' | 'classNames'>;
};

export interface EngineOptions {
  dataset: EngineData;
  settings: Settings;
  /** Where to resume, instead of random weights. */
  state?: EngineState | undefined;
}

/** Everything that training changes and needs to resume, in the engine's own precision. */
export interface EngineState {
  /** [out, in] */
  layers: LayerState[];
  /**
   * The optimizer's states, 0 to 2 as its rule needs, each with one number for each parameter and laid out like the
   * layers. Empty: the optimizer begins.
   */
  moments: LayerState[][];
  /** Updates made so far. Adam, dropout masks and distortions depend on it. */
  updates: number;
  /**
   * Product of the momenta of all updates, for Adam's correction of its means; 1 before the first update. Undefined in
   * states that older versions stored: the run's changes then tell which momentum each update had.
   */
  momentumProduct?: number | undefined;
}

/** The product of the momenta that led to a state. */
export function momentumProductOf(
  { updates, momentumProduct }: EngineState,
  { momentum }: Pick<Settings, 'momentum'>,
): number {
  return momentumProduct ?? momentum ** updates;
}

/** What may change from one call of train to the next. */
export interface Hyperparameters {
  /** Images a batch */
  batchSize: number;
  /** One for each batch of the call. */
  learningRates: Float64Array;
  momentum: number;
  /** 0 to 0.9; above 0 only if fits returns true for it */
  dropout: number;
  inputDropout: number;
  /** 1 for the first. Each epoch has its own distortions. */
  epoch: number;
}

export interface Engine {
  readonly details: EngineDetails;

  /**
   * Makes one update for each batch of these images. Yields after the update of one or several batches. A batch that
   * takes long also yields before it is done, so that the caller can react to orders.
   * @param order indices into the training set, [k × batch size]; the caller keeps k small enough to react in time
   */
  train(order: Uint32Array, hyperparameters: Hyperparameters): Generator<TrainProgress, void>;

  /** True if the engine can train with these. If not, create a new engine, which resumes from readState(). */
  fits(hyperparameters: Pick<Hyperparameters, 'batchSize' | 'dropout' | 'inputDropout'>): boolean;

  /** Predicts images without augmentation. Labels are used only for the loss. @param positions indices into the set */
  predict(set: 'train' | 'test', positions: Uint32Array): Predictions;

  /**
   * A layer's output after its activation, for images without augmentation; the last layer's is the probabilities. May
   * not be called while train is in the middle of a batch.
   * @param layer 0 for the first
   * @returns [images, units]
   */
  outputs(set: 'train' | 'test', positions: Uint32Array, layer: number): Float32Array;

  /**
   * The gradient of the mean loss of these training images as the next update would compute it: with its dropout and
   * distortions, before weight decay and clipping. Changes nothing. May not be called while train is in the middle of a
   * batch.
   * @param positions indices into the training set, at most a batch
   */
  gradients(positions: Uint32Array, hyperparameters: Hyperparameters): LayerWeights[];

  /** Copies, as exported: [out, in] float32. */
  readWeights(): LayerWeights[];

  /** Replaces the weights, [out, in]. The optimizer's states stay. */
  writeWeights(layers: readonly LayerState[]): void;

  readState(): EngineState;

  /** A copy of the first layer alone, which the page often needs. */
  readFirstLayer(): LayerWeights;

  /** Leaves a processor to the page for some milliseconds, if the engine would use all of them. */
  yieldToPage(milliseconds: number): void;

  /** Ends the threads of the engine, which cannot be used any more. */
  dispose(): void;
}

/** Units of every layer, from the pixels to the classes. */
export function layerSizes({ info }: EngineData, { hidden }: Settings): number[] {
  return [info.rows * info.columns, ...hidden, info.classNames.length];
}

/** The hyperparameters of the settings, at their full learning rate. */
export function hyperparametersOf(settings: Settings, batches: number, epoch = 1): Hyperparameters {
  const { batchSize, momentum, dropout, inputDropout, learningRate } = settings;
  return {
    batchSize,
    momentum,
    dropout,
    inputDropout,
    epoch,
    learningRates: new Float64Array(batches).fill(learningRate),
  };
}

/** Trains without a pause, at the full learning rate. */
export function trainAll(engine: Engine, order: Uint32Array, settings: Settings, epoch = 1): BatchScores {
  return trainThrough(engine, order, hyperparametersOf(settings, order.length / settings.batchSize, epoch));
}

/** Trains without a pause. @returns the scores of all batches */
export function trainThrough(engine: Engine, order: Uint32Array, hyperparameters: Hyperparameters): BatchScores {
  const batches = order.length / hyperparameters.batchSize;
  const scores: BatchScores = { losses: new Float64Array(batches), correct: new Uint32Array(batches) };
  let ended = 0;
  for (const progress of engine.train(order, hyperparameters)) {
    if (progress.kind !== 'batches') continue;
    scores.losses.set(progress.losses, ended);
    scores.correct.set(progress.correct, ended);
    ended += progress.losses.length;
  }
  return scores;
}

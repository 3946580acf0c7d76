// What every engine can do: the training loop knows no more of it. nn/ behind reference-engine.ts defines what is
// correct.
import type { LayerState, LayerWeights } from '../../../src-shared/networks/layers';
import type { EngineDetails } from '../../../src-shared/runs/engine-details';
import type { Settings } from '../../../src-shared/settings/settings';
import type { Dataset } from '../data/dataset';

/**
 * Cross-entropy and hits of each batch, before its own update: what training makes small, without label smoothing and
 * weight decay.
 */
export interface BatchScores {
  /** Mean loss of each batch */
  losses: Float64Array;
  /** Images read right in each batch */
  correct: Uint32Array;
}

/** What training tells on its way. */
export type TrainProgress =
  /** The batches that have ended since the last were told: their updates are made. */
  | ({ kind: 'batches' } & BatchScores)
  /** Share of the batch in flight that is done, 0 to 1. If training is left here, that batch has no effect. */
  | { kind: 'share'; share: number };

/** What the network makes of images. */
export interface Predictions {
  predicted: Uint16Array;
  /** Probability of the predicted class, 0 to 1 */
  confidence: Float32Array;
  loss: Float64Array;
  /** [images, classes], 0 to 1 */
  probabilities: Float32Array;
}

/** What an engine needs of a dataset. */
export type EngineData = Pick<Dataset, 'train' | 'test'> & {
  info: Pick<Dataset['info'], 'rows' | 'columns' | 'zeroShare' | 'classNames'>;
};

export interface EngineOptions {
  dataset: EngineData;
  settings: Settings;
  /** What to begin with instead of random weights. */
  state?: EngineState | undefined;
}

/** All that training leads to and goes on from, in the engine's own precision. */
export interface EngineState {
  /** [out, in] */
  layers: LayerState[];
  /**
   * What the optimizer remembers of each parameter: nothing, or one or two of its own kind of averages, laid out like
   * the layers. Empty for one that has yet to begin.
   */
  moments: LayerState[][];
  /** Updates made so far; Adam, dropout masks and distortions go by it. */
  updates: number;
  /**
   * Product of the momenta of all updates, by which Adam corrects its means; 1 before the first update. If undefined,
   * as in what older versions stored, all updates had the momentum of the settings.
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

/** What may differ from one call of train to the next. */
export interface Hyperparameters {
  /** Images a batch */
  batchSize: number;
  /** One for each batch of the call. */
  learningRates: Float64Array;
  momentum: number;
  /** 0 to 0.9; above 0 only where fits says so */
  dropout: number;
  inputDropout: number;
  /** 1 for the first; distortions are made anew each epoch. */
  epoch: number;
}

export interface Engine {
  readonly details: EngineDetails;

  /**
   * One update for each whole batch in these positions of the training set. Yields each batch once its update is made,
   * or some together. A batch that takes long also yields in its middle, so that orders need not wait for its end.
   * @param order [k × batch size]; the caller keeps k small enough to obey orders in time
   */
  train(order: Uint32Array, hyperparameters: Hyperparameters): Generator<TrainProgress, void>;

  /** Whether the engine is laid out for these; where it is not, a new one goes on from readState(). */
  fits(hyperparameters: Pick<Hyperparameters, 'batchSize' | 'dropout' | 'inputDropout'>): boolean;

  /** Predicts images, as they are, at these positions of a set; labels are only for the loss. */
  predict(set: 'train' | 'test', positions: Uint32Array): Predictions;

  /**
   * What comes out of a layer, after its activation, for images as they are; of the last layer the probabilities. Not
   * while a batch is left in the middle.
   * @param layer 0 for the first
   * @returns [images, units]
   */
  outputs(set: 'train' | 'test', positions: Uint32Array, layer: number): Float32Array;

  /**
   * The gradient of the mean loss of these training images, at most a batch, as the next update would see it: with its
   * dropout and distortions, before weight decay and clipping. Changes nothing. Not while a batch is left in the
   * middle.
   */
  gradients(positions: Uint32Array, hyperparameters: Hyperparameters): LayerWeights[];

  /** Copies, as exported: [out, in] float32. */
  readWeights(): LayerWeights[];

  /** Puts other weights in place of the present ones, [out, in]; the optimizer's memory stays. */
  writeWeights(layers: readonly LayerState[]): void;

  readState(): EngineState;

  /** A copy of the first layer alone, which is looked at often. */
  readFirstLayer(): LayerWeights;

  /** For so many milliseconds the engine leaves a processor to others, where it would take them all. */
  makeWay(milliseconds: number): void;

  /** Ends what the engine has started; it cannot be used any more. */
  dispose(): void;
}

/** Units of every layer, from the pixels to the classes. */
export function layerSizes({ info }: EngineData, { hidden }: Settings): number[] {
  return [info.rows * info.columns, ...hidden, info.classNames.length];
}

/** The hyperparameters of settings as they stand, at their full learning rate. */
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

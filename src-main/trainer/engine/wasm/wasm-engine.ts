// The fast engine: the same mathematics as nn/ in float32, by the SIMD kernels of ../kernels, on several threads. The
// same seed gives the same weights, bit for bit, at any number of threads.
import type { LayerState, LayerWeights } from '../../../../src-shared/networks/layers';
import type { EngineDetails } from '../../../../src-shared/runs/engine-details';
import type { OptimizerName } from '../../../../src-shared/settings/settings';
import { dropThreshold } from '../../../../src-shared/nn/counter-random';
import { augments, augmentTables } from '../../data/augment/augment';
import { crossEntropy } from '../../../../src-shared/nn/cross-entropy-loss';
import { writeBatchRecords } from '../batch-records';
import type { BatchStep } from '../batch-steps';
import {
  momentumProductOf,
  type BatchScores,
  type Engine,
  type EngineState,
  type Hyperparameters,
  type Predictions,
  type TrainProgress,
} from '../engine';
import { compileForPages, compileKernels, type Simd } from './kernels';
import { TASKS, writePlan, type Plan } from './memory-layout';
import { isSparse, PIECE, shareMemory, SHORT_PIECE, type MemoryOptions, type SharedMemory } from './shared-memory';
import { clearSums, FIRST_MOMENT, GRADIENTS, readLayer, writeLayer } from './shared-weights';
import { ThreadChoice } from './thread-choice';
import { ThreadTeam } from './thread-team';
import { hasTrapHandlers } from './trap-handlers';

const OPTIMIZER_NUMBERS: Record<OptimizerName, number> = {
  sgd: 0,
  momentum: 1,
  nesterov: 2,
  rmsprop: 3,
  adam: 4,
  adamw: 5,
};
/** Pixels of images that are made in one step, where a batch is worked on step by step. */
const PIXELS_A_STEP = 2 ** 21;

export interface FastOptions extends MemoryOptions {
  simd: Simd;
}

export function createFastEngine(options: FastOptions): Engine {
  return new FastEngine(options);
}

class FastEngine implements Engine {
  readonly details: EngineDetails;
  private readonly shared: SharedMemory;
  private readonly team: ThreadTeam;
  private readonly choice: ThreadChoice;
  private updates: number;
  /** See EngineState. */
  private momentumProduct: number;
  /** Whose distortions lie in the shared memory. */
  private distortedEpoch: number | undefined;
  /** False while the sums hold the gradient of a batch that is not done. */
  private sumsAreZero = true;

  /** @param options threads: with the thread that calls */
  constructor(private readonly options: FastOptions) {
    const { threads, simd, state } = options;
    const firstLayer = isSparse(options) ? 'sparse' : 'dense';
    this.details = {
      name: 'fast',
      label: 'Fast engine',
      threads,
      precision: 'float32',
      simd,
      firstLayer,
      trapHandlers: hasTrapHandlers(),
    };
    const anySize = compileKernels(simd);
    this.shared = shareMemory(options, anySize);
    this.updates = state?.updates ?? 0;
    this.momentumProduct = state ? momentumProductOf(state, options.settings) : 1;
    const { memory, layout } = this.shared;
    // Trap handlers make the size irrelevant, and V8 need not optimise the kernels again for each new size.
    const module = hasTrapHandlers() ? anySize : compileForPages(simd, memory.buffer.byteLength / 65536);
    this.team = new ThreadTeam({ module, memory, plan: layout.planAt, control: layout.plan.control }, threads);
    this.choice = new ThreadChoice(threads);
  }

  fits({ batchSize, dropout, inputDropout }: Pick<Hyperparameters, 'batchSize' | 'dropout' | 'inputDropout'>): boolean {
    const laidOut = this.options.settings;
    return (
      batchSize === laidOut.batchSize &&
      dropout > 0 === laidOut.dropout > 0 &&
      inputDropout > 0 === laidOut.inputDropout > 0
    );
  }

  *train(order: Uint32Array, hyperparameters: Hyperparameters): Generator<TrainProgress, void> {
    const { batchSize, learningRates, epoch } = hyperparameters;
    const { steps } = this.shared;
    this.distort(epoch);
    const work = this.workOf(hyperparameters);
    for (let from = 0; from < order.length;) {
      const most = steps ? 1 : this.choice.needsShortChunk ? SHORT_PIECE : PIECE;
      const positions = order.subarray(from, from + Math.max(1, Math.floor(most / batchSize)) * batchSize);
      const firstBatch = from / batchSize;
      this.setOut(positions, {
        ...hyperparameters,
        learningRates: learningRates.subarray(firstBatch, firstBatch + positions.length / batchSize),
      });
      if (steps) yield* this.trainInSteps(steps, work);
      else this.trainWhole(positions.length, work);
      this.countUpdates(positions.length / batchSize, hyperparameters);
      from += positions.length;
      yield { kind: 'batches', ...this.scoresOf(positions, batchSize) };
    }
  }

  /** One after the other, so that the product does not depend on how a run is cut into calls. */
  private countUpdates(batches: number, { momentum }: Hyperparameters): void {
    this.updates += batches;
    for (let batch = 0; batch < batches; batch++) this.momentumProduct *= momentum;
  }

  /** What the kernels are told for all batches of a call. */
  private workOf({ batchSize, momentum, dropout, inputDropout }: Hyperparameters): Partial<Plan> {
    const { optimizer, squareDecay, weightDecay, clipNorm, maxNorm, labelSmoothing, gradientDivisions } =
      this.options.settings;
    const { memory, layout, summed } = this.shared;
    const { scaledPixels } = layout.plan;
    const dropsPixels = inputDropout > 0;
    if (dropsPixels) {
      const keptScale = Math.fround(1 / (1 - inputDropout));
      const [plain, kept] = [0, 1024].map((offset) => new Float32Array(memory.buffer, scaledPixels + offset, 256));
      plain!.forEach((value, k) => (kept![k] = value * keptScale));
    }
    return {
      rows: batchSize,
      summed: Number(summed),
      images: layout.trainAt,
      scaledPixels: dropsPixels ? scaledPixels + 1024 : scaledPixels,
      optimizer: OPTIMIZER_NUMBERS[optimizer],
      momentum,
      gradientShare: 1 - momentum,
      squareDecay,
      squareShare: 1 - squareDecay,
      weightDecay,
      clipNorm,
      maxNorm,
      labelSmoothing,
      dropBelow: dropThreshold(dropout),
      dropPixelBelow: dropThreshold(inputDropout),
      keptScale: 1 / (1 - dropout),
      gradientScale: 1 / batchSize ** gradientDivisions,
    };
  }

  /** Makes the tables of an epoch's distortions. */
  private distort(epoch: number): void {
    const { settings, dataset } = this.options;
    if (!augments(settings) || epoch === this.distortedEpoch) return;
    const tables = augmentTables(settings, dataset.info.rows, dataset.info.columns, epoch);
    const { memory, layout } = this.shared;
    new Int32Array(memory.buffer, layout.plan.transforms, tables.transforms.length).set(tables.transforms);
    new Int16Array(memory.buffer, layout.plan.alongX, tables.alongX.length).set(tables.alongX);
    new Int16Array(memory.buffer, layout.plan.alongY, tables.alongY.length).set(tables.alongY);
    this.distortedEpoch = epoch;
  }

  /** Puts what the kernels need of these batches in the shared memory. */
  private setOut(positions: Uint32Array, { learningRates, momentum }: Hyperparameters): void {
    const { arrays, memory, layout } = this.shared;
    arrays.order.set(positions);
    const { updates, momentumProduct } = this;
    writeBatchRecords(memory.buffer, layout.plan.records, this.options.settings, {
      learningRates,
      momentum,
      updates,
      momentumProduct,
    });
  }

  private trainWhole(images: number, work: Partial<Plan>): void {
    const start = performance.now();
    this.run('train', { ...work, batches: images / work.rows! });
    this.choice.tell(images, performance.now() - start);
  }

  /** One batch: the gradients are summed, and applied at last. */
  private *trainInSteps(steps: BatchStep[], work: Partial<Plan>): Generator<TrainProgress, void> {
    const { memory, layout } = this.shared;
    if (!this.sumsAreZero) clearSums(memory.buffer, layout);
    this.sumsAreZero = false;
    let [milliseconds, makesWay] = [0, false];
    const run = (task: keyof typeof TASKS, part: Partial<Plan>) => {
      const start = performance.now();
      makesWay ||= this.choice.makesWay;
      this.run(task, { ...work, ...part });
      milliseconds += performance.now() - start;
    };
    for (const part of this.partsToPrepare(work.rows!)) {
      run('prepare', part);
      yield { kind: 'share', share: 0 };
    }
    for (const { task, layer, fromRow, toRow, done } of steps) {
      run(task, { layer, fromRow, toRow });
      yield { kind: 'share', share: done };
    }
    run('update', {});
    this.sumsAreZero = true;
    if (!makesWay) this.choice.tell(work.rows!, milliseconds);
  }

  /** The rows of a batch whose images must be made before the network can be shown them, some at a time. */
  private partsToPrepare(batchSize: number): Pick<Plan, 'fromRow' | 'toRow'>[] {
    const { train, layers } = this.shared.layout;
    if (train.starts > 0) return [];
    const rows = Math.max(1, Math.floor(PIXELS_A_STEP / layers[0]!.inputs));
    return Array.from({ length: Math.ceil(batchSize / rows) }, (_, k) => ({
      fromRow: k * rows,
      toRow: Math.min(batchSize, (k + 1) * rows),
    }));
  }

  gradients(positions: Uint32Array, hyperparameters: Hyperparameters): LayerWeights[] {
    const { memory, layout } = this.shared;
    const rows = positions.length;
    this.distort(hyperparameters.epoch);
    this.setOut(positions, { ...hyperparameters, learningRates: new Float64Array(1) });
    const gradientScale = 1 / rows ** this.options.settings.gradientDivisions;
    const work = { ...this.workOf(hyperparameters), rows, gradientScale, summed: 1, fromRow: 0, toRow: rows };
    if (!this.sumsAreZero) clearSums(memory.buffer, layout);
    for (const part of this.partsToPrepare(rows)) this.run('prepare', { ...work, ...part });
    for (let layer = 0; layer < layout.layers.length; layer++) this.run('forward', { ...work, layer });
    for (let layer = layout.layers.length - 1; layer >= 0; layer--) {
      if (layer > 0) this.run('backward', { ...work, layer });
      this.run('gradient', { ...work, layer });
    }
    const gradients = this.readAll(GRADIENTS);
    clearSums(memory.buffer, layout);
    this.sumsAreZero = true;
    return gradients;
  }

  /** What the kernels made of these whole batches. */
  private scoresOf(positions: Uint32Array, batchSize: number): BatchScores {
    const { labels } = this.options.dataset.train;
    const { targetProbability, predicted } = this.shared.arrays;
    const batches = positions.length / batchSize;
    const scores: BatchScores = { losses: new Float64Array(batches), correct: new Uint32Array(batches) };
    for (let n = 0, batch = 0; batch < batches; batch++) {
      let loss = 0;
      let correct = 0;
      for (const end = n + batchSize; n < end; n++) {
        loss += crossEntropy(targetProbability[n]!);
        if (predicted[n] === labels[positions[n]!]) correct++;
      }
      scores.losses[batch] = loss / batchSize;
      scores.correct[batch] = correct;
    }
    return scores;
  }

  predict(set: 'train' | 'test', positions: Uint32Array): Predictions {
    const count = positions.length;
    const { arrays, predictedRows, layout } = this.shared;
    const classes = layout.layers.at(-1)!.units;
    const predictions: Predictions = {
      predicted: new Uint16Array(count),
      confidence: new Float32Array(count),
      loss: new Float64Array(count),
      probabilities: new Float32Array(count * classes),
    };
    for (let done = 0; done < count;) {
      const rows = Math.min(predictedRows, count - done);
      const batches = Math.min(Math.floor((count - done) / rows), Math.floor(PIECE / rows));
      const length = batches * rows;
      arrays.order.set(positions.subarray(done, done + length));
      this.run('predict', { batches, rows, images: set === 'train' ? layout.trainAt : layout.testAt });
      predictions.predicted.set(arrays.predicted.subarray(0, length), done);
      predictions.confidence.set(arrays.confidence.subarray(0, length), done);
      predictions.probabilities.set(arrays.probabilities.subarray(0, length * classes), done * classes);
      for (let k = 0; k < length; k++) predictions.loss[done + k] = crossEntropy(arrays.targetProbability[k]!);
      done += length;
    }
    return predictions;
  }

  outputs(set: 'train' | 'test', positions: Uint32Array, layer: number): Float32Array {
    const { arrays, memory, predictedRows, layout } = this.shared;
    const { units, output, stride } = layout.layers[layer]!;
    const outputs = new Float32Array(positions.length * units);
    for (let done = 0; done < positions.length; done += predictedRows) {
      const rows = Math.min(predictedRows, positions.length - done);
      arrays.order.set(positions.subarray(done, done + rows));
      this.run('predict', { batches: 1, rows, images: set === 'train' ? layout.trainAt : layout.testAt });
      for (let n = 0; n < rows; n++)
        outputs.set(new Float32Array(memory.buffer, output + n * stride, units), (done + n) * units);
    }
    return outputs;
  }

  /**
   * Lets the kernels work on the images whose positions are in the shared order; what they give lies there too
   * afterwards.
   */
  private run(task: keyof typeof TASKS, work: Partial<Plan>): void {
    const { memory, layout } = this.shared;
    const { threads } = this.choice;
    writePlan(memory.buffer, layout, { ...layout.plan, ...work, task: TASKS[task], threads });
    this.team.run(threads);
  }

  readWeights(): LayerWeights[] {
    return this.readAll();
  }

  writeWeights(layers: readonly LayerState[]): void {
    layers.forEach((layer, index) => writeLayer(this.shared.memory.buffer, this.shared.layout.layers[index]!, layer));
  }

  readState(): EngineState {
    const moments = Array.from({ length: this.shared.moments }, (_, k) => this.readAll(FIRST_MOMENT + k));
    return { layers: this.readWeights(), moments, updates: this.updates, momentumProduct: this.momentumProduct };
  }

  /** Of every layer. @param what of each weight, itself if not told */
  private readAll(what?: number): LayerWeights[] {
    return this.shared.layout.layers.map((layer) => readLayer(this.shared.memory.buffer, layer, what));
  }

  readFirstLayer(): LayerWeights {
    return readLayer(this.shared.memory.buffer, this.shared.layout.layers[0]!);
  }

  makeWay(milliseconds: number): void {
    this.choice.makeWay(milliseconds);
  }

  dispose(): void {
    this.team.dispose();
  }
}

// The fast engine: the mathematics of nn/ in float32, by the SIMD kernels of ./kernels, on several threads. The same
// seed gives the same weights, bit for bit, at any number of threads.
import type { LayerWeights, LayerState } from '../../../../src-shared/networks/layers';
import type { EngineDetails } from '../../../../src-shared/runs/engine-details';
import { augments, augmentTables } from '../../data/augment/augment';
import {
  momentumProductOf,
  type Engine,
  type EngineState,
  type Hyperparameters,
  type Predictions,
  type TrainProgress,
} from '../engine';
import { writeBatchRecords } from './batch-records';
import type { BatchStep } from './batch-steps';
import { compileForPages, compileKernels, type Simd } from './kernels';
import { Task } from './kernels/numbers';
import { PAGE, writePlan, type Plan } from './memory-layout';
import { outputsOf, predict, trainingScores, type RunTask } from './predictions';
import { CHUNK, isSparse, shareMemory, SHORT_CHUNK, type MemoryOptions, type SharedMemory } from './shared-memory';
import { clearSums, FIRST_MOMENT, GRADIENTS, readLayer, writeLayer } from './shared-weights';
import { ThreadChoice } from './thread-choice';
import { ThreadTeam } from './thread-team';
import { rowsToPrepare, trainingWork } from './training-work';
import { hasTrapHandlers } from './trap-handlers';

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
  /** The epoch whose augmentation tables are in shared memory. */
  private augmentedEpoch: number | undefined;
  /** False while the sums contain the gradient of an unfinished batch. */
  private sumsAreZero = true;

  /** @param options threads: including the calling thread */
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
    // With trap handlers the size is irrelevant, and V8 need not optimise the kernels again for each new size.
    const module = hasTrapHandlers() ? anySize : compileForPages(simd, memory.buffer.byteLength / PAGE);
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
    const { labels } = this.options.dataset.train;
    const { steps } = this.shared;
    this.writeAugmentTables(epoch);
    const work = trainingWork(this.shared, this.options.settings, hyperparameters);
    for (let from = 0; from < order.length;) {
      const most = steps ? 1 : this.choice.needsShortChunk ? SHORT_CHUNK : CHUNK;
      const positions = order.subarray(from, from + Math.max(1, Math.floor(most / batchSize)) * batchSize);
      const firstBatch = from / batchSize;
      this.writeBatches(positions, {
        ...hyperparameters,
        learningRates: learningRates.subarray(firstBatch, firstBatch + positions.length / batchSize),
      });
      if (steps) yield* this.trainInSteps(steps, work);
      else this.trainChunk(positions.length, work);
      this.countUpdates(positions.length / batchSize, hyperparameters);
      from += positions.length;
      yield { kind: 'batches', ...trainingScores(this.shared, labels, positions, batchSize) };
    }
  }

  /** One multiplication per batch, so that the product does not depend on how a run is split into calls. */
  private countUpdates(batches: number, { momentum }: Hyperparameters): void {
    this.updates += batches;
    for (let batch = 0; batch < batches; batch++) this.momentumProduct *= momentum;
  }

  private writeAugmentTables(epoch: number): void {
    const { settings, dataset } = this.options;
    if (!augments(settings) || epoch === this.augmentedEpoch) return;
    const tables = augmentTables(settings, dataset.info.rows, dataset.info.columns, epoch);
    const { memory, layout } = this.shared;
    new Int32Array(memory.buffer, layout.plan.transforms, tables.transforms.length).set(tables.transforms);
    new Int16Array(memory.buffer, layout.plan.alongX, tables.alongX.length).set(tables.alongX);
    new Int16Array(memory.buffer, layout.plan.alongY, tables.alongY.length).set(tables.alongY);
    this.augmentedEpoch = epoch;
  }

  /** Writes which images and hyperparameters the next batches have. */
  private writeBatches(positions: Uint32Array, { learningRates, momentum }: Hyperparameters): void {
    const { arrays, memory, layout } = this.shared;
    arrays.indices.set(positions);
    const { updates, momentumProduct } = this;
    writeBatchRecords(memory.buffer, layout.plan.records, this.options.settings, {
      learningRates,
      momentum,
      updates,
      momentumProduct,
    });
  }

  private trainChunk(images: number, work: Partial<Plan>): void {
    const start = performance.now();
    this.run('train', { ...work, batches: images / work.rows! });
    this.choice.record(images, performance.now() - start);
  }

  /** Trains one batch. Its gradients are summed, and applied at the end. */
  private *trainInSteps(steps: BatchStep[], work: Partial<Plan>): Generator<TrainProgress, void> {
    const { memory, layout } = this.shared;
    if (!this.sumsAreZero) clearSums(memory.buffer, layout);
    this.sumsAreZero = false;
    let [milliseconds, yielded] = [0, false];
    const run: RunTask = (task, part) => {
      const start = performance.now();
      yielded ||= this.choice.yieldsToPage;
      this.run(task, { ...work, ...part });
      milliseconds += performance.now() - start;
    };
    for (const rows of rowsToPrepare(this.shared, work.rows!)) {
      run('prepare', rows);
      yield { kind: 'share', share: 0 };
    }
    for (const { task, layer, fromRow, toRow, done } of steps) {
      run(task, { layer, fromRow, toRow });
      yield { kind: 'share', share: done };
    }
    run('update', {});
    this.sumsAreZero = true;
    if (!yielded) this.choice.record(work.rows!, milliseconds);
  }

  gradients(positions: Uint32Array, hyperparameters: Hyperparameters): LayerWeights[] {
    const { memory, layout } = this.shared;
    const { settings } = this.options;
    const rows = positions.length;
    this.writeAugmentTables(hyperparameters.epoch);
    this.writeBatches(positions, { ...hyperparameters, learningRates: new Float64Array(1) });
    const gradientScale = 1 / rows ** settings.gradientDivisions;
    const batch = { rows, gradientScale, summed: 1, fromRow: 0, toRow: rows };
    const work = { ...trainingWork(this.shared, settings, hyperparameters), ...batch };
    if (!this.sumsAreZero) clearSums(memory.buffer, layout);
    for (const part of rowsToPrepare(this.shared, rows)) this.run('prepare', { ...work, ...part });
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

  predict(set: 'train' | 'test', positions: Uint32Array): Predictions {
    return predict(this.shared, this.run, set, positions);
  }

  outputs(set: 'train' | 'test', positions: Uint32Array, layer: number): Float32Array {
    return outputsOf(this.shared, this.run, set, positions, layer);
  }

  private readonly run: RunTask = (task, work) => {
    const { memory, layout } = this.shared;
    const { threads } = this.choice;
    writePlan(memory.buffer, layout, { ...layout.plan, ...work, task: Task[task], threads });
    this.team.run(threads);
  };

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

  /** Every layer. @param copy see shared-weights.ts; undefined: the weights */
  private readAll(copy?: number): LayerWeights[] {
    return this.shared.layout.layers.map((layer) => readLayer(this.shared.memory.buffer, layer, copy));
  }

  readFirstLayer(): LayerWeights {
    return readLayer(this.shared.memory.buffer, this.shared.layout.layers[0]!);
  }

  yieldToPage(milliseconds: number): void {
    this.choice.yieldToPage(milliseconds);
  }

  dispose(): void {
    this.team.dispose();
  }
}

// The fast engine: the same mathematics as nn/ in float32, by the SIMD kernels of ../kernels, on several threads. The same
// seed gives the same weights, bit for bit, at any number of threads.
import type { EngineDetails, LayerWeights } from '../../../src-shared/contract';
import { crossEntropy } from '../nn/cross-entropy-loss';
import type { BatchStep } from './batch-steps';
import type { BatchScores, Engine, Predictions } from './engine';
import { compileKernels, type Simd } from './kernels';
import { TASKS, writePlan, type Plan } from './memory-layout';
import { isSparse, PIECE, shareMemory, type MemoryOptions, type SharedMemory } from './shared-memory';
import { clearSums, readLayer } from './shared-weights';
import { ThreadChoice } from './thread-choice';
import { ThreadTeam } from './thread-team';

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
  /** False while the sums hold the gradient of a batch that is not done. */
  private sumsAreZero = true;

  /** @param options threads: with the thread that calls */
  constructor(private readonly options: FastOptions) {
    const { threads, simd } = options;
    const firstLayer = isSparse(options) ? 'sparse' : 'dense';
    this.details = { name: 'fast', label: 'Fast engine', threads, precision: 'float32', simd, firstLayer };
    const module = compileKernels(simd);
    this.shared = shareMemory(options, module);
    const { memory, layout } = this.shared;
    this.team = new ThreadTeam({ module, memory, plan: layout.planAt, control: layout.plan.control }, threads);
    this.choice = new ThreadChoice(threads);
  }

  *train(order: Uint32Array): Generator<number, BatchScores> {
    const { batchSize } = this.options.settings;
    const batches = order.length / batchSize;
    const scores: BatchScores = { losses: new Float64Array(batches), correct: new Uint32Array(batches) };
    const { steps } = this.shared;
    const piece = steps ? batchSize : Math.floor(PIECE / batchSize) * batchSize;
    for (let from = 0; from < order.length; from += piece) {
      const positions = order.subarray(from, from + piece);
      if (steps) for (const done of this.trainInSteps(positions, steps)) yield from / batchSize + done;
      else this.trainWhole(positions);
      this.addScores(scores, positions, from / batchSize);
    }
    return scores;
  }

  private trainWhole(positions: Uint32Array): void {
    const { batchSize } = this.options.settings;
    const start = performance.now();
    this.shared.arrays.order.set(positions);
    this.run('train', { batches: positions.length / batchSize });
    this.choice.tell(positions.length, performance.now() - start);
  }

  /** One batch: the gradients are summed, and applied at last. Yields the share that is done. */
  private *trainInSteps(positions: Uint32Array, steps: BatchStep[]): Generator<number, void> {
    const { arrays, memory, layout } = this.shared;
    if (!this.sumsAreZero) clearSums(memory.buffer, layout);
    this.sumsAreZero = false;
    arrays.order.set(positions);
    for (const { task, layer, fromRow, toRow, done } of steps) {
      this.run(task, { layer, fromRow, toRow });
      yield done;
    }
    this.run('update', {});
    this.sumsAreZero = true;
  }

  /** What the kernels made of these whole batches, the first of which has this number in scores. */
  private addScores(scores: BatchScores, positions: Uint32Array, firstBatch: number): void {
    const { dataset, settings } = this.options;
    const { targetProbability, predicted } = this.shared.arrays;
    for (let n = 0, batch = firstBatch; n < positions.length; batch++) {
      let loss = 0;
      let correct = 0;
      for (const end = n + settings.batchSize; n < end; n++) {
        loss += crossEntropy(targetProbability[n]!);
        if (predicted[n] === dataset.train.labels[positions[n]!]) correct++;
      }
      scores.losses[batch] = loss / settings.batchSize;
      scores.correct[batch] = correct;
    }
  }

  predictTest(from: number, to: number): Predictions {
    const count = to - from;
    const { arrays, predictedRows } = this.shared;
    const predictions: Predictions = { predicted: new Uint16Array(count), confidence: new Float32Array(count), loss: new Float64Array(count) };
    for (let done = 0; done < count; ) {
      const rows = Math.min(predictedRows, count - done);
      const batches = Math.min(Math.floor((count - done) / rows), Math.floor(PIECE / rows));
      const length = batches * rows;
      for (let k = 0; k < length; k++) arrays.order[k] = from + done + k;
      this.run('predict', { batches, rows });
      predictions.predicted.set(arrays.predicted.subarray(0, length), done);
      predictions.confidence.set(arrays.confidence.subarray(0, length), done);
      for (let k = 0; k < length; k++) predictions.loss[done + k] = crossEntropy(arrays.targetProbability[k]!);
      done += length;
    }
    return predictions;
  }

  /** Lets the kernels work on the images whose positions are in the shared order; what they give lies there too afterwards. */
  private run(task: keyof typeof TASKS, work: Partial<Plan>): void {
    const { batchSize, learningRate, gradientDivisions } = this.options.settings;
    const { memory, layout } = this.shared;
    const { threads } = this.choice;
    writePlan(memory.buffer, layout, {
      ...layout.plan,
      task: TASKS[task],
      images: task === 'predict' ? layout.testAt : layout.trainAt,
      rows: batchSize,
      threads,
      learningRate,
      gradientScale: 1 / batchSize ** gradientDivisions,
      ...work,
    });
    this.team.run(threads);
  }

  readWeights(): LayerWeights[] {
    return this.shared.layout.layers.map((layer) => readLayer(this.shared.memory.buffer, layer));
  }

  readFirstLayer(): LayerWeights {
    return readLayer(this.shared.memory.buffer, this.shared.layout.layers[0]!);
  }

  dispose(): void {
    this.team.dispose();
  }
}

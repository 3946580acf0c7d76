// The fast engine: the same mathematics as nn/ in float32, by the SIMD kernels of ../kernels, on several threads. The same
// seed gives the same weights, bit for bit, at any number of threads.
import type { LayerWeights } from '../../../src-shared/contract';
import { StudioError } from '../../../src-shared/errors';
import type { Activation } from '../../../src-shared/settings';
import type { ImageSet } from '../data/dataset';
import { crossEntropy } from '../nn/cross-entropy-loss';
import { layerSizes, type BatchScores, type Engine, type EngineOptions, type Predictions } from './engine';
import { compileKernels, startKernels, type Simd } from './kernels';
import { chooseSparse, layOut, writePlan, writeStructures, type Layout, type Plan } from './memory-layout';
import { firstWeights } from './reference-engine';
import { writeImages } from './shared-images';
import { readLayer, writeLayer } from './shared-weights';
import { ThreadChoice } from './thread-choice';
import { ThreadTeam } from './thread-team';

/** From this share of zeros on, looking only at the other pixels is faster. */
const LEAST_ZERO_SHARE = 0.4;
/** Images of the test set that are predicted together. */
const PREDICTED_ROWS = 64;
/** Images in the largest piece of work, at least the largest batch. Some milliseconds: then the number of threads may change. */
const PIECE = 4096;

const ACTIVATION_NUMBERS: Record<Activation, number> = { relu: 0, sigmoid: 1, tanh: 2 };

export interface FastOptions extends EngineOptions {
  /** With the thread that calls. */
  threads: number;
  simd: Simd;
  /** Tenths of a second after which a thread that does not come is taken for dead. */
  patience?: number;
}

export function createFastEngine(options: FastOptions): Engine {
  const { dataset, settings, threads, simd } = options;
  const { batchSize, learningRate, gradientDivisions } = settings;
  const module = compileKernels(simd);
  const layout = planMemory(options, module);
  const memory = createMemory(layout.bytes);
  const shared = fillMemory(memory.buffer, layout, options);
  const team = new ThreadTeam({ module, memory, plan: layout.planAt, control: layout.plan.control }, threads);
  const choice = new ThreadChoice(threads);

  /** Runs whole batches; what they gave lies in shared afterwards. */
  function run(positions: Uint32Array, work: Pick<Plan, 'images' | 'rows' | 'learningRate' | 'gradientScale'>): void {
    const active = choice.threads;
    shared.order.set(positions);
    writePlan(memory.buffer, layout, { ...layout.plan, ...work, batches: positions.length / work.rows, threads: active });
    team.run(active);
  }

  const training = { images: layout.trainAt, rows: batchSize, learningRate, gradientScale: 1 / batchSize ** gradientDivisions };
  const pieceOfTraining = Math.floor(PIECE / batchSize) * batchSize;

  return {
    details: { name: 'fast', label: 'Fast engine', threads, precision: 'float32', simd, firstLayer: isSparse(options) ? 'sparse' : 'dense' },

    train(order): BatchScores {
      const batches = order.length / batchSize;
      const scores: BatchScores = { losses: new Float64Array(batches), correct: new Uint32Array(batches) };
      for (let from = 0; from < order.length; from += pieceOfTraining) {
        const positions = order.subarray(from, from + pieceOfTraining);
        const start = performance.now();
        run(positions, training);
        choice.tell(positions.length, performance.now() - start);
        for (let k = 0; k < positions.length; k += batchSize) {
          const batch = (from + k) / batchSize;
          const { loss, correct } = scoreBatch(shared, dataset.train, positions, k, k + batchSize);
          scores.losses[batch] = loss;
          scores.correct[batch] = correct;
        }
      }
      return scores;
    },

    predictTest(from, to): Predictions {
      const count = to - from;
      const predictions: Predictions = { predicted: new Uint16Array(count), confidence: new Float32Array(count), loss: new Float64Array(count) };
      for (let done = 0; done < count; ) {
        const rows = Math.min(PREDICTED_ROWS, count - done);
        const batches = Math.min(Math.floor((count - done) / rows), Math.floor(PIECE / rows));
        const length = batches * rows;
        run(Uint32Array.from({ length }, (_, k) => from + done + k), { images: layout.testAt, rows, learningRate: 0, gradientScale: 0 });
        predictions.predicted.set(shared.predicted.subarray(0, length), done);
        predictions.confidence.set(shared.confidence.subarray(0, length), done);
        for (let k = 0; k < length; k++) predictions.loss[done + k] = crossEntropy(shared.targetProbability[k]!);
        done += length;
      }
      return predictions;
    },

    readWeights: (): LayerWeights[] => layout.layers.map((layer) => readLayer(memory.buffer, layer)),

    readFirstLayer: () => readLayer(memory.buffer, layout.layers[0]!),

    dispose: () => team.dispose(),
  };
}

function isSparse({ dataset }: EngineOptions): boolean {
  return chooseSparse(dataset.info, LEAST_ZERO_SHARE);
}

function planMemory(options: FastOptions, module: WebAssembly.Module): Layout {
  const { dataset, settings, threads, patience = 300 } = options;
  const { activation, batchSize } = settings;
  const sizes = layerSizes(dataset, settings);
  const sparse = isSparse(options);
  const kernels = startKernels(module, new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }));
  return layOut({
    dataset,
    sizes,
    activation: ACTIVATION_NUMBERS[activation],
    sparse,
    rows: Math.max(batchSize, PREDICTED_ROWS),
    orderLength: PIECE,
    pixelListsBytes: sparse ? kernels.pixelListsBytes(sizes[0]!, batchSize) : 0,
    tiles: { block: Number(kernels.BLOCK.value), columns: Number(kernels.COLUMNS.value) },
    threads,
    patience,
  });
}

/** What goes to the kernels and comes back with every piece of work, one number an image. */
interface SharedArrays {
  order: Uint32Array;
  targetProbability: Float32Array;
  predicted: Uint16Array;
  confidence: Float32Array;
}

/** Writes the plan, the images and the first weights. @returns the arrays that change with every piece of work */
function fillMemory(buffer: ArrayBufferLike, layout: Layout, { dataset, settings, weights }: FastOptions): SharedArrays {
  const { scaledPixels, order, targetProbability, predicted, confidence } = layout.plan;
  writeStructures(buffer, layout);
  writeImages(buffer, layout.train, dataset.train);
  writeImages(buffer, layout.test, dataset.test);
  new Float32Array(buffer, scaledPixels, 256).forEach((_, value, scaled) => (scaled[value] = value / 255));
  (weights ?? firstWeights({ dataset, settings })).forEach((layer, index) => writeLayer(buffer, layout.layers[index]!, layer));
  return {
    order: new Uint32Array(buffer, order, PIECE),
    targetProbability: new Float32Array(buffer, targetProbability, PIECE),
    predicted: new Uint16Array(buffer, predicted, PIECE),
    confidence: new Float32Array(buffer, confidence, PIECE),
  };
}

/** Mean loss and hits of the images at these positions, from–to. */
function scoreBatch(shared: SharedArrays, { labels }: ImageSet, positions: Uint32Array, from: number, to: number): { loss: number; correct: number } {
  let loss = 0;
  let correct = 0;
  for (let n = from; n < to; n++) {
    loss += crossEntropy(shared.targetProbability[n]!);
    if (shared.predicted[n] === labels[positions[n]!]) correct++;
  }
  return { loss: loss / (to - from), correct };
}

function createMemory(bytes: number): WebAssembly.Memory {
  const pages = bytes / 65536;
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch {
    throw new StudioError(
      'engine-failed',
      `The fast engine needs ${Math.ceil(bytes / 2 ** 20)} MB of memory for this dataset and network, and did not get them. ` +
        'Please close other programs, choose a smaller network, or choose the reference engine.',
    );
  }
}

// The engine that runs nn/: one thread, plain JavaScript, the definition of correct.
import { exportLayer, exportState, importLayer } from '../../../../src-shared/networks/layer-layout';
import type { LayerWeights, LayerState } from '../../../../src-shared/networks/layers';
import { augments, augmentTables, distortBatch, type AugmentTables } from '../../data/augment/augment';
import { labelsAt, scaledPixels } from '../../data/batches';
import { argmax, countCorrect } from '../../../../src-shared/nn/accuracy';
import { clipGradients } from '../../../../src-shared/nn/clip';
import { createOptimizer } from '../../../../src-shared/nn/create-optimizer';
import { CrossEntropyLoss, crossEntropy } from '../../../../src-shared/nn/cross-entropy-loss';
import type { Matrix } from '../../../../src-shared/nn/matrix';
import { limitNorms } from '../../../../src-shared/nn/max-norm';
import { MLP, type InitializationOptions } from '../../../../src-shared/nn/mlp';
import { Random } from '../../../../src-shared/nn/rng';
import {
  layerSizes,
  momentumProductOf,
  type Engine,
  type EngineOptions,
  type Hyperparameters,
  type Predictions,
} from '../engine';

export function createReferenceEngine({ dataset, settings, state }: EngineOptions): Engine {
  const { precision, seed, clipNorm, maxNorm, labelSmoothing, gradientDivisions } = settings;
  const model = createModel(dataset, settings);
  const objective = new CrossEntropyLoss({ labelSmoothing });
  const score = new CrossEntropyLoss();
  const optimizer = createOptimizer(settings.optimizer, model.parameters(), settings);
  if (state) {
    model.linears.forEach(({ weight, bias }, layer) => importLayer(state.layers[layer]!, weight.value, bias.value));
    state.moments.forEach((layers, k) => importMoment(layers, optimizer.moments[k]!));
    optimizer.updates = state.updates;
    optimizer.momentumProduct = momentumProductOf(state, settings);
  } else {
    initialize(model, settings);
  }

  let distortions: { epoch: number; tables: AugmentTables } | undefined;

  /** The images of a training batch, distorted if the settings say so. */
  function trainingImages(positions: Uint32Array, epoch: number): Matrix {
    if (!augments(settings)) return scaledPixels(dataset.train, positions, precision);
    const { rows, columns } = dataset.info;
    if (distortions?.epoch !== epoch) distortions = { epoch, tables: augmentTables(settings, rows, columns, epoch) };
    const pixels = distortBatch(dataset.train.pixels, positions, dataset.info, distortions.tables, {
      seed,
      update: optimizer.updates,
    });
    return scaledPixels(
      { ...dataset.train, pixels, count: positions.length },
      positions.map((_, n) => n),
      precision,
    );
  }

  /** Leaves the gradient in the parameters. @returns the probabilities [batch, classes] */
  function backpropagate(
    positions: Uint32Array,
    labels: Uint16Array,
    { dropout, inputDropout, epoch }: Hyperparameters,
  ): Matrix {
    const images = trainingImages(positions, epoch);
    const probabilities = model.forward(images, { seed, update: optimizer.updates, dropout, inputDropout });
    objective.forward(probabilities, labels);
    optimizer.zeroGrad();
    // The seed program divided twice by the batch size; once is the gradient of the mean loss.
    model.backward(objective.backward(positions.length ** gradientDivisions));
    return probabilities;
  }

  function trainBatch(positions: Uint32Array, hyperparameters: Hyperparameters): { loss: number; correct: number } {
    const labels = labelsAt(dataset.train, positions);
    const probabilities = backpropagate(positions, labels, hyperparameters);
    if (clipNorm > 0) clipGradients(model.parameters(), clipNorm);
    optimizer.step();
    if (maxNorm > 0) model.hiddenLinears.forEach((linear) => limitNorms(linear, maxNorm));
    return { loss: score.forward(probabilities, labels), correct: countCorrect(probabilities, labels) };
  }

  return {
    details: {
      name: 'reference',
      label: 'Reference engine',
      threads: 1,
      precision,
      firstLayer: 'sparse',
      simd: 'none',
    },

    *train(order, hyperparameters) {
      const { batchSize, learningRates, momentum } = hyperparameters;
      optimizer.momentum = momentum;
      for (let b = 0; b < order.length / batchSize; b++) {
        optimizer.learningRate = learningRates[b]!;
        const { loss, correct } = trainBatch(order.subarray(b * batchSize, (b + 1) * batchSize), hyperparameters);
        yield { kind: 'batches', losses: Float64Array.of(loss), correct: Uint32Array.of(correct) };
      }
    },

    fits: () => true,

    predict(set, positions): Predictions {
      const probabilities = model.forward(scaledPixels(dataset[set], positions, precision));
      const predictions: Predictions = {
        predicted: new Uint16Array(positions.length),
        confidence: new Float32Array(positions.length),
        loss: new Float64Array(positions.length),
        probabilities: Float32Array.from(probabilities.data),
      };
      for (let n = 0; n < positions.length; n++) {
        const p = probabilities.row(n);
        const predicted = argmax(p);
        predictions.predicted[n] = predicted;
        predictions.confidence[n] = p[predicted]!;
        predictions.loss[n] = crossEntropy(p[dataset[set].labels[positions[n]!]!]!);
      }
      return predictions;
    },

    outputs(set, positions, layer) {
      model.forward(scaledPixels(dataset[set], positions, precision));
      return Float32Array.from(model.outputs[layer]!.data);
    },

    gradients(positions, hyperparameters) {
      backpropagate(positions, labelsAt(dataset.train, positions), hyperparameters);
      return model.linears.map(({ weight, bias }) => exportLayer(weight.gradient, bias.gradient));
    },

    readWeights: () => exportLayers(model),

    writeWeights: (layers) =>
      model.linears.forEach(({ weight, bias }, layer) => importLayer(layers[layer]!, weight.value, bias.value)),

    readState: () => ({
      layers: model.linears.map(({ weight, bias }) => exportState(weight.value, bias.value)),
      moments: optimizer.moments.map(exportMoment),
      updates: optimizer.updates,
      momentumProduct: optimizer.momentumProduct,
    }),

    readFirstLayer: () => exportLayers(model, 1)[0]!,

    yieldToPage: () => undefined, // one thread

    dispose: () => undefined,
  };
}

/** The random weights of a seed, with which every engine begins. */
export function firstWeights({ dataset, settings }: EngineOptions): LayerWeights[] {
  const model = createModel(dataset, settings);
  initialize(model, settings);
  return exportLayers(model);
}

function createModel(dataset: EngineOptions['dataset'], settings: EngineOptions['settings']): MLP {
  const { activation, leakySlope, precision } = settings;
  return new MLP({ sizes: layerSizes(dataset, settings), activation, leakySlope, precision });
}

/** The seed program initialized every layer by its inputs, whatever the output fan is set to. */
function initialize(model: MLP, { seed, initialisation, outputFan }: EngineOptions['settings']): void {
  const options: InitializationOptions =
    initialisation === 'seed' ? { method: 'he' } : { method: initialisation, outputFan };
  model.initialize(new Random(seed, 'weights'), options);
}

function exportLayers({ linears }: MLP, count = linears.length): LayerWeights[] {
  return linears.slice(0, count).map(({ weight, bias }) => exportLayer(weight.value, bias.value));
}

/** A state of the optimizer is a list of parameters: weight and bias of the first layer, then of the second … */
function exportMoment(moment: Matrix[]): LayerState[] {
  return Array.from({ length: moment.length / 2 }, (_, layer) =>
    exportState(moment[2 * layer]!, moment[2 * layer + 1]!),
  );
}

function importMoment(layers: LayerState[], moment: Matrix[]): void {
  layers.forEach((from, layer) => importLayer(from, moment[2 * layer]!, moment[2 * layer + 1]!));
}

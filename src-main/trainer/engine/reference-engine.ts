// The engine that nn/ makes: one thread, plain JavaScript, the definition of correct.
import type { LayerWeights } from '../../../src-shared/contract';
import { labelsAt, scaledPixels } from '../data/batches';
import { argmax, countCorrect } from '../nn/accuracy';
import { CrossEntropyLoss, crossEntropy } from '../nn/cross-entropy-loss';
import type { Linear } from '../nn/linear';
import { MLP } from '../nn/mlp';
import { SGD } from '../nn/sgd';
import { Random } from '../rng';
import { layerSizes, type BatchScores, type Engine, type EngineOptions, type Predictions } from './engine';

export function createReferenceEngine({ dataset, settings, weights }: EngineOptions): Engine {
  const { activation, precision, batchSize, seed, outputFan, learningRate, gradientDivisions } = settings;
  const model = new MLP({ sizes: layerSizes(dataset, settings), activation, precision });
  if (weights) model.linears.forEach((linear, index) => importLayer(linear, weights[index]!));
  else model.heInitialise(new Random(seed, 'weights'), outputFan);
  const crossEntropyLoss = new CrossEntropyLoss(gradientDivisions);
  const optimizer = new SGD(model, learningRate);

  function trainBatch(positions: Uint32Array): { loss: number; correct: number } {
    const labels = labelsAt(dataset.train, positions);
    const probabilities = model.forward(scaledPixels(dataset.train, positions, precision));
    const loss = crossEntropyLoss.forward(probabilities, labels);
    optimizer.zeroGrad();
    model.backward(crossEntropyLoss.backward());
    optimizer.step();
    return { loss, correct: countCorrect(probabilities, labels) };
  }

  return {
    details: { name: 'reference', label: 'Reference engine', threads: 1, precision, firstLayer: 'sparse', simd: 'none' },

    // eslint-disable-next-line require-yield -- a batch is its smallest step
    *train(order) {
      const batches = order.length / batchSize;
      const scores: BatchScores = { losses: new Float64Array(batches), correct: new Uint32Array(batches) };
      for (let b = 0; b < batches; b++) {
        const { loss, correct } = trainBatch(order.subarray(b * batchSize, (b + 1) * batchSize));
        scores.losses[b] = loss;
        scores.correct[b] = correct;
      }
      return scores;
    },

    predictTest(from, to): Predictions {
      const positions = Uint32Array.from({ length: to - from }, (_, k) => from + k);
      const probabilities = model.forward(scaledPixels(dataset.test, positions, precision));
      const predictions: Predictions = {
        predicted: new Uint16Array(positions.length),
        confidence: new Float32Array(positions.length),
        loss: new Float64Array(positions.length),
      };
      for (let n = 0; n < positions.length; n++) {
        const p = probabilities.row(n);
        const predicted = argmax(p);
        predictions.predicted[n] = predicted;
        predictions.confidence[n] = p[predicted]!;
        predictions.loss[n] = crossEntropy(p[dataset.test.labels[from + n]!]!);
      }
      return predictions;
    },

    readWeights: () => model.linears.map(exportLayer),

    readFirstLayer: () => exportLayer(model.linears[0]!),

    dispose: () => undefined,
  };
}

/** The random weights that a seed stands for, as every engine begins with them. */
export function firstWeights({ dataset, settings }: EngineOptions): LayerWeights[] {
  const model = new MLP({ sizes: layerSizes(dataset, settings), activation: settings.activation, precision: settings.precision });
  model.heInitialise(new Random(settings.seed, 'weights'), settings.outputFan);
  return model.linears.map(exportLayer);
}

function importLayer({ inputs, outputs, weight, bias }: Linear, from: LayerWeights): void {
  for (let i = 0; i < inputs; i++) {
    for (let j = 0; j < outputs; j++) weight.value.data[i * outputs + j] = from.weight[j * inputs + i]!;
  }
  bias.value.data.set(from.bias);
}

/** [in, out] as nn/ keeps it becomes [out, in] as PyTorch does. */
function exportLayer({ inputs, outputs, weight, bias }: Linear): LayerWeights {
  const transposed = new Float32Array(inputs * outputs);
  for (let i = 0; i < inputs; i++) {
    for (let j = 0; j < outputs; j++) transposed[j * inputs + i] = weight.value.data[i * outputs + j]!;
  }
  return { weight: transposed, bias: Float32Array.from(bias.value.data), inputs, outputs };
}

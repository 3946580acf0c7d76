// Predicts with the kernels, and reads from shared memory what they have computed.
import { crossEntropy } from '../../../../src-shared/nn/cross-entropy-loss';
import type { BatchScores, Predictions } from '../engine';
import type { Task } from './kernels/numbers';
import type { Plan } from './memory-layout';
import { CHUNK, type SharedMemory } from './shared-memory';

/** Lets the kernels do one task. The other fields of the plan keep their initial values. */
export type RunTask = (task: keyof typeof Task, work: Partial<Plan>) => void;

export function predict(
  { arrays, predictedRows, layout }: SharedMemory,
  run: RunTask,
  set: 'train' | 'test',
  positions: Uint32Array,
): Predictions {
  const count = positions.length;
  const classes = layout.layers.at(-1)!.units;
  const predictions: Predictions = {
    predicted: new Uint16Array(count),
    confidence: new Float32Array(count),
    loss: new Float64Array(count),
    probabilities: new Float32Array(count * classes),
  };
  for (let done = 0; done < count;) {
    const rows = Math.min(predictedRows, count - done);
    const batches = Math.min(Math.floor((count - done) / rows), Math.floor(CHUNK / rows));
    const length = batches * rows;
    arrays.indices.set(positions.subarray(done, done + length));
    run('predict', { batches, rows, images: set === 'train' ? layout.trainAt : layout.testAt });
    predictions.predicted.set(arrays.predicted.subarray(0, length), done);
    predictions.confidence.set(arrays.confidence.subarray(0, length), done);
    predictions.probabilities.set(arrays.probabilities.subarray(0, length * classes), done * classes);
    for (let k = 0; k < length; k++) predictions.loss[done + k] = crossEntropy(arrays.targetProbability[k]!);
    done += length;
  }
  return predictions;
}

/** @returns [images, units] */
export function outputsOf(
  { arrays, memory, predictedRows, layout }: SharedMemory,
  run: RunTask,
  set: 'train' | 'test',
  positions: Uint32Array,
  layer: number,
): Float32Array {
  const { units, output, stride } = layout.layers[layer]!;
  const outputs = new Float32Array(positions.length * units);
  for (let done = 0; done < positions.length; done += predictedRows) {
    const rows = Math.min(predictedRows, positions.length - done);
    arrays.indices.set(positions.subarray(done, done + rows));
    run('predict', { batches: 1, rows, images: set === 'train' ? layout.trainAt : layout.testAt });
    for (let n = 0; n < rows; n++)
      outputs.set(new Float32Array(memory.buffer, output + n * stride, units), (done + n) * units);
  }
  return outputs;
}

/** The scores of the whole batches that have just been trained. @param labels of the training set */
export function trainingScores(
  { arrays: { targetProbability, predicted } }: SharedMemory,
  labels: Uint16Array,
  positions: Uint32Array,
  batchSize: number,
): BatchScores {
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

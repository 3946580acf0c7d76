// Which test images the network misclassifies, worst first. Pure.
import type { TestPredictions } from '../../src-shared/runs/predictions';
import { crossEntropy } from '../../src-shared/nn/cross-entropy-loss';

/** Misclassified test images, worst loss first. The four arrays are parallel. */
export interface Mistakes {
  /** Position in the test set, from 0. */
  index: Uint32Array;
  predicted: Uint16Array;
  /** Probability of the predicted class, 0 to 1. */
  confidence: Float32Array;
  loss: Float32Array;
}

/** The misclassified images: worst loss first, images of equal loss in the order of the test set. */
export function findMistakes({ predicted, confidence, probabilities }: TestPredictions, labels: Uint16Array): Mistakes {
  const classes = probabilities.length / labels.length;
  const lossOf = (i: number): number => crossEntropy(probabilities[i * classes + labels[i]!]!);
  const wrong: { i: number; loss: number }[] = [];
  for (let i = 0; i < labels.length; i++) if (predicted[i] !== labels[i]) wrong.push({ i, loss: lossOf(i) });
  wrong.sort((a, b) => b.loss - a.loss || a.i - b.i);
  return {
    index: Uint32Array.from(wrong, ({ i }) => i),
    predicted: Uint16Array.from(wrong, ({ i }) => predicted[i]!),
    confidence: Float32Array.from(wrong, ({ i }) => confidence[i]!),
    loss: Float32Array.from(wrong, ({ loss }) => loss),
  };
}

// How the prediction of one image changed over the epochs. Pure.
import type { PastPredictions } from '../client/training';

export interface HistoryStep {
  epoch: number;
  predicted: number;
  /** 0 to 1 */
  confidence: number;
}

/** @param image position in the test set, from 0 */
export function historyOf(history: readonly PastPredictions[], image: number): HistoryStep[] {
  return history.map(({ epoch, predicted, confidence }) => ({
    epoch,
    predicted: predicted[image]!,
    confidence: confidence[image]! / 255,
  }));
}

/** Such as "4 until epoch 2, 9 until epoch 12". */
export function historyInWords(steps: readonly HistoryStep[], classNames: readonly string[]): string {
  const ends = steps.filter(({ predicted }, k) => steps[k + 1]?.predicted !== predicted);
  return ends.map(({ predicted, epoch }) => `${classNames[predicted]} until epoch ${epoch}`).join(', ');
}

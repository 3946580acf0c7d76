// How the reading of one image changed over the epochs. Pure.
import type { EpochResult, TestPredictions } from '../../src-shared/contract';

export interface HistoryStep {
  epoch: number;
  predicted: number;
  /** 0 to 1 */
  confidence: number;
}

/** @param history of the epochs in results, in their order */
export function historyOf(history: readonly TestPredictions[], results: readonly Pick<EpochResult, 'epoch'>[], image: number): HistoryStep[] {
  return history.map(({ predicted, confidence }, k) => ({ epoch: results[k]!.epoch, predicted: predicted[image]!, confidence: confidence[image]! }));
}

/** Such as "4 until epoch 2, 9 until epoch 12". */
export function historyInWords(steps: readonly HistoryStep[], classNames: readonly string[]): string {
  const ends = steps.filter(({ predicted }, k) => steps[k + 1]?.predicted !== predicted);
  return ends.map(({ predicted, epoch }) => `${classNames[predicted]} until epoch ${epoch}`).join(', ');
}

import { expect, it } from 'vitest';
import { historyInWords, historyOf } from '../../../../src-renderer/mistakes/prediction-history';

it('the history of an image says when its prediction changed', () => {
  const epoch = (number: number, predicted: number) => ({
    epoch: number,
    predicted: Uint16Array.of(0, predicted),
    confidence: Uint8Array.of(255, 51),
  });
  const steps = historyOf([epoch(1, 4), epoch(2, 4), epoch(3, 9)], 1);
  expect(steps).toEqual([
    { epoch: 1, predicted: 4, confidence: 0.2 },
    { epoch: 2, predicted: 4, confidence: 0.2 },
    { epoch: 3, predicted: 9, confidence: 0.2 },
  ]);
  expect(historyInWords(steps, ['0', '1', '2', '3', 'four', '5', '6', '7', '8', 'nine'])).toBe(
    'four until epoch 2, nine until epoch 3',
  );
});

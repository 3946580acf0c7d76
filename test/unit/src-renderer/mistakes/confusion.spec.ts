// The confusion matrix agrees with NumPy, for the predictions of two fixed networks.
import { beforeAll, describe, expect, it } from 'vitest';
import {
  confusedPairs,
  confusionOf,
  labelled,
  precision,
  predictedAs,
  recall,
} from '../../../../src-renderer/mistakes/confusion';
import { goldenImages, goldenNetworks } from '../../../fixtures/golden-predictions';

let labels: Uint16Array;
beforeAll(async () => void ({ labels } = await goldenImages()));

describe.each(goldenNetworks)('the confusion matrix of $sizes, $name', (golden) => {
  const confusion = () => confusionOf(golden.predicted, labels, 10);

  it('has the counts, precision and recall of NumPy', () => {
    const orNull = (share: number) => (Number.isNaN(share) ? null : share);
    expect([...confusion().counts]).toEqual(golden.confusion);
    expect(golden.recall.map((_, k) => orNull(recall(confusion(), k)))).toEqual(golden.recall);
    expect(golden.precision.map((_, k) => orNull(precision(confusion(), k)))).toEqual(golden.precision);
  });

  it('counts the images of a label and of a prediction', () => {
    expect(labelled(confusion(), 3)).toBe([...labels].filter((label) => label === 3).length);
    expect(predictedAs(confusion(), 3)).toBe(golden.predicted.filter((predicted) => predicted === 3).length);
  });

  it('lists every confused pair, the most frequent first', () => {
    const pairs = confusedPairs(confusion());
    expect(pairs.map(({ count }) => count)).toEqual(pairs.map(({ count }) => count).sort((a, b) => b - a));
    expect(pairs.reduce((sum, { count }) => sum + count, 0)).toBe(
      golden.predicted.filter((predicted, image) => predicted !== labels[image]).length,
    );
  });
});

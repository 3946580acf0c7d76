// Losses agree with NumPy, and the gallery selects and sorts the predictions of two fixed networks.
import type { TestPredictions } from '../../../../src-shared/runs/predictions';
import { beforeAll, describe, expect, it } from 'vitest';
import { filterInWords, galleryImages, lossOf, marginOf } from '../../../../src-renderer/mistakes/gallery';
import { gallerySource, goldenImages, goldenNetworks } from '../../../fixtures/golden-predictions';

let labels: Uint16Array;
beforeAll(async () => void ({ labels } = await goldenImages()));

describe.each(goldenNetworks)('the gallery of $sizes, $name', (golden) => {
  const source = () => gallerySource(golden, labels);
  const ascending = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);

  it('has the losses of NumPy', () => {
    golden.losses.forEach((loss, image) => expect(lossOf(source(), image)).toBeCloseTo(loss, 5));
  });

  it('shows all mistakes, the worst loss first', () => {
    const mistakes = [...galleryImages(source(), { kind: 'mistakes' }, 'loss')];
    expect(mistakes.length).toBe(golden.predicted.filter((predicted, image) => predicted !== labels[image]).length);
    const losses = mistakes.map((image) => golden.losses[image]!);
    expect(losses).toEqual(ascending(losses).reverse());
  });

  it('shows a cell of the confusion matrix, the closest call first', () => {
    const predicted = golden.predicted[0];
    const cell = [...galleryImages(source(), { kind: 'cell', label: 7, predicted }, 'margin')];
    expect(cell).toContain(0);
    expect(cell.every((image) => labels[image] === 7 && golden.predicted[image] === predicted)).toBe(true);
    const margins = cell.map((image) => marginOf(source(), image));
    expect(margins).toEqual(ascending(margins));
  });

  it('shows a row of the confusion matrix, and the suspects', () => {
    expect(galleryImages(source(), { kind: 'cell', label: 7, predicted: undefined }, 'class').length).toBe(
      [...labels].filter((label) => label === 7).length,
    );
    expect(galleryImages(source(), { kind: 'suspects' }, 'confidence').length).toBe(golden.suspects.length);
  });

  it('shows only what was chosen on the map', () => {
    const chosen = galleryImages(source(), { kind: 'mistakes' }, 'loss').slice(0, 2);
    expect(galleryImages({ ...source(), chosen }, { kind: 'mistakes' }, 'loss')).toEqual(chosen);
  });
});

it('a margin is the first probability minus the second', () => {
  const predictions: TestPredictions = {
    predicted: Uint16Array.of(1),
    confidence: Float32Array.of(0.625),
    probabilities: Float32Array.of(0.125, 0.625, 0.25),
  };
  expect(
    marginOf({ predictions, labels: Uint16Array.of(0), classes: 3, suspects: new Uint32Array(), chosen: undefined }, 0),
  ).toBe(0.375);
});

it('a filter is described in words', () => {
  const names = ['cat', 'dog'];
  expect(filterInWords({ kind: 'mistakes' }, names)).toBe('misclassified');
  expect(filterInWords({ kind: 'cell', label: 1, predicted: 0 }, names)).toBe('labelled dog, predicted cat');
  expect(filterInWords({ kind: 'cell', label: undefined, predicted: 0 }, names)).toBe('predicted cat');
  expect(filterInWords({ kind: 'cell', label: 1, predicted: undefined }, names)).toBe('labelled dog');
});

// What the views say of a network agrees with PyTorch and NumPy, on two fixed networks and real images.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LayerWeights } from '../../../../src-shared/networks/layers';
import type { TestPredictions } from '../../../../src-shared/runs/predictions';
import type { Activation } from '../../../../src-shared/settings/settings';
import {
  confusedPairs,
  confusionOf,
  labelled,
  precision,
  readAs,
  recall,
} from '../../../../src-renderer/mistakes/confusion';
import { attribution, forward, toInput } from '../../../../src-renderer/network/forward';
import { couldBeLabelErrors } from '../../../../src-renderer/mistakes/label-errors';
import { galleryImages, lossOf, marginOf, type GallerySource } from '../../../../src-renderer/mistakes/gallery';
import { historyInWords, historyOf } from '../../../../src-renderer/mistakes/prediction-history';
import { loadMnist } from '../../../fixtures/mnist';

interface Golden {
  name: Activation;
  sizes: number[];
  losses: number[];
  probabilities: number[][];
  predicted: number[];
  confusion: number[];
  recall: (number | null)[];
  precision: (number | null)[];
  attributions: { image: number; label: number; sum: number; pixels: number[]; values: number[] }[];
  suspects: number[];
}
const { count, networks } = JSON.parse(
  readFileSync(new URL('../../../fixtures/golden/reading.json', import.meta.url), 'utf8'),
) as { count: number; networks: Golden[] };

/** The weights that the maker of the golden numbers has made. */
const wave = (length: number, step: number, scale: number) =>
  Float32Array.from({ length }, (_, k) => Math.sin(k * step) * scale);
function layersOf({ sizes }: Golden): LayerWeights[] {
  return sizes.slice(1).map((outputs, k) => {
    const inputs = sizes[k]!;
    return {
      inputs,
      outputs,
      weight: wave(inputs * outputs, 12.9898 + k, 2.5 / Math.sqrt(inputs)),
      bias: wave(outputs, 7.13 + k, 0.1),
    };
  });
}

const activationOf = ({ name }: Golden) => ({ activation: name, leakySlope: 0.01 });

let images: Uint8Array;
let labels: Uint16Array;
beforeAll(async () => {
  const { test } = await loadMnist();
  images = test.pixels.subarray(0, 784 * count);
  labels = test.labels.slice(0, count);
});
const imageAt = (image: number) => toInput(images.subarray(image * 784, (image + 1) * 784));

describe.each(networks)('a network of $sizes, $name', (golden) => {
  const predictions = (): TestPredictions => ({
    predicted: Uint16Array.from(golden.predicted),
    confidence: Float32Array.from(golden.probabilities, (p) => Math.max(...p)),
    probabilities: Float32Array.from(golden.probabilities.flat()),
  });
  const source = (): GallerySource => ({
    predictions: predictions(),
    labels,
    classes: 10,
    suspects: Uint32Array.from(golden.suspects),
    chosen: undefined,
  });

  it('has the probabilities of PyTorch', () => {
    const layers = layersOf(golden);
    let worst = 0;
    for (let image = 0; image < count; image++) {
      const { a } = forward(layers, activationOf(golden), imageAt(image));
      golden.probabilities[image]!.forEach((p, k) => (worst = Math.max(worst, Math.abs(p - a.at(-1)![k]!))));
    }
    expect(worst).toBeLessThan(1e-9);
  });

  it('has the attributions of PyTorch’s autograd', () => {
    const layers = layersOf(golden);
    for (const { image, label, sum, pixels, values } of golden.attributions) {
      const found = attribution(layers, activationOf(golden), imageAt(image), label);
      expect(found.reduce((total, value) => total + value, 0)).toBeCloseTo(sum, 9);
      pixels.forEach((pixel, k) => expect(found[pixel]).toBeCloseTo(values[k]!, 10));
    }
  });

  it('has the confusion matrix, precision and recall of NumPy', () => {
    const confusion = confusionOf(golden.predicted, labels, 10);
    expect([...confusion.counts]).toEqual(golden.confusion);
    const orNull = (share: number) => (Number.isNaN(share) ? null : share);
    expect(golden.recall.map((_, k) => orNull(recall(confusion, k)))).toEqual(golden.recall);
    expect(golden.precision.map((_, k) => orNull(precision(confusion, k)))).toEqual(golden.precision);
    expect(confusedPairs(confusion).every(({ count: more }, k, all) => k === 0 || all[k - 1]!.count >= more)).toBe(
      true,
    );
    expect(confusedPairs(confusion).reduce((sum, pair) => sum + pair.count, 0)).toBe(
      golden.predicted.filter((p, i) => p !== labels[i]).length,
    );
    expect(labelled(confusion, 3) + readAs(confusion, 3)).toBe(
      [...labels].filter((l) => l === 3).length + golden.predicted.filter((p) => p === 3).length,
    );
  });

  it('has the losses of NumPy', () => {
    golden.losses.forEach((loss, image) => expect(lossOf(source(), image)).toBeCloseTo(loss, 5));
  });

  it('suspects the labels that confident learning in NumPy does, in its order', () => {
    expect([...couldBeLabelErrors(predictions().probabilities, labels, 10)]).toEqual(golden.suspects);
    expect(golden.suspects.length).toBeGreaterThan(3);
  });

  it('shows a cell, a row, a column, the suspects or what was chosen, sorted as asked', () => {
    const all = source();
    const misread = [...galleryImages(all, { kind: 'mistakes' }, 'loss')];
    expect(misread.length).toBe(golden.predicted.filter((p, i) => p !== labels[i]).length);
    expect(misread.map((image) => golden.losses[image]!)).toEqual(
      misread.map((image) => golden.losses[image]!).sort((a, b) => b - a),
    );
    const cell = galleryImages(all, { kind: 'cell', label: 7, predicted: golden.predicted[0] }, 'margin');
    expect([...cell].every((image) => labels[image] === 7 && golden.predicted[image] === golden.predicted[0])).toBe(
      true,
    );
    expect([...cell]).toContain(0);
    expect(Array.from(cell, (image) => marginOf(all, image))).toEqual(
      Array.from(cell, (image) => marginOf(all, image)).sort((a, b) => a - b),
    );
    expect(galleryImages(all, { kind: 'cell', label: 7, predicted: undefined }, 'class').length).toBe(
      [...labels].filter((label) => label === 7).length,
    );
    expect(galleryImages(all, { kind: 'suspects' }, 'confidence').length).toBe(golden.suspects.length);
    const chosen = Uint32Array.of(misread[0]!, misread[1]!);
    expect(galleryImages({ ...all, chosen }, { kind: 'mistakes' }, 'loss')).toEqual(chosen);
  });
});

it('a margin is the first probability less the second', () => {
  const predictions: TestPredictions = {
    predicted: Uint16Array.of(1),
    confidence: Float32Array.of(0.625),
    probabilities: Float32Array.of(0.125, 0.625, 0.25),
  };
  expect(
    marginOf({ predictions, labels: Uint16Array.of(0), classes: 3, suspects: new Uint32Array(), chosen: undefined }, 0),
  ).toBe(0.375);
});

it('a class without images has no threshold, and nobody is suspected of being one', () => {
  expect([...couldBeLabelErrors(Float32Array.of(0.1, 0.9, 0.2, 0.8), Uint16Array.of(0, 0), 2)]).toEqual([]);
});

it('the history of an image tells when its reading changed', () => {
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

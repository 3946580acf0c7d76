// Predictions and attributions agree with PyTorch, for two fixed networks and real images.
import { beforeAll, describe, expect, it } from 'vitest';
import { attribution, createModel, evidenceOf, forward } from '../../../../src-renderer/network/forward';
import { goldenActivation, goldenImages, goldenLayers, goldenNetworks } from '../../../fixtures/golden-predictions';

let inputs: Float64Array[];
beforeAll(async () => void ({ inputs } = await goldenImages()));

describe.each(goldenNetworks)('a network of $sizes, $name', (golden) => {
  const model = createModel(goldenLayers(golden), goldenActivation(golden));

  it('has the probabilities of PyTorch', () => {
    let worst = 0;
    inputs.forEach((input, image) => {
      const probabilities = forward(model, input).at(-1)!;
      golden.probabilities[image]!.forEach((p, k) => (worst = Math.max(worst, Math.abs(p - probabilities[k]!))));
    });
    expect(worst).toBeLessThan(1e-9);
  });

  it('has the attributions of PyTorch’s autograd', () => {
    for (const { image, label, sum, pixels, values } of golden.attributions) {
      const found = attribution(model, inputs[image]!, label);
      expect(found.reduce((total, value) => total + value, 0)).toBeCloseTo(sum, 9);
      pixels.forEach((pixel, k) => expect(found[pixel]).toBeCloseTo(values[k]!, 10));
    }
  });
});

it('a network without hidden layers has the weights of a class times the pixels as its attribution', () => {
  const layer = { inputs: 2, outputs: 2, weight: Float32Array.of(1, 2, -3, 4), bias: new Float32Array(2) };
  const model = createModel([layer], { activation: 'relu', leakySlope: 0.01 });
  expect([...attribution(model, Float64Array.of(0.5, 1), 1)]).toEqual([-1.5, 4]);
});

it('evidence for a class and against it are summed apart', () => {
  expect(evidenceOf([1.5, -0.25, 0, 2, -1])).toEqual({ inFavour: 3.5, against: 1.25 });
  expect(evidenceOf([])).toEqual({ inFavour: 0, against: 0 });
});

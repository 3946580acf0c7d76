// Initial weights, and what bounds weights and gradients: max-norm, clipping and weight decay, in numbers that can be
// checked by hand.
import { describe, expect, it } from 'vitest';
import { clipGradients } from '../../../../src-shared/nn/clip';
import { createOptimizer } from '../../../../src-shared/nn/create-optimizer';
import { Linear } from '../../../../src-shared/nn/linear';
import { limitNorms } from '../../../../src-shared/nn/max-norm';
import { MLP, type InitializationOptions } from '../../../../src-shared/nn/mlp';
import { Random } from '../../../../src-shared/nn/rng';
import type { OptimizerName } from '../../../../src-shared/settings/settings';
import { CHOICE_FIELDS } from '../../../../src-shared/settings/settings-fields';

function initialWeights(options: InitializationOptions, sizes: number[]): number[][] {
  const model = new MLP({ sizes, activation: 'relu', precision: 'float64' });
  model.initialize(new Random(1, 'weights'), options);
  return model.linears.map(({ weight }) => Array.from(weight.value.data));
}

const variance = (values: number[]) => values.reduce((sum, value) => sum + value * value, 0) / values.length;

describe('initial weights', () => {
  const sizes = [50, 400, 20];

  it.each([
    ['he', 'in', [2 / 50, 2 / 400]],
    ['he', 'out', [2 / 50, 2 / 20]],
    ['xavier', 'in', [2 / 450, 2 / 420]],
    ['xavier', 'out', [2 / 450, 2 / 420]],
  ] as const)('by %s, in the last layer by its fan %s, have these variances: %j', (method, outputFan, expected) => {
    initialWeights({ method, outputFan }, sizes).forEach((weights, layer) => {
      const sigma = Math.sqrt(2 / weights.length); // of a normal variance of 1; a uniform one's is smaller
      expect(Math.abs(variance(weights) / expected[layer]! - 1)).toBeLessThan(4 * sigma);
    });
  });

  it('by Xavier reach almost to √(6 / (in + out)) on both sides, and never beyond', () => {
    initialWeights({ method: 'xavier' }, sizes).forEach((weights, layer) => {
      const limit = Math.sqrt(6 / (sizes[layer]! + sizes[layer + 1]!));
      const largest = weights.reduce((most, value) => Math.max(most, value));
      const smallest = weights.reduce((least, value) => Math.min(least, value));
      expect(largest / limit).toBeGreaterThan(0.999);
      expect(largest / limit).toBeLessThanOrEqual(1);
      expect(smallest / limit).toBeLessThan(-0.999);
      expect(smallest / limit).toBeGreaterThanOrEqual(-1);
    });
  });

  it('by He are the gaussians of the seed’s stream, one after another', () => {
    const random = new Random(1, 'weights');
    const expected = [6, 8].map((length, layer) =>
      Array.from({ length }, () => Math.sqrt(2 / [3, 2][layer]!) * random.gaussian()),
    );
    expect(initialWeights({ method: 'he' }, [3, 2, 4])).toEqual(expected);
  });
});

describe('max-norm', () => {
  it('shortens only the units whose incoming weights are too long, to the limit and in their direction', () => {
    const linear = new Linear(2, 3, 'float64');
    // columns (3, 4), (0.3, 0.4), (−6, 8), of lengths 5, 0.5 and 10
    linear.weight.value.data.set([3, 0.3, -6, 4, 0.4, 8]);
    linear.bias.value.data.set([100, 100, 100]);
    limitNorms(linear, 5);
    const expected = [3, 0.3, -3, 4, 0.4, 4];
    linear.weight.value.data.forEach((w, i) => expect(w).toBeCloseTo(expected[i]!, 14));
    expect([...linear.bias.value.data]).toEqual([100, 100, 100]);
  });
});

describe('gradient clipping', () => {
  function clipped(gradients: [number, number], clipNorm: number): number[] {
    const linear = new Linear(1, 1, 'float64');
    linear.weight.gradient.data[0] = gradients[0];
    linear.bias.gradient.data[0] = gradients[1];
    clipGradients(linear.parameters(), clipNorm);
    return [linear.weight.gradient.data[0]!, linear.bias.gradient.data[0]!];
  }

  it('shortens the gradient of weights and biases together, as one vector', () => {
    expect(clipped([3, 4], 1)[0]).toBeCloseTo(3 / (5 + 1e-6), 14);
    expect(clipped([3, 4], 1)[1]).toBeCloseTo(4 / (5 + 1e-6), 14);
  });

  it('leaves a shorter one as it is', () => {
    expect(clipped([3, 4], 6)).toEqual([3, 4]);
  });
});

describe.each(Object.keys(CHOICE_FIELDS.optimizer.options) as OptimizerName[])('weight decay (%s)', (name) => {
  it('pulls weights towards zero if the gradient is zero, and leaves biases alone', () => {
    const linear = new Linear(2, 1, 'float64');
    linear.weight.value.data.set([2, -2]);
    linear.bias.value.data[0] = 2;
    createOptimizer(name, linear.parameters(), { learningRate: 0.01, weightDecay: 0.1 }).step();
    const [positive, negative] = linear.weight.value.data;
    expect(positive).toBeLessThan(2);
    expect(positive).toBeGreaterThan(0);
    expect(negative).toBe(-positive!);
    expect(linear.bias.value.data[0]).toBe(2);
  });

  it('does nothing at 0', () => {
    const linear = new Linear(1, 1, 'float64');
    linear.weight.value.data[0] = 2;
    createOptimizer(name, linear.parameters(), { learningRate: 0.1, weightDecay: 0 }).step();
    expect(linear.weight.value.data[0]).toBe(2);
  });
});

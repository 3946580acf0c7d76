import { expect, it } from 'vitest';
import { Adam } from '../../../../src-shared/nn/adam';
import { Linear } from '../../../../src-shared/nn/linear';

/** The steps of one weight. With a learning rate of 1 and no memory of squares, each is m̂ / |g|. */
function steps(momenta: number[], gradients: number[]): number[] {
  const linear = new Linear(1, 1, 'float64');
  const adam = new Adam(linear.parameters(), { learningRate: 1, squareDecay: 0 });
  return gradients.map((gradient, t) => {
    const before = linear.weight.value.data[0]!;
    linear.weight.gradient.data[0] = gradient;
    adam.momentum = momenta[t]!;
    adam.step();
    return before - linear.weight.value.data[0]!;
  });
}

it('Adam takes equal steps while gradients are equal, even if the momentum changes', () => {
  for (const step of steps([0.9, 0.5, 0, 0.999, 0.99], [2, 2, 2, 2, 2])) expect(step).toBeCloseTo(1, 7);
});

// By hand: m = 0.1, 1.05, 0.64; products of the momenta 0.9, 0.45, 0.36; m̂ = 0.1 / 0.1, 1.05 / 0.55, 0.64 / 0.64; |g|
// = 1, 2, 1.
it('Adam corrects its mean by the product of the momenta used so far', () => {
  const [first, second, third] = steps([0.9, 0.5, 0.8], [1, 2, -1]);
  expect(first).toBeCloseTo(1, 7);
  expect(second).toBeCloseTo(1.05 / 0.55 / 2, 7);
  expect(third).toBeCloseTo(1, 7);
});

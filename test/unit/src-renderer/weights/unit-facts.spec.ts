import { describe, expect, it } from 'vitest';
import {
  classActivations,
  formatActivation,
  healthOf,
  incoming,
  outgoing,
} from '../../../../src-renderer/weights/unit-facts';
import { unitStatistics } from '../../../../src-renderer/weights/units';

describe('the weights of a unit', () => {
  // Two units with three inputs.
  const layer = { weight: Float32Array.of(1, -2, 3, 4, 5, 6), bias: Float32Array.of(0.5, -0.5), inputs: 3, outputs: 2 };

  it('are its row of one layer and its column of the next', () => {
    expect(incoming(layer, 1).map(({ value }) => value)).toEqual([4, 5, 6]);
    expect(outgoing(layer, 1, ['cat', 'dog'])).toEqual([
      { name: 'cat', value: -2 },
      { name: 'dog', value: 5 },
    ]);
    expect(outgoing(layer, 0, undefined)[1]).toEqual({ name: 'Unit 2', value: 4 });
  });

  it('are the ten strongest if there are more', () => {
    const weight = Float32Array.from({ length: 12 }, (_, k) => (k % 2 ? k : -k));
    expect(
      incoming({ weight, bias: new Float32Array(1), inputs: 12, outputs: 1 }, 0).map(({ value }) => value),
    ).toEqual([11, -10, 9, -8, 7, -6, 5, -4, 3, -2]);
  });
});

describe('the facts about a unit', () => {
  const statistics = unitStatistics(
    { units: 2, values: Float32Array.of(0, 2, 0, 4, 0, 9) },
    Uint16Array.of(0, 0, 1),
    2,
    'relu',
  );

  it('are its mean activation on each class', () => {
    expect(classActivations(statistics, 1, ['cat', 'dog'])).toEqual([
      { name: 'cat', value: 3 },
      { name: 'dog', value: 9 },
    ]);
  });

  it('are whether it is dead, and what that means', () => {
    expect(healthOf(statistics, 0, 'relu')).toEqual({
      word: 'Dead',
      meaning: 'Dead: active on none of the test images.',
    });
    expect(healthOf(statistics, 1, 'relu').word).toBe('Alive');
  });

  it('are how often it is saturated if its range is bounded', () => {
    const tanh = unitStatistics({ units: 1, values: Float32Array.of(0.95, 0.5) }, Uint16Array.of(0, 0), 1, 'tanh');
    expect(healthOf(tanh, 0, 'tanh').word).toBe('Not saturated');
    expect(healthOf(tanh, 0, 'tanh').meaning).toContain(
      'below −0.9 or above 0.9 on more than 95% of the test images (here 50.0%)',
    );
  });

  it('have short numbers with a real minus sign', () => {
    expect([0, 1.234, -0.05].map(formatActivation)).toEqual(['0', '1.2', '−0.050']);
  });
});

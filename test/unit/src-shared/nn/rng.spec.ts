import { describe, expect, it } from 'vitest';
import { Random } from '../../../../src-shared/nn/rng';

const numbers = (random: Random, count: number) => Array.from({ length: count }, () => random.uniform());

describe('Random', () => {
  it('repeats itself for the same seed, and differs for another seed or stream', () => {
    const first = numbers(new Random(1, 'order'), 100);
    expect(numbers(new Random(1, 'order'), 100)).toEqual(first);
    expect(numbers(new Random(2, 'order'), 100)).not.toEqual(first);
    expect(numbers(new Random(1, 'weights'), 100)).not.toEqual(first);
  });

  it('draws uniform numbers from [0, 1) with mean 1/2 and variance 1/12', () => {
    const drawn = numbers(new Random(5, 'order'), 100_000);
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    const variance = drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length;
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn)).toBeLessThan(1);
    expect(mean).toBeCloseTo(0.5, 2);
    expect(variance).toBeCloseTo(1 / 12, 3);
  });

  it('draws normal numbers: 68.3% within one deviation, 95.4% within two', () => {
    const random = new Random(5, 'weights');
    const drawn = Array.from({ length: 100_000 }, () => random.gaussian());
    const within = (limit: number) => drawn.filter((value) => Math.abs(value) < limit).length / drawn.length;
    expect(within(1)).toBeCloseTo(0.683, 2);
    expect(within(2)).toBeCloseTo(0.954, 2);
  });

  it('draws permutations that hold every number once, each place as likely as another', () => {
    const random = new Random(9, 'order');
    expect([...random.permutation(1000)].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    const zeroAt = new Array<number>(4).fill(0);
    for (let round = 0; round < 40_000; round++) zeroAt[random.permutation(4).indexOf(0)]!++;
    for (const count of zeroAt) expect(count / 40_000).toBeCloseTo(0.25, 2);
  });
});

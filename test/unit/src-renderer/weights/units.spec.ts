import { describe, expect, it } from 'vitest';
import type { LayerWeights } from '../../../../src-shared/networks/layers';
import { linearPath, pathCost, pathLimit } from '../../../../src-renderer/weights/linear-path';
import { unitNorms } from '../../../../src-renderer/weights/unit-order';
import {
  activeAbove,
  extremes,
  flatEnds,
  unitState,
  unitStatistics,
  usefulness,
} from '../../../../src-renderer/weights/units';
import { activationHistogram } from '../../../../src-renderer/weights/histogram';
import golden from '../../../fixtures/golden/units.json';

/** As make_units_golden.py has it. */
function noiseFrom(seed: number): (count: number) => Float32Array {
  let state = seed;
  return (count) =>
    Float32Array.from({ length: count }, () => {
      state = Number((1_664_525n * BigInt(state) + 1_013_904_223n) % 4_294_967_296n);
      return (2 * state) / 2 ** 32 - 1;
    });
}

const noise = noiseFrom(golden.seed);
const layers: LayerWeights[] = golden.sizes.slice(1).map((outputs, index) => {
  const inputs = golden.sizes[index]!;
  return { weight: noise(inputs * outputs), bias: new Float32Array(outputs), inputs, outputs };
});
const units = golden.sizes[1]!;
const activations = { units, values: noise(golden.images * units).map((value) => Math.max(0, value)) };
const labels = Uint16Array.from(golden.labels);
const classes = golden.classMeans.length;

function expectClose(found: ArrayLike<number>, wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  wanted.forEach((value, index) => expect(found[index]).toBeCloseTo(value, 5));
}

describe('against NumPy', () => {
  const statistics = unitStatistics(activations, labels, classes, 'relu');

  it('the linear path of a unit is its row of the product of all weights up to it', () => {
    const pixels = golden.sizes[0]!;
    for (let unit = 0; unit < 4; unit++)
      expectClose(linearPath(layers, 2, unit), golden.path.slice(unit * pixels, (unit + 1) * pixels));
  });

  it('the linear path of a unit of the first layer is its weights', () => {
    expect(linearPath(layers, 0, 3)).toEqual(layers[0]!.weight.subarray(36, 48));
  });

  it('norms are lengths of rows', () => expectClose(unitNorms(layers[1]!), golden.norms));

  it('mean activations a class, deviations and active shares are the same', () => {
    expectClose(statistics.classMeans, golden.classMeans.flat());
    expectClose(statistics.deviation, golden.deviation);
    expectClose(statistics.active, golden.active);
  });

  it('usefulness is the correlation with being of the class', () => {
    for (let label = 0; label < classes; label++)
      expectClose(usefulness(statistics, label), golden.correlations[label]!);
  });

  it('saturation of tanh counts both ends', () => {
    const bent = { units, values: activations.values.map((value) => Math.tanh(4 * value)) };
    expectClose(unitStatistics(bent, labels, classes, 'tanh').saturated, golden.tanhSaturated);
  });

  it('activations fall into the same bins', () => {
    expect([...activationHistogram(activations, 'sigmoid').counts]).toEqual(golden.histogram);
  });
});

describe('the usefulness of a unit', () => {
  const labels = Uint16Array.of(0, 0, 1, 1, 2, 2);
  const of = (...values: number[]) =>
    usefulness(unitStatistics({ units: 1, values: Float32Array.from(values) }, labels, 4, 'relu'), 0)[0];

  it(
    'is 1 for a unit that is active on exactly the images of the class, and −1 for one that is silent on exactly ' +
      'those',
    () => {
      expect(of(3, 3, 0, 0, 0, 0)).toBeCloseTo(1, 12);
      expect(of(0, 0, 3, 3, 3, 3)).toBeCloseTo(-1, 12);
    },
  );

  it('is 0 for a unit that never changes, and for a class without images', () => {
    expect(of(0.1, 0.1, 0.1, 0.1, 0.1, 0.1)).toBe(0);
    const statistics = unitStatistics({ units: 1, values: Float32Array.of(1, 2, 3, 4, 5, 6) }, labels, 4, 'relu');
    expect(usefulness(statistics, 3)[0]).toBeCloseTo(0, 12);
  });
});

describe('the state of a unit', () => {
  const stateOf = (bend: 'relu' | 'leaky-relu' | 'sigmoid' | 'tanh' | 'softmax', ...values: number[]) =>
    unitState(
      unitStatistics({ units: 1, values: Float32Array.from(values) }, new Uint16Array(values.length), 1, bend),
      0,
      bend,
    );

  it('is dead where no image makes it active', () => {
    expect(stateOf('relu', 0, 0, 0)).toBe('dead');
    expect(stateOf('relu', 0, 0.001, 0)).toBe('alive');
    expect(stateOf('leaky-relu', -0.2, -0.001, 0)).toBe('dead');
  });

  it('is saturated where more than 95% of the images bring it near an end, and not with 95%', () => {
    const many = (high: number) => Array.from({ length: 100 }, (_, k) => (k < high ? (k % 2 ? 0.96 : 0.04) : 0.5));
    expect(stateOf('sigmoid', ...many(96))).toBe('saturated');
    expect(stateOf('sigmoid', ...many(95))).toBe('alive');
    expect(stateOf('tanh', -0.91, 0.91)).toBe('saturated');
    expect(stateOf('tanh', -0.89, 0.91)).toBe('alive');
  });

  it('is neither for a class that is never the answer', () => {
    expect(stateOf('softmax', 0.1, 0.2)).toBe('alive');
  });

  it('counts as active where the incoming sum is positive', () => {
    expect([activeAbove('relu'), activeAbove('tanh'), activeAbove('sigmoid')]).toEqual([0, 0, 0.5]);
    expect(flatEnds('gelu')).toBeUndefined();
  });
});

describe('the images that excite a unit', () => {
  const values = Float32Array.of(9, 0, 9, 3, 9, 0, 9, 5, 9, 3, 9, 0); // the second of two units: 0 3 0 5 3 0

  it('are sorted, and of those that are alike the first come first', () => {
    expect(extremes({ units: 2, values }, 1, 3)).toEqual({ most: [3, 1, 4], least: [0, 2, 5], alike: 3 });
  });

  it('are all where there are fewer than asked for', () => {
    expect(extremes({ units: 2, values }, 1, 10).most).toEqual([3, 1, 4, 0, 2, 5]);
  });
});

describe('what linear paths cost and show', () => {
  it('is a multiplication for every weight below, for every unit', () => {
    expect(pathCost(layers, 2, 3)).toBe((12 * 7 + 7 * 5) * 3);
    expect(pathCost(layers, 0, 3)).toBe(0);
  });

  it('ends its scale at a round number that suits the few units of a small layer', () => {
    const largest = Math.max(...golden.path.map(Math.abs));
    const limit = pathLimit(layers, 2);
    expect(limit).toBeGreaterThanOrEqual(largest);
    expect(limit).toBeLessThan(1.5 * largest);
  });
});

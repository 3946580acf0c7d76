import { describe, expect, it } from 'vitest';
import { unitNorms } from '../../../../src-renderer/weights/unit-order';
import {
  activeAbove,
  extremes,
  flatEnds,
  unitState,
  unitStatistics,
  usefulness,
  type LayerActivation,
} from '../../../../src-renderer/weights/units';
import { activationHistogram } from '../../../../src-renderer/weights/histogram';
import { activations, expectClose, golden, labels, layers, units } from '../../../fixtures/golden-units';

const classes = golden.classMeans.length;

describe('against NumPy', () => {
  const statistics = unitStatistics(activations, labels, classes, 'relu');

  it('norms are lengths of rows', () => expectClose(unitNorms(layers[1]!), golden.norms));

  it('mean activations by class, deviations and active shares are the same', () => {
    expectClose(statistics.classMeans, golden.classMeans.flat());
    expectClose(statistics.deviation, golden.deviation);
    expectClose(statistics.active, golden.active);
  });

  it('usefulness is the correlation with being of the class', () => {
    for (let label = 0; label < classes; label++)
      expectClose(usefulness(statistics, label), golden.correlations[label]!);
  });

  it('saturation of tanh counts both ends', () => {
    const squashed = { units, values: activations.values.map((value) => Math.tanh(4 * value)) };
    expectClose(unitStatistics(squashed, labels, classes, 'tanh').saturated, golden.tanhSaturated);
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
  const stateOf = (activation: LayerActivation, ...values: number[]) =>
    unitState(
      unitStatistics({ units: 1, values: Float32Array.from(values) }, new Uint16Array(values.length), 1, activation),
      0,
      activation,
    );

  it('is dead if no image makes it active', () => {
    expect(stateOf('relu', 0, 0, 0)).toBe('dead');
    expect(stateOf('relu', 0, 0.001, 0)).toBe('alive');
    expect(stateOf('leaky-relu', -0.2, -0.001, 0)).toBe('dead');
  });

  it('is saturated if more than 95% of the images bring it near an end of its range, and not at 95%', () => {
    const many = (high: number) => Array.from({ length: 100 }, (_, k) => (k < high ? (k % 2 ? 0.96 : 0.04) : 0.5));
    expect(stateOf('sigmoid', ...many(96))).toBe('saturated');
    expect(stateOf('sigmoid', ...many(95))).toBe('alive');
    expect(stateOf('tanh', -0.91, 0.91)).toBe('saturated');
    expect(stateOf('tanh', -0.89, 0.91)).toBe('alive');
  });

  it('is alive for a class that is never predicted', () => {
    expect(stateOf('softmax', 0.1, 0.2)).toBe('alive');
  });

  it('is active if the incoming sum is positive', () => {
    expect([activeAbove('relu'), activeAbove('tanh'), activeAbove('sigmoid')]).toEqual([0, 0, 0.5]);
    expect(flatEnds('gelu')).toBeUndefined();
  });
});

describe('the images that excite a unit', () => {
  const values = Float32Array.of(9, 0, 9, 3, 9, 0, 9, 5, 9, 3, 9, 0); // the second of two units: 0 3 0 5 3 0

  it('are sorted, equal ones in the order of the test set', () => {
    expect(extremes({ units: 2, values }, 1, 3)).toEqual({ most: [3, 1, 4], least: [0, 2, 5], ties: 3 });
  });

  it('are all of them if there are fewer than requested', () => {
    expect(extremes({ units: 2, values }, 1, 10).most).toEqual([3, 1, 4, 0, 2, 5]);
  });
});

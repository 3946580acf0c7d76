// What each part of nn/ computes, in numbers that can be checked by hand.
import { describe, expect, it } from 'vitest';
import { argmax, countCorrect } from '../../../../src-shared/nn/accuracy';
import { ReLU, Sigmoid, Tanh } from '../../../../src-shared/nn/activations';
import { CrossEntropyLoss } from '../../../../src-shared/nn/cross-entropy-loss';
import { Linear } from '../../../../src-shared/nn/linear';
import { Matrix } from '../../../../src-shared/nn/matrix';
import { MLP } from '../../../../src-shared/nn/mlp';
import { SGD } from '../../../../src-shared/nn/sgd';
import { softmax } from '../../../../src-shared/nn/softmax';
import { Random } from '../../../../src-shared/nn/rng';

const matrix = (rows: number, columns: number, values: number[]) =>
  new Matrix(rows, columns, Float64Array.from(values));

describe('Matrix', () => {
  it('refuses data that do not fill it', () => {
    expect(() => matrix(2, 3, [1, 2, 3])).toThrow('A 2×3 matrix needs 6 numbers, not 3.');
  });
});

describe('Linear', () => {
  it('computes x W + b', () => {
    const linear = new Linear(2, 3, 'float64');
    linear.weight.value.data.set([1, 2, 3, 4, 5, 6]);
    linear.bias.value.data.set([10, 20, 30]);
    expect([...linear.forward(matrix(2, 2, [1, 0, 2, -1])).data]).toEqual([11, 22, 33, 8, 19, 30]);
  });

  it.each([
    ['in', 2 / 200],
    ['out', 2 / 500],
  ] as const)('starts with weights of mean 0 and variance 2 / %s, and biases of 0', (fan, expected) => {
    const linear = new Linear(200, 500, 'float64');
    linear.initializeHe(new Random(1, 'weights'), fan);
    const data = Array.from(linear.weight.value.data);
    const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
    const variance = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length;
    expect(Math.abs(mean)).toBeLessThan(0.001);
    expect(variance / expected).toBeCloseTo(1, 1);
    expect(linear.bias.value.data.every((value) => value === 0)).toBe(true);
  });
});

describe('activations', () => {
  it('compute their formulas', () => {
    const z = matrix(1, 3, [-1, 0, 2]);
    expect([...new ReLU().forward(z).data]).toEqual([0, 0, 2]);
    expect(new Sigmoid().forward(z).data[2]).toBeCloseTo(0.8807970779778823, 15);
    expect(new Tanh().forward(z).data[0]).toBeCloseTo(-0.7615941559557649, 15);
  });

  it('keep the sigmoid of any finite number strictly above 0 by clipping to ±30', () => {
    const [low, high] = new Sigmoid().forward(matrix(1, 2, [-1e9, 1e9])).data;
    expect(low).toBe(1 / (1 + Math.exp(30)));
    expect(high).toBe(1 / (1 + Math.exp(-30)));
  });

  it('pass NaN on, so that a run that diverged is noticed', () => {
    expect(new ReLU().forward(matrix(1, 1, [NaN])).data[0]).toBeNaN();
    expect(new Sigmoid().forward(matrix(1, 1, [NaN])).data[0]).toBeNaN();
  });
});

describe('softmax', () => {
  it('gives probabilities that add up to 1, even for logits too large for e^z', () => {
    const p = softmax(matrix(2, 3, [1000, 1001, 1002, -5, -5, -5])).data;
    expect(p[0]! + p[1]! + p[2]!).toBeCloseTo(1, 15);
    expect(p[1]! / p[0]!).toBeCloseTo(Math.E, 12);
    expect(p[3]).toBeCloseTo(1 / 3, 15);
  });
});

describe('CrossEntropyLoss', () => {
  const probabilities = matrix(2, 3, [0.7, 0.2, 0.1, 0.1, 0.1, 0.8]);

  it('refuses the wrong number of targets', () => {
    expect(() => new CrossEntropyLoss().forward(probabilities, [0])).toThrow('2 rows of probabilities, but 1 targets.');
  });

  it('is the mean of −log(p + 1e-8)', () => {
    const expected = -(Math.log(0.7 + 1e-8) + Math.log(0.8 + 1e-8)) / 2;
    expect(new CrossEntropyLoss().forward(probabilities, [0, 2])).toBeCloseTo(expected, 15);
  });

  it('stays finite if the right class has probability 0', () => {
    expect(new CrossEntropyLoss().forward(matrix(1, 2, [1, 0]), [1])).toBeCloseTo(18.420680743952367, 12);
  });

  it('spreads a share of each target over all classes with label smoothing', () => {
    const loss = new CrossEntropyLoss({ labelSmoothing: 0.3 });
    const wanted = [
      [0.8, 0.1, 0.1],
      [0.1, 0.1, 0.8],
    ];
    const expected = -wanted.flat().reduce((sum, y, k) => sum + y * Math.log(probabilities.data[k]! + 1e-8), 0) / 2;
    expect(loss.forward(probabilities, [0, 2])).toBeCloseTo(expected, 14);
    loss
      .backward()
      .data.forEach((dz, k) => expect(dz).toBeCloseTo((probabilities.data[k]! - wanted.flat()[k]!) / 2, 14));
  });

  it('divides the gradient by the batch size, or by another number', () => {
    const loss = new CrossEntropyLoss();
    loss.forward(probabilities, [0, 2]);
    expect(loss.backward().data[0]).toBeCloseTo((0.7 - 1) / 2, 15);
    expect(loss.backward(4).data[0]).toBeCloseTo((0.7 - 1) / 4, 15);
  });
});

describe('MLP', () => {
  it('initializes the output layer by its outputs if asked to, and all others by their inputs', () => {
    const deviations = (['in', 'out'] as const).map((outputFan) => {
      const model = new MLP({ sizes: [50, 400, 20], activation: 'relu', precision: 'float64' });
      model.initialize(new Random(1, 'weights'), { method: 'he', outputFan });
      return model.linears.map(({ weight }) =>
        Math.sqrt(
          Array.from(weight.value.data).reduce((sum, value) => sum + value * value, 0) / weight.value.data.length,
        ),
      );
    });
    expect(deviations[0]![0]).toBeCloseTo(Math.sqrt(2 / 50), 2);
    expect(deviations[0]![1]).toBeCloseTo(Math.sqrt(2 / 400), 2);
    expect(deviations[1]![0]).toBe(deviations[0]![0]);
    expect(deviations[1]![1]).toBeCloseTo(Math.sqrt(2 / 20), 2);
  });
});

describe('MLP and SGD', () => {
  it('learn exclusive or, which no single line can separate', () => {
    const model = new MLP({ sizes: [2, 8, 2], activation: 'tanh', precision: 'float64' });
    model.initialize(new Random(1, 'weights'), { method: 'he' });
    const optimizer = new SGD(model.parameters(), { learningRate: 0.5 });
    const crossEntropy = new CrossEntropyLoss();
    const input = matrix(4, 2, [0, 0, 0, 1, 1, 0, 1, 1]);
    const exclusiveOr = [0, 1, 1, 0];
    for (let step = 0; step < 500; step++) {
      crossEntropy.forward(model.forward(input), exclusiveOr);
      optimizer.zeroGrad();
      model.backward(crossEntropy.backward());
      optimizer.step();
    }
    expect(countCorrect(model.forward(input), exclusiveOr)).toBe(4);
  });

  it('step by rate times gradient, which zeroGrad then clears', () => {
    const linear = new Linear(1, 1, 'float64');
    linear.weight.value.data[0] = 3;
    linear.weight.gradient.data[0] = 2;
    const optimizer = new SGD(linear.parameters(), { learningRate: 0.1 });
    optimizer.step();
    optimizer.zeroGrad();
    expect(linear.weight.value.data[0]).toBeCloseTo(2.8, 15);
    expect(linear.weight.gradient.data[0]).toBe(0);
  });
});

describe('argmax and countCorrect', () => {
  it('take the first of equal probabilities, as NumPy does', () => {
    expect(argmax(Float64Array.of(0.2, 0.4, 0.4))).toBe(1);
  });

  it('count the rows whose largest probability is that of the target', () => {
    expect(countCorrect(matrix(4, 2, [1, 0, 0, 1, 1, 0, 0, 1]), [0, 1, 1, 1])).toBe(3);
  });
});

// Dropout: what is dropped, how often, and that predictions drop nothing.
import { describe, expect, it } from 'vitest';
import { dropThreshold, mix, randomBits, updateKey } from '../../../../src-shared/nn/counter-random';
import { Dropout, hiddenMaskKey, inputMaskKey, type MaskDraw } from '../../../../src-shared/nn/dropout';
import { Matrix } from '../../../../src-shared/nn/matrix';
import { MLP } from '../../../../src-shared/nn/mlp';
import { Random } from '../../../../src-shared/nn/rng';

const ones = (rows: number, columns: number) => new Matrix(rows, columns, new Float64Array(rows * columns).fill(1));
const draw: MaskDraw = { seed: 3, update: 8, dropout: 0.5, inputDropout: 0.2 };
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

describe('Dropout', () => {
  it.each([0.1, 0.2, 0.5, 0.9])(
    'drops a share of %d of the units, and divides the others by the share that is left',
    (p) => {
      const { data } = new Dropout().forward(ones(200, 500), p, 1234);
      const kept = data.filter((value) => value !== 0);
      const sigma = Math.sqrt((p * (1 - p)) / data.length);
      expect(Math.abs(kept.length / data.length - (1 - p))).toBeLessThan(4 * sigma);
      expect(new Set(kept)).toEqual(new Set([1 / (1 - p)]));
      expect(Math.abs(mean(data) - 1)).toBeLessThan((4 * sigma) / (1 - p));
    },
  );

  it('drops each unit and each image equally often', () => {
    const p = 0.3;
    const { data } = new Dropout().forward(ones(1000, 20), p, 77);
    const shareDropped = (chosen: (row: number, unit: number) => boolean) =>
      mean(data.filter((_, k) => chosen(Math.floor(k / 20), k % 20)).map((value) => (value === 0 ? 1 : 0)));
    for (let unit = 0; unit < 20; unit++)
      expect(Math.abs(shareDropped((_, j) => j === unit) - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 1000));
    for (let block = 0; block < 10; block++)
      expect(Math.abs(shareDropped((n) => n % 10 === block) - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 2000));
  });

  it('decides by the random bits of row and unit', () => {
    const { data } = new Dropout().forward(ones(7, 9), 0.4, 5);
    const kept = Array.from(data, (_, k) => randomBits(5, Math.floor(k / 9), k % 9) >= dropThreshold(0.4));
    expect(Array.from(data, (value) => value > 0)).toEqual(kept);
  });

  it('rounds the factor to float32 in float32', () => {
    const input = new Matrix(1, 50, new Float32Array(50).fill(0.7));
    const expected = Math.fround(Math.fround(0.7) * Math.fround(1 / 0.7));
    expect(new Set(new Dropout().forward(input, 0.3, 5).data)).toEqual(new Set([0, expected]));
  });

  it('changes neither its input nor the gradient with a probability of 0', () => {
    const dropout = new Dropout();
    dropout.forward(ones(3, 4), 0.5, 1);
    const input = ones(3, 4);
    expect(dropout.forward(input)).toBe(input);
    expect(dropout.backward(input)).toBe(input);
  });
});

describe('keys of masks', () => {
  it('depend on the purpose, the update and, in hidden layers, the layer', () => {
    expect(inputMaskKey(draw)).toBe(updateKey(3, 'inputDropout', 8));
    expect(hiddenMaskKey(draw, 2)).toBe(mix(updateKey(3, 'hiddenDropout', 8) + 2));
  });

  it('differ between layers, updates, seeds and the input', () => {
    const keys = [
      hiddenMaskKey(draw, 0),
      hiddenMaskKey(draw, 1),
      hiddenMaskKey({ ...draw, update: 9 }, 0),
      hiddenMaskKey({ ...draw, seed: 4 }, 0),
      inputMaskKey(draw),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('a network with dropout', () => {
  const sizes = [6, 8, 7, 3];
  const model = new MLP({ sizes, activation: 'tanh', precision: 'float64' });
  model.initialize(new Random(1, 'weights'), { method: 'he' });
  const input = new Matrix(
    4,
    6,
    Float64Array.from({ length: 24 }, (_, k) => Math.sin(k)),
  );
  const outputs = (maskDraw?: MaskDraw) => [...model.forward(input, maskDraw).data];

  it('drops pixels and then units after each activation, written out step by step', () => {
    const [first, second, third] = model.linears;
    const masked = (matrix: Matrix, p: number, key: number) =>
      new Matrix(
        matrix.rows,
        matrix.columns,
        matrix.data.map((value, k) =>
          randomBits(key, Math.floor(k / matrix.columns), k % matrix.columns) < p * 2 ** 32 ? 0 : value / (1 - p),
        ),
      );
    const activated = (matrix: Matrix) => new Matrix(matrix.rows, matrix.columns, matrix.data.map(Math.tanh));
    const pixels = masked(input, 0.2, updateKey(3, 'inputDropout', 8));
    const hidden1 = masked(activated(first!.forward(pixels)), 0.5, mix(updateKey(3, 'hiddenDropout', 8)));
    const hidden2 = masked(activated(second!.forward(hidden1)), 0.5, mix(updateKey(3, 'hiddenDropout', 8) + 1));
    const logits = third!.forward(hidden2);
    const actual = model.forward(input, draw);
    for (let n = 0; n < 4; n++) {
      const sum = Array.from(logits.row(n)).reduce((total, z) => total + Math.exp(z), 0);
      actual.row(n).forEach((p, j) => expect(p).toBeCloseTo(Math.exp(logits.row(n)[j]!) / sum, 12));
    }
  });

  it('has new masks each update, and the same ones for the same update', () => {
    expect(outputs(draw)).toEqual(outputs(draw));
    expect(outputs({ ...draw, update: 9 })).not.toEqual(outputs(draw));
  });

  it('predicts without dropping anything, even after a forward that did', () => {
    const before = outputs();
    expect(outputs(draw)).not.toEqual(before);
    expect(outputs()).toEqual(before);
    expect(outputs({ ...draw, dropout: 0, inputDropout: 0 })).toEqual(before);
  });
});

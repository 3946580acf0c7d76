// Networks from arrays with names as in people's own programs: their order, and which files are refused.
import { sizesOf } from '../../../../../src-shared/networks/layers';
import { describe, expect, it } from 'vitest';
import type { NetworkFile } from '../../../../../src-main/formats/open/imported-network';
import { arrayOf, plain, PLAIN, readArrays, readShapes, type Shapes } from '../../../../fixtures/named-arrays';

const allSizes = ({ candidates }: NetworkFile) => candidates.map(({ layers }) => sizesOf(layers()).join('-'));

describe('a file of arrays is refused', () => {
  it.each<[string, Shapes, string]>([
    [
      'a convolution',
      { 'conv.weight': [4, 1, 3, 3], 'conv.bias': [4], 'fc.weight': [3, 4] },
      'its weight “conv.weight” has the shape [4, 1, 3, 3]',
    ],
    [
      'a normalization of layers',
      { ...PLAIN, 'norm.weight': [4], 'norm.bias': [4] },
      'its weight “norm.weight” has the shape [4]',
    ],
    [
      'slopes of its units',
      { '0.weight': [4, 6], '1.weight': [1], '2.weight': [3, 4] },
      'its weight “1.weight” has the shape [1]',
    ],
    [
      'two networks',
      { 'model.fc1.weight': [4, 6], 'model.fc2.weight': [3, 4], 'ema.fc1.weight': [4, 6], 'ema.fc2.weight': [3, 4] },
      'it contains several networks, “model” and “ema”',
    ],
    [
      'an adapter',
      { ...PLAIN, 'fc1.lora_A': [2, 6], 'fc1.lora_B': [4, 2] },
      'it also contains “fc1.lora_A [2, 6]” and “fc1.lora_B [4, 2]”',
    ],
    [
      'an array of which nothing is known',
      { ...PLAIN, embedding: [5, 5] },
      'it also contains “embedding [5, 5]”, which does not belong to a chain of linear layers',
    ],
    [
      'an array of a weight’s shape whose name says nothing of weights',
      { ...PLAIN, state_matrix: [4, 4] },
      'it also contains “state_matrix [4, 4]”',
    ],
    [
      'a weight beside that of one layer',
      { 'fc1.weight': [4, 6], 'sfc1.weight': [4, 6], 'fc2.weight': [3, 4] },
      'its layers do not fit each other',
    ],
    ['a slope of its units', { ...PLAIN, prelu: [] }, 'its array “prelu” seems to be a slope of its hidden units'],
    [
      'a slope under another name',
      { ...PLAIN, alpha: [1] },
      'its array “alpha” seems to be a slope of its hidden units',
    ],
    ['a bias of no layer', { ...PLAIN, b9: [7] }, 'its array “b9” is the bias of a layer that has no weight'],
    [
      'images',
      { x_train: [10, 6], y_train: [10] },
      'it contains images (“x_train” and “y_train”), not a network: its folder can be opened as a dataset',
    ],
    [
      'a mask of another shape',
      { 'fc.weight_orig': [3, 6], 'fc.weight_mask': [3, 5] },
      'its mask “fc.weight_mask” has a different shape',
    ],
    [
      'a batch normalization of another width',
      { 'fc1.weight': [4, 6], 'fc2.weight': [3, 4], 'bn.running_mean': [5], 'bn.running_var': [5] },
      'the positions of its batch normalizations between its layers are unknown',
    ],
    [
      'some arrays without names',
      { ...PLAIN, arr_0: [3, 3] },
      'some of its arrays have names, such as “W1”, and others have none, such as “arr_0”',
    ],
  ])('with %s', (_what, shapes, reason) => {
    expect(() => readShapes(shapes)).toThrow(reason);
  });

  it('with weights of integers, Python objects or deviations of zero', () => {
    const [, ...others] = plain();
    expect(() => readArrays([arrayOf('W1', [6, 4], undefined, 'integer'), ...others])).toThrow(
      /its array “W1” holds integers \(int64\): expected float16, float32 or float64\. /,
    );
    for (const type of ['int8', 'uint8', 'I8', 'U8']) {
      expect(() => readArrays([{ ...arrayOf('W1', [6, 4], undefined, 'integer'), type }, ...others])).toThrow(
        `“W1” holds integers (${type}): expected float16, float32 or float64 (quantized weights ` + 'cannot be used)',
      );
    }
    expect(() => readArrays([...plain(), arrayOf('proj', [4, 4], undefined, 'integer')])).toThrow(
      'it also contains “proj [4, 4]”',
    );
    expect(() => readArrays([arrayOf('weights', [2], undefined, 'objects')])).toThrow(
      'its array “weights” holds Python objects, which could be programs and are not opened. Please save each ' +
        'array under a name of its own: numpy.savez(',
    );
    expect(() => readArrays([...plain(), arrayOf('mean', [1], [0]), arrayOf('std', [1], [0])])).toThrow(
      'its array “std” contains deviations of pixels that are not positive',
    );
  });

  it('whose metadata names an activation that cannot be used', () => {
    expect(() => readArrays(plain(), { activation: 'SiLU' })).toThrow('its metadata names the activation silu');
  });
});

describe('the layers are found by their names', () => {
  it.each<[string, Shapes, string]>([
    ['W_h', { W_h: [6, 4], b_h: [4], W_o: [4, 3], b_o: [3] }, '6-4-3'],
    ['Wh', { Wh: [6, 4], bh: [4], Wo: [4, 3], bo: [3] }, '6-4-3'],
    ['wih, without biases', { wih: [4, 6], who: [3, 4] }, '6-4-3'],
    [
      'weights_input_hidden',
      { weights_input_hidden: [6, 4], bias_hidden: [4], weights_hidden_output: [4, 3], bias_output: [3] },
      '6-4-3',
    ],
    ['hidden_weights', { hidden_weights: [6, 4], hidden_bias: [4], output_weights: [4, 3], output_bias: [3] }, '6-4-3'],
    [
      'weights/h1 and biases/b1',
      { 'weights/h1': [6, 4], 'weights/out': [4, 3], 'biases/b1': [4], 'biases/out': [3] },
      '6-4-3',
    ],
    ['Theta with the bias as the first column', { Theta1: [4, 10], Theta2: [3, 5] }, '9-4-3'],
    ['coefs and intercepts', { coefs_0: [6, 4], coefs_1: [4, 3], intercepts_0: [4], intercepts_1: [3] }, '6-4-3'],
    ['coef_ and intercept_', { coef_: [3, 6], intercept_: [3] }, '6-3'],
    ['weights, then biases, without names', { arr_0: [6, 4], arr_1: [4, 3], arr_2: [4], arr_3: [3] }, '6-4-3'],
    ['weights and biases in turn, without names', { arr_0: [6, 4], arr_1: [4], arr_2: [4, 3], arr_3: [3] }, '6-4-3'],
    [
      'flax',
      {
        'params.Dense_0.kernel': [6, 4],
        'params.Dense_0.bias': [4],
        'params.Dense_1.kernel': [4, 3],
        'params.Dense_1.bias': [3],
      },
      '6-4-3',
    ],
    [
      'TensorFlow 1',
      { 'dense/kernel:0': [6, 4], 'dense/bias:0': [4], 'dense_1/kernel:0': [4, 3], 'dense_1/bias:0': [3] },
      '6-4-3',
    ],
    ['weight_norm', { 'fc1.weight_g': [4, 1], 'fc1.weight_v': [4, 6], 'fc1.bias': [4], 'fc2.weight': [3, 4] }, '6-4-3'],
    ['a mask of pruning', { 'fc1.weight_orig': [4, 6], 'fc1.weight_mask': [4, 6], 'fc2.weight': [3, 4] }, '6-4-3'],
  ])('%s', (_what, shapes, sizes) => {
    expect(new Set(allSizes(readShapes(shapes)))).toEqual(new Set([sizes]));
  });

  it.each<[string, string[]]>([
    ['input, hidden, output', ['input_layer', 'hidden_layer', 'output_layer']],
    ['numbers, then a head', ['layers.0.linear', 'layers.2.linear', 'head']],
    ['numbers above nine', ['fc9', 'fc10', 'fc11']],
  ])('squares are ordered by %s', (_what, names) => {
    // The first value of each weight says where it belongs.
    const arrays = names
      .map((name, k) =>
        arrayOf(
          `${name}.weight`,
          [4, 4],
          Array.from({ length: 16 }, () => k),
        ),
      )
      .reverse();
    const { candidates } = readArrays(arrays);
    expect(candidates.map(({ layers }) => layers().map(({ weight }) => weight[0]))).toEqual([[0, 1, 2]]);
  });

  it('lead to several candidates if neither names nor shapes say the order or the side of the inputs', () => {
    expect(
      readShapes({ 'a.weight': [4, 4], 'b.weight': [4, 4] }).candidates.map(({ description }) => description),
    ).toEqual(['a.weight [4, 4], b.weight [4, 4] as [out, in]', 'b.weight [4, 4], a.weight [4, 4] as [out, in]']);
    expect(allSizes(readShapes({ W: [6, 3] })).sort()).toEqual(['3-6', '6-3']);
  });

  it('lead to several candidates if numbers stand behind different words', () => {
    const { candidates } = readShapes({
      'input.weight': [4, 6],
      'hidden2.weight': [4, 4],
      'fc1.weight': [4, 4],
      'out.weight': [3, 4],
    });
    const orders = candidates.map(({ description }) => description.match(/hidden2|fc1/g)!.join());
    expect(orders.sort()).toEqual(['fc1,hidden2', 'hidden2,fc1']);
    expect(
      readShapes({ 'fc1.weight': [4, 4], 'fc2.weight': [4, 4], 'hidden0.weight': [4, 4] }).candidates,
    ).toHaveLength(6);
  });
});

it('weights that a residual connection could skip are said to be taken as a chain, but for files of this app', () => {
  const shapes: Shapes = { W1: [6, 4], b1: [4], W2: [4, 4], b2: [4], W3: [4, 3], b3: [3] };
  const assumed = 'The file contains only weights: it was assumed that no connection skips a layer.';
  expect(readShapes(shapes).notes).toContain(assumed);
  expect(readShapes(PLAIN).notes).not.toContain(assumed);
  const arrays = Object.entries(shapes).map(([name, shape]) => arrayOf(name, shape));
  expect(readArrays(arrays, { madeBy: 'MNIST Studio 1' }).notes).not.toContain(assumed);
});

// Graphs that are not a chain of linear layers are refused with the node at fault.
import { describe, expect, it } from 'vitest';
import { importOnnx } from '../../../../../src-main/formats/onnx/read';
import * as g from '../../../../fixtures/onnx-graph';
import { W, B, TRANSPOSED_W, linear, LINEAR, withActivation, readGraph } from '../../../../fixtures/small-onnx';

const { node, tensor, scalar, integers, input } = g;

describe('a graph is refused', () => {
  const damaged = async (constants: g.Message[], nodes = [LINEAR]) =>
    importOnnx(g.onnxModel({ nodes, constants }), 'n.onnx');

  it.each<[string, g.Message[], string]>([
    ['whose weight is missing', [B], 'its node “z_node” (Gemm) uses “W”, which the file does not contain'],
    ['with two constants of one name', [W, W, B], 'two of its constants are named “W”'],
    [
      'with a weight in another file that is not there',
      [g.externalTensor('W', [2, 3], { location: 'w.data' }), B],
      'its weights are in “w.data”, which is not beside it. Please put both into one folder',
    ],
    [
      'with fewer numbers than its shape says',
      [tensor('W', [2, 3], [1, 2]), B],
      'has 8 bytes, but its shape and type promise 24',
    ],
    [
      'with a weight of NaN',
      [tensor('W', [2, 3], [1, 2, 3, 4, NaN, 6]), B],
      'its layer at the node “z_node” (Gemm) holds NaN',
    ],
    [
      'with a bias of another size',
      [W, tensor('B', [3], [1, 2, 3])],
      'combines a constant of shape [3] with values of shape [2] for each image',
    ],
    [
      'with a weight of other pixels',
      [tensor('W', [2, 4], [1, 2, 3, 4, 5, 6, 7, 8]), B],
      'multiplies values of shape [3] for each image by a matrix that takes 4 numbers',
    ],
  ])('%s', async (_what, constants, reason) => {
    await expect(damaged(constants)).rejects.toThrow(reason);
  });

  it.each<[string, g.NodeParts[] | g.GraphParts, string]>([
    ['without nodes', [], 'does not end with a linear layer'],
    ['with two inputs', { nodes: [LINEAR], inputs: [input('x'), input('u')] }, 'its graph has 2 inputs: expected one'],
    [
      'with residual layers',
      withActivation(node('Relu', ['z'], 'r'), node('Gemm', ['r', 'V'], 's'), node('Add', ['r', 's'], 'a')),
      'its node “a_node” (Add) combines two branches',
    ],
    [
      'that leads in a circle',
      [node('Add', ['x', 'v'], 'u'), node('Relu', ['u'], 'v')],
      'contains a cycle at the node',
    ],
    [
      'with an operator that is no layer',
      withActivation(node('Elu', ['z'], 'a')),
      'its node “a_node” (Elu) cannot be used here',
    ],
    [
      'with an operator of somebody’s own',
      withActivation(node('mine.Relu', ['z'], 'a')),
      'its node “a_node” (mine.Relu) cannot be used here',
    ],
    [
      'with two activations',
      [...withActivation(node('Relu', ['z'], 'a')), node('Tanh', ['y'], 't'), node('Gemm', ['t', 'V'], 'e')],
      'it has two activations, relu at its node “a_node” (Relu) and tanh',
    ],
    [
      'with two slopes',
      [
        ...withActivation(node('LeakyRelu', ['z'], 'a')),
        node('LeakyRelu', ['y'], 't', g.float('alpha', 0.2)),
        node('Gemm', ['t', 'V'], 'e'),
      ],
      'leaky-relu of slope 0.2 at its node “t_node” (LeakyRelu)',
    ],
    [
      'with the approximate GELU',
      withActivation(node('Gelu', ['z'], 'a', g.text('approximate', 'tanh'))),
      'its node “a_node” (Gelu) computes the approximate GELU',
    ],
    [
      'with SiLU',
      withActivation(node('Sigmoid', ['z'], 's'), node('Mul', ['z', 's'], 'a')),
      'its node “a_node” (Mul) computes a function other than ReLU',
    ],
    [
      'with ReLU up to 6',
      withActivation(node('Clip', ['z'], 'a', g.float('min', 0), g.float('max', 6))),
      'its node “a_node” (Clip) computes a function',
    ],
    [
      'with dropout as in training',
      {
        nodes: withActivation(node('Dropout', ['z', 'half', 'yes'], 'r'), node('Relu', ['r'], 'a')),
        constants: [scalar('half', 0.5), scalar('yes', 1)],
      },
      'its node “r_node” (Dropout) is in training mode',
    ],
    [
      'with a convolution',
      {
        nodes: [node('Conv', ['x', 'K'], 'c'), linear('c', 'z')],
        constants: [tensor('K', [2, 1, 1, 2], [1, 2, 3, 4])],
        inputs: [input('x', ['n', 1, 1, 3])],
      },
      'its node “c_node” (Conv) is a convolution of parts of the image',
    ],
    [
      'with a product over the images',
      [node('Einsum', ['x', 'W'], 'u', g.text('equation', 'bi,ob->oi'))],
      'its node “u_node” (Einsum) computes something other',
    ],
    [
      'with quantized activations',
      withActivation(node('QuantizeLinear', ['z', 'B'], 'a')),
      'its node “a_node” (QuantizeLinear) is part of a quantized network',
    ],
    [
      'with a softmax over the images',
      [LINEAR, node('Softmax', ['z'], 'p', g.integer('axis', 0))],
      'its node “p_node” (Softmax) is not computed over the classes',
    ],
    [
      'that continues after its softmax',
      [LINEAR, node('Softmax', ['z'], 'p'), node('Relu', ['p'], 'q')],
      'its node “q_node” (Relu) follows the end',
    ],
    [
      'that ends with ReLU',
      [LINEAR, node('Relu', ['z'], 'r')],
      'does not end with a linear layer, but with the activation of its node “r_node” (Relu)',
    ],
    [
      'whose output nothing gives',
      { nodes: [LINEAR], outputs: ['u'] },
      'the graph uses “u”, which the file does not contain',
    ],
    ['that names two values alike', [LINEAR, node('Relu', ['z'], 'x')], 'two of its values are named “x”'],
    [
      'with a layer for each row of the image',
      {
        nodes: [node('Reshape', ['x', 's'], 'u'), linear('u', 'z')],
        constants: [integers('s', -1, 3)],
        inputs: [input('x', ['n', 2, 3])],
      },
      'its node “z_node” (Gemm) multiplies values of shape [2, 3] for each image by a matrix that takes 3 numbers',
    ],
    [
      'that mixes images',
      { nodes: [node('Reshape', ['x', 's'], 'u'), linear('u', 'z')], constants: [integers('s', 3, -1)] },
      'multiplies values of shape [3, 1] for each image',
    ],
    [
      'that takes a part of the image',
      {
        nodes: [node('Slice', ['x', 'from', 'to', 'side'], 'u'), linear('u', 'z')],
        constants: [integers('from', 0), integers('to', 3), integers('side', 1)],
        inputs: [input('x', ['n', 4])],
      },
      'its node “u_node” (Slice) takes only a part of the image',
    ],
    [
      'that computes with integers',
      {
        nodes: [node('Div', ['x', 's'], 'u'), linear('u', 'z')],
        constants: [scalar('s', 255)],
        inputs: [input('x', ['n', 3], g.UINT8)],
      },
      'its node “u_node” (Div) computes with integers',
    ],
    [
      'whose outputs are of two networks',
      { nodes: [LINEAR, node('Gemm', ['x', 'T'], 'u')], constants: [TRANSPOSED_W], outputs: ['z', 'u'] },
      'belongs to another chain of layers',
    ],
    [
      'that asks for too many constants',
      {
        nodes: [node('ConstantOfShape', ['s'], 'c'), node('Mul', ['x', 'c'], 'u'), linear('u', 'z')],
        constants: [integers('s', 60_000, 1000)],
      },
      'computes more numbers from constants than a network needs',
    ],
    [
      'with a function of more steps than can be computed',
      [
        LINEAR,
        node('Relu', ['z'], 'a0'),
        ...Array.from({ length: 60 }, (_, k) => node('Mul', [`a${k}`, `a${k}`], `a${k + 1}`)),
      ],
      'belongs to a function of more steps than an activation has',
    ],
    [
      'whose functions call themselves',
      {
        nodes: [node('mine.F', ['x'], 'u'), linear('u', 'z')],
        functions: [g.functionOf('mine', 'F', { inputs: ['a'], outputs: ['b'], nodes: [node('mine.F', ['a'], 'b')] })],
      },
      'its functions call each other endlessly',
    ],
  ])('%s', async (_what, parts, reason) => {
    await expect(readGraph(parts)).rejects.toThrow(reason);
  });
});

// Graphs laid together node by node: what a chain of linear layers may look like, and what is none.
import { describe, expect, it } from 'vitest';
import { RAW_PIXELS, UNIT_PIXELS } from '../../../../../src-main/formats/open/imported-network';
import { importOnnx } from '../../../../../src-main/formats/onnx/read';
import * as g from '../../../../fixtures/onnx-graph';
import { RICH_ONNX } from '../../../../fixtures/rich-onnx';

const { node, tensor, scalar, integers, input } = g;

/** [2, 3], [2] and [2, 2]: what fits LINEAR and TO_V. */
const W = tensor('W', [2, 3], [1, 2, 3, 4, 5, 6]);
const B = tensor('B', [2], [7, 8]);
const V = tensor('V', [2, 2], [1, 2, 3, 4]);
const turned = tensor('T', [3, 2], [1, 4, 2, 5, 3, 6]);
const linear = (from: string, to: string) => node('Gemm', [from, 'W', 'B'], to, g.integer('transB', 1));
const LINEAR = linear('x', 'z');
const TO_V = node('Gemm', ['a', 'V'], 'y');
/** A linear layer, what makes “a” of “z”, and another linear layer. */
const bent = (...bend: g.NodeParts[]) => [LINEAR, ...bend, TO_V];

async function read(parts: g.NodeParts[] | g.GraphParts, constants: g.Message[] = []) {
  const graph = Array.isArray(parts) ? { nodes: parts } : parts;
  const { candidates, ...network } = await importOnnx(
    g.onnxModel({ ...graph, constants: [W, B, V, ...(graph.constants ?? constants)] }),
    'n.onnx',
  );
  return { ...network, layers: candidates[0]!.layers() };
}

/** The layer of W and B, scaled. */
const layerOf = (factor = 1, bias = [7, 8]) => [
  {
    inputs: 3,
    outputs: 2,
    weight: Float32Array.of(1, 2, 3, 4, 5, 6).map((value) => value * factor),
    bias: Float32Array.from(bias),
  },
];

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
      bent(node('Relu', ['z'], 'r'), node('Gemm', ['r', 'V'], 's'), node('Add', ['r', 's'], 'a')),
      'its node “a_node” (Add) combines two branches',
    ],
    [
      'that leads in a circle',
      [node('Add', ['x', 'v'], 'u'), node('Relu', ['u'], 'v')],
      'contains a cycle at the node',
    ],
    ['with an operator that is no layer', bent(node('Elu', ['z'], 'a')), 'its node “a_node” (Elu) cannot be used here'],
    [
      'with an operator of somebody’s own',
      bent(node('mine.Relu', ['z'], 'a')),
      'its node “a_node” (mine.Relu) cannot be used here',
    ],
    [
      'with two activations',
      [...bent(node('Relu', ['z'], 'a')), node('Tanh', ['y'], 't'), node('Gemm', ['t', 'V'], 'e')],
      'it has two activations, relu at its node “a_node” (Relu) and tanh',
    ],
    [
      'with two slopes',
      [
        ...bent(node('LeakyRelu', ['z'], 'a')),
        node('LeakyRelu', ['y'], 't', g.float('alpha', 0.2)),
        node('Gemm', ['t', 'V'], 'e'),
      ],
      'leaky-relu of slope 0.2 at its node “t_node” (LeakyRelu)',
    ],
    [
      'with the approximate GELU',
      bent(node('Gelu', ['z'], 'a', g.text('approximate', 'tanh'))),
      'its node “a_node” (Gelu) computes the approximate GELU',
    ],
    [
      'with SiLU',
      bent(node('Sigmoid', ['z'], 's'), node('Mul', ['z', 's'], 'a')),
      'its node “a_node” (Mul) computes a function other than ReLU',
    ],
    [
      'with ReLU up to 6',
      bent(node('Clip', ['z'], 'a', g.float('min', 0), g.float('max', 6))),
      'its node “a_node” (Clip) computes a function',
    ],
    [
      'with dropout as in training',
      {
        nodes: bent(node('Dropout', ['z', 'half', 'yes'], 'r'), node('Relu', ['r'], 'a')),
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
      bent(node('QuantizeLinear', ['z', 'B'], 'a')),
      'its node “a_node” (QuantizeLinear) is part of a quantized network',
    ],
    [
      'with a softmax over the images',
      [LINEAR, node('Softmax', ['z'], 'p', g.integer('axis', 0))],
      'its node “p_node” (Softmax) is not computed over the classes',
    ],
    [
      'that goes on after its softmax',
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
      { nodes: [LINEAR, node('Gemm', ['x', 'T'], 'u')], constants: [turned], outputs: ['z', 'u'] },
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
    await expect(read(parts)).rejects.toThrow(reason);
  });
});

describe('a constant that is made into another type', () => {
  const cast = (values: number[], to: number, type?: number) => {
    const nodes = [
      node('Cast', ['C'], 'd', g.integer('to', to)),
      node('Cast', ['d'], 'D', g.integer('to', 1)),
      node('Gemm', ['x', 'W', 'D'], 'z', g.integer('transB', 1)),
    ];
    return read(nodes, [tensor('C', [2], values, type)]);
  };

  it.each<[string, number[], number, number | undefined]>([
    ['too large for a byte', [257, 1], g.UINT8, g.INT64],
    ['below zero, for a byte', [-1, 1], g.UINT8, undefined],
    ['too large for int8', [128, 1], 3, undefined],
    ['not a number', [NaN, 1], g.INT64, undefined],
    ['without an end', [Infinity, 1], 6, undefined],
    ['too large for float16', [70_000, 1], 10, undefined],
    ['for a type that is not used', [1, 1], 17, undefined],
  ])('is refused if it is %s', async (_what, values, to, type) => {
    await expect(cast(values, to, type)).rejects.toThrow('its node “d_node” (Cast) converts a constant to');
  });

  it('is refused if it is like a kind of integers and may not fit', async () => {
    const nodes = (like: string) => [
      node('CastLike', ['C', like], 'd'),
      node('CastLike', ['d', 'W'], 'D'),
      node('Gemm', ['x', 'W', 'D'], 'z', g.integer('transB', 1)),
    ];
    await expect(read(nodes('I'), [tensor('C', [2], [200.5, 1]), integers('I', 0)])).rejects.toThrow(
      'its node “d_node” (CastLike) converts a constant to',
    );
    expect((await read(nodes('I'), [tensor('C', [2], [7.5, 8]), integers('I', 0)])).layers).toEqual(layerOf());
  });

  it.each<[string, number[], number, number[]]>([
    ['is 1 as a truth unless it is 0', [0.5, 0], 9, [1, 0]],
    ['loses its fraction as a whole number', [-7.9, 7.9], 3, [-7, 7]],
    ['stays the same as another float', [0.5, -7], 11, [0.5, -7]],
  ])('%s', async (_what, values, to, bias) => {
    expect((await cast(values, to)).layers).toEqual(layerOf(1, bias));
  });
});

describe('where the number of pixels is open and several are tried', () => {
  const open = { inputs: [input('x', ['n', 'm'])] };
  const many = node('ConstantOfShape', ['million'], 'c');
  const first = node('Slice', ['d', 'zero', 'one'], 'e');
  const constants = [integers('million', 1_000_000), integers('zero', 0), integers('one', 1)];
  const rest = [first, node('Add', ['x', 'e'], 'u'), linear('u', 'z')];

  it('all attempts together may make only so many numbers out of constants', async () => {
    const ofPixels = [
      node('Shape', ['x'], 's'),
      node('Gather', ['s', 'one'], 'm'),
      node('Cast', ['m'], 'f', g.integer('to', 1)),
      many,
      node('Mul', ['c', 'f'], 'd'),
    ];
    await expect(read({ nodes: [...ofPixels, ...rest], constants, ...open })).rejects.toThrow(
      'its node “d_node” (Mul) computes more numbers from constants than a network needs',
    );
  });

  it('constants that are the same in each attempt are computed once', async () => {
    const same = [many, node('Mul', ['c', 'c'], 'd')];
    expect((await read({ nodes: [...same, ...rest], constants, ...open })).layers).toEqual(layerOf());
  });
});

describe('a linear layer is read', () => {
  it.each<[string, g.NodeParts[] | g.GraphParts]>([
    ['of Gemm', [LINEAR]],
    [
      'of MatMul and Add',
      { nodes: [node('MatMul', ['x', 'T'], 'u'), node('Add', ['B', 'u'], 'z')], constants: [turned] },
    ],
    ['of Gemm and Add', { nodes: [node('Gemm', ['x', 'T'], 'u'), node('Add', ['u', 'B'], 'z')], constants: [turned] }],
    [
      'of a weight that is turned in the graph',
      [node('Transpose', ['W'], 'T'), node('MatMul', ['x', 'T'], 'u'), node('Add', ['u', 'B'], 'z')],
    ],
    [
      'of a weight on the left',
      {
        nodes: [node('Transpose', ['x'], 't'), node('MatMul', ['W', 't'], 'u'), node('Add', ['u', 'C'], 'z')],
        constants: [tensor('C', [2, 1], [7, 8])],
      },
    ],
    [
      'of images as columns',
      {
        nodes: [node('Gemm', ['W', 'x'], 'u'), node('Add', ['u', 'C'], 'z')],
        constants: [tensor('C', [2, 1], [7, 8])],
        inputs: [input('x', [3, 'n'])],
      },
    ],
    [
      'of Gemm with factors',
      {
        nodes: [node('Gemm', ['x', 'H', 'D'], 'z', g.integer('transB', 1), g.float('alpha', 2), g.float('beta', 0.5))],
        constants: [tensor('H', [2, 3], [0.5, 1, 1.5, 2, 2.5, 3]), tensor('D', [2], [14, 16])],
      },
    ],
    [
      'whose constants are inputs too',
      { nodes: [LINEAR], inputs: [input('x', ['n', 3]), input('W', [2, 3]), input('B', [2])] },
    ],
    ['of an input without a shape', { nodes: [LINEAR], inputs: [input('x')] }],
    ['of an input whose sides are all open', { nodes: [LINEAR], inputs: [input('x', ['n', 'm'])] }],
    [
      'of one image without a side for several',
      {
        nodes: [linear('u', 'z'), node('Unsqueeze', ['x', 'first'], 'u')],
        constants: [integers('first', 0)],
        inputs: [input('x', [3])],
        outputs: ['z'],
      },
    ],
    [
      'of images in four sides',
      { nodes: [node('Flatten', ['x'], 'u'), linear('u', 'z')], inputs: [input('x', ['n', 1, 1, 3])] },
    ],
    [
      'with a reshape by the size of the batch',
      {
        nodes: [
          node('Shape', ['x'], 's'),
          node('Gather', ['s', 'zero'], 'n'),
          node('Unsqueeze', ['n', 'axes'], 'm'),
          node('Concat', ['m', 'rest'], 'to', g.integer('axis', 0)),
          node('Reshape', ['x', 'to'], 'u'),
          linear('u', 'z'),
        ],
        constants: [tensor('zero', [], [0], g.INT64), integers('axes', 0), integers('rest', -1)],
        inputs: [input('x', ['n', 1, 3])],
      },
    ],
    [
      'with nodes that change nothing',
      [
        node('Identity', ['x'], 'u'),
        node('Dropout', ['u'], 'v'),
        node('Cast', ['v'], 'w', g.integer('to', 1)),
        linear('w', 'y'),
        node('Identity', ['y'], 'z'),
      ],
    ],
    ['with nodes that no output needs', { nodes: [LINEAR, node('Elu', ['z'], 'u')], outputs: ['z'] }],
    ['in another order of nodes', [node('Identity', ['y'], 'z'), linear('x', 'y')]],
    [
      'with a function of the file',
      {
        nodes: [node('mine.Dense', ['x', 'W', 'B'], 'z', g.integer('turn', 1))],
        functions: [
          g.functionOf('mine', 'Dense', {
            inputs: ['a', 'w', 'b'],
            outputs: ['c'],
            nodes: [node('Gemm', ['a', 'w', 'b'], 'c', g.reference('transB', 'turn'))],
          }),
        ],
      },
    ],
    [
      'in the branch of a condition that is constant',
      {
        nodes: [
          node(
            'If',
            ['yes'],
            'z',
            g.graphAttribute('then_branch', { nodes: [linear('x', 'i')], inputs: [] }),
            g.graphAttribute('else_branch', { nodes: [node('Elu', ['x'], 'i')], inputs: [] }),
          ),
        ],
        constants: [scalar('yes', 1)],
      },
    ],
    [
      'of a convolution as large as the image',
      {
        nodes: [node('Conv', ['x', 'K', 'B'], 'z')],
        constants: [tensor('K', [2, 1, 1, 3], [1, 2, 3, 4, 5, 6])],
        inputs: [input('x', ['n', 1, 1, 3])],
      },
    ],
    ['of Einsum', [node('Einsum', ['x', 'W'], 'u', g.text('equation', 'bi, oi -> bo')), node('Add', ['u', 'B'], 'z')]],
    [
      'of Einsum with the weight before',
      {
        nodes: [node('Einsum', ['T', 'x'], 'u', g.text('equation', 'io,...i->...o')), node('Add', ['u', 'B'], 'z')],
        constants: [turned],
      },
    ],
    [
      'of two that follow each other',
      {
        nodes: [node('Gemm', ['x', 'T'], 'u'), node('Gemm', ['u', 'E', 'B'], 'z')],
        constants: [turned, tensor('E', [2, 2], [1, 0, 0, 1])],
      },
    ],
    [
      'of weights in integers',
      {
        nodes: [
          node('DequantizeLinear', ['Q', 'half', 'three'], 'w', g.integer('axis', 0)),
          node('Gemm', ['x', 'w', 'B'], 'z', g.integer('transB', 1)),
        ],
        constants: [
          tensor('Q', [2, 3], [5, 7, 9, 19, 23, 27], 3),
          tensor('half', [2], [0.5, 0.25]),
          tensor('three', [2], [3, 3], 3),
        ],
      },
    ],
    [
      'with batch normalisation behind it',
      {
        nodes: [
          node('MatMul', ['x', 'H'], 'u'),
          node('BatchNormalization', ['u', 'scale', 'shift', 'mean', 'variance'], 'z', g.float('epsilon', 0)),
        ],
        constants: [
          tensor('H', [3, 2], [0.5, 8, 1, 10, 1.5, 12]),
          tensor('scale', [2], [4, 1]),
          tensor('shift', [2], [9, 9]),
          tensor('mean', [2], [1, 2]),
          tensor('variance', [2], [4, 4]),
        ],
      },
    ],
  ])('%s', async (_what, parts) => {
    const { layers, pixels, activation } = await read(parts);
    expect(layers).toEqual(layerOf());
    expect([pixels, activation]).toEqual([undefined, 'relu']);
  });

  it.each<[string, g.Message]>([
    ['value_floats', g.floatList('value_floats', 7, 8)],
    ['value', g.tensorAttribute('value', tensor('', [2], [7, 8]))],
    ['value_ints', g.integerList('value_ints', 7, 8)],
  ])('with its bias as a constant node: %s', async (_what, attribute) => {
    expect(
      (await read([node('Constant', [], 'C', attribute), node('Gemm', ['x', 'W', 'C'], 'z', g.integer('transB', 1))]))
        .layers,
    ).toEqual(layerOf());
  });

  it('of transposed images, with its weights in the order of the pixels', async () => {
    const nodes = [
      node('Transpose', ['x'], 't', g.integerList('perm', 0, 2, 1)),
      node('Reshape', ['t', 's'], 'u'),
      node('Gemm', ['u', 'M'], 'z'),
    ];
    const { layers } = await read({
      nodes,
      constants: [integers('s', -1, 6), tensor('M', [6, 2], [1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0])],
      inputs: [input('x', ['n', 2, 3])],
    });
    expect(layers[0]!.weight.subarray(0, 6)).toEqual(Float32Array.of(1, 3, 5, 2, 4, 6));
  });
});

describe('the scaling of the pixels is taken from the graph', () => {
  const scaledBy = (...nodes: g.NodeParts[]) => [...nodes, linear('u', 'z')];
  it.each<[string, g.NodeParts[] | g.GraphParts, object | undefined, number, number[]]>([
    [
      '× 1/255',
      { nodes: scaledBy(node('Mul', ['s', 'x'], 'u')), constants: [scalar('s', 1 / 255)] },
      UNIT_PIXELS,
      1,
      [7, 8],
    ],
    [
      '/ 127.5 − 1',
      {
        nodes: scaledBy(node('Div', ['x', 's'], 'v'), node('Sub', ['v', 'one'], 'u')),
        constants: [scalar('s', 127.5), scalar('one', 1)],
      },
      RAW_PIXELS,
      1 / 127.5,
      [7 - 6, 8 - 15],
    ],
    [
      '(x − 0.5) / 0.5',
      { nodes: scaledBy(node('Sub', ['x', 's'], 'v'), node('Div', ['v', 's'], 'u')), constants: [scalar('s', 0.5)] },
      UNIT_PIXELS,
      2,
      [7 - 6, 8 - 15],
    ],
    [
      'of bytes',
      { nodes: scaledBy(node('Cast', ['x'], 'u', g.integer('to', 1))), inputs: [input('x', ['n', 3], g.UINT8)] },
      RAW_PIXELS,
      1,
      [7, 8],
    ],
    [
      'for each pixel',
      { nodes: scaledBy(node('Div', ['x', 's'], 'u')), constants: [tensor('s', [3], [100, 100, 100])] },
      RAW_PIXELS,
      0.01,
      [7, 8],
    ],
    [
      'less the mean',
      { nodes: scaledBy(node('Sub', ['x', 's'], 'u')), constants: [tensor('s', [3], [0.5, 0, 1])] },
      UNIT_PIXELS,
      1,
      [7 - 3.5, 8 - 8],
    ],
    [
      'less the mean of bytes',
      { nodes: scaledBy(node('Sub', ['x', 's'], 'u')), constants: [scalar('s', 32)] },
      RAW_PIXELS,
      1,
      [7 - 192, 8 - 480],
    ],
    [
      'turned light for dark',
      { nodes: scaledBy(node('Sub', ['s', 'x'], 'u')), constants: [scalar('s', 1)] },
      UNIT_PIXELS,
      -1,
      [7 + 6, 8 + 15],
    ],
    [
      'measured by batch normalisation, which leaves it open',
      {
        nodes: scaledBy(node('BatchNormalization', ['x', 's', 'b', 'b', 'v'], 'u', g.float('epsilon', 0))),
        constants: [tensor('s', [3], [1, 1, 1]), tensor('b', [3], [0, 0, 0]), tensor('v', [3], [0.25, 0.25, 0.25])],
      },
      undefined,
      2,
      [7, 8],
    ],
    [
      'by a fourth, which leaves it open',
      { nodes: scaledBy(node('Div', ['x', 's'], 'u')), constants: [scalar('s', 4)] },
      undefined,
      0.25,
      [7, 8],
    ],
    [
      'of scikit-learn',
      scaledBy(node('ai.onnx.ml.Scaler', ['x'], 'u', g.floatList('offset', 1, 1, 1), g.floatList('scale', 2, 2, 2))),
      UNIT_PIXELS,
      2,
      [7 - 12, 8 - 30],
    ],
  ])('%s', async (_what, parts, pixels, factor, bias) => {
    const network = await read(parts);
    expect(network.pixels).toEqual(pixels);
    expect(network.layers).toEqual(layerOf(factor, bias));
  });
});

describe('an activation is recognised', () => {
  const half = scalar('half', 0.5);
  const one = scalar('one', 1);
  const root = scalar('root', Math.SQRT2);
  const erf = [node('Div', ['z', 'root'], 'd'), node('Erf', ['d'], 'e'), node('Add', ['e', 'one'], 'f')];
  it.each<[string, g.NodeParts[], string, number | undefined]>([
    ['Relu', [node('Relu', ['z'], 'a')], 'relu', undefined],
    ['Clip from 0', [node('Clip', ['z', 'zero'], 'a')], 'relu', undefined],
    ['Max with 0', [node('Max', ['zero', 'z'], 'a')], 'relu', undefined],
    ['LeakyRelu without its slope', [node('LeakyRelu', ['z'], 'a')], 'leaky-relu', 0.01],
    ['LeakyRelu of 0.2', [node('LeakyRelu', ['z'], 'a', g.float('alpha', 0.2))], 'leaky-relu', 0.2],
    ['PRelu of one slope', [node('PRelu', ['z', 'slopes'], 'a')], 'leaky-relu', 0.25],
    ['Max of z and a part of it', [node('Mul', ['z', 'half'], 'h'), node('Max', ['z', 'h'], 'a')], 'leaky-relu', 0.5],
    [
      'z where it is positive, else a part of it',
      [node('Greater', ['z', 'zero'], 'g'), node('Mul', ['z', 'half'], 'h'), node('Where', ['g', 'z', 'h'], 'a')],
      'leaky-relu',
      0.5,
    ],
    [
      'z times whether it is positive',
      [node('Greater', ['z', 'zero'], 'g'), node('Cast', ['g'], 'h', g.integer('to', 1)), node('Mul', ['z', 'h'], 'a')],
      'relu',
      undefined,
    ],
    ['Sigmoid', [node('Sigmoid', ['z'], 'a')], 'sigmoid', undefined],
    [
      'sigmoid written out',
      [
        node('Neg', ['z'], 'n'),
        node('Exp', ['n'], 'e'),
        node('Add', ['one', 'e'], 'f'),
        node('Div', ['one', 'f'], 'a'),
      ],
      'sigmoid',
      undefined,
    ],
    ['Tanh', [node('Tanh', ['z'], 'a')], 'tanh', undefined],
    ['Gelu', [node('Gelu', ['z'], 'a')], 'gelu', undefined],
    ['z · f · ½', [...erf, node('Mul', ['z', 'f'], 'p'), node('Mul', ['p', 'half'], 'a')], 'gelu', undefined],
    ['½ z · f', [...erf, node('Mul', ['half', 'z'], 'p'), node('Mul', ['f', 'p'], 'a')], 'gelu', undefined],
    ['z · (½ f)', [...erf, node('Mul', ['half', 'f'], 'p'), node('Mul', ['z', 'p'], 'a')], 'gelu', undefined],
  ])('%s', async (_what, nodes, activation, slope) => {
    const network = await read(bent(...nodes), [
      half,
      one,
      root,
      scalar('zero', 0),
      tensor('slopes', [2], [0.25, 0.25]),
    ]);
    expect([network.activation, network.leakySlope]).toEqual([activation, slope]);
    expect(network.layers).toEqual([
      ...layerOf(),
      { inputs: 2, outputs: 2, weight: Float32Array.of(1, 3, 2, 4), bias: new Float32Array(2) },
    ]);
  });

  it('of ONNX Runtime’s optimised graphs, where it is part of the layer', async () => {
    const fused = node(
      'com.microsoft.FusedGemm',
      ['x', 'W', 'B'],
      'a',
      g.integer('transB', 1),
      g.text('activation', 'LeakyRelu'),
      g.float('activation_alpha', 0.3),
    );
    const network = await read([fused, TO_V]);
    expect([network.activation, network.leakySlope, network.layers[0]]).toEqual(['leaky-relu', 0.3, layerOf()[0]]);
    await expect(
      read([{ ...fused, attributes: [g.integer('transB', 1), g.text('activation', 'Elu')] }, TO_V]),
    ).rejects.toThrow('its node “a_node” (com.microsoft.FusedGemm) has the activation “Elu”');
  });

  it('of scaled units: the scale is folded into the layer before, and what follows into the next one', async () => {
    const { layers, activation } = await read(
      bent(
        node('Mul', ['z', 'half'], 'h'),
        node('Sigmoid', ['h'], 's'),
        node('BatchNormalization', ['s', 'scale', 'shift', 'mean', 'variance'], 'a', g.float('epsilon', 0)),
      ),
      [
        half,
        tensor('scale', [2], [2, 3]),
        tensor('shift', [2], [1, 0]),
        tensor('mean', [2], [0, 1]),
        tensor('variance', [2], [1, 1]),
      ],
    );
    expect(activation).toBe('sigmoid');
    expect(layers[0]).toEqual(layerOf(0.5, [3.5, 4])[0]);
    expect(layers[1]).toEqual({
      inputs: 2,
      outputs: 2,
      weight: Float32Array.of(2, 9, 4, 12),
      bias: Float32Array.of(1 - 9, 2 - 12),
    });
  });
});

it('all of it together is read', async () => {
  const { candidates, ...network } = await importOnnx(RICH_ONNX, 'n.onnx');
  expect(candidates[0]!.layers().map(({ inputs, outputs }) => [inputs, outputs])).toEqual([
    [6, 4],
    [4, 3],
  ]);
  expect(network).toMatchObject({
    activation: 'gelu',
    pixels: UNIT_PIXELS,
    classNames: ['a', 'b', 'c'],
    metadata: { author: 'somebody' },
    notes: [],
  });
});

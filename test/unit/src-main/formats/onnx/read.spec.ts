// The forms that a chain of linear layers may have in a graph.
import { describe, expect, it } from 'vitest';
import { UNIT_PIXELS } from '../../../../../src-main/formats/open/imported-network';
import { importOnnx } from '../../../../../src-main/formats/onnx/read';
import * as g from '../../../../fixtures/onnx-graph';
import { RICH_ONNX } from '../../../../fixtures/rich-onnx';
import { TRANSPOSED_W, linear, LINEAR, readGraph, layerOf } from '../../../../fixtures/small-onnx';

const { node, tensor, scalar, integers, input } = g;

describe('a linear layer is read', () => {
  it.each<[string, g.NodeParts[] | g.GraphParts]>([
    ['of Gemm', [LINEAR]],
    [
      'of MatMul and Add',
      { nodes: [node('MatMul', ['x', 'T'], 'u'), node('Add', ['B', 'u'], 'z')], constants: [TRANSPOSED_W] },
    ],
    [
      'of Gemm and Add',
      { nodes: [node('Gemm', ['x', 'T'], 'u'), node('Add', ['u', 'B'], 'z')], constants: [TRANSPOSED_W] },
    ],
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
        constants: [TRANSPOSED_W],
      },
    ],
    [
      'of two that follow each other',
      {
        nodes: [node('Gemm', ['x', 'T'], 'u'), node('Gemm', ['u', 'E', 'B'], 'z')],
        constants: [TRANSPOSED_W, tensor('E', [2, 2], [1, 0, 0, 1])],
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
    const { layers, pixels, activation } = await readGraph(parts);
    expect(layers).toEqual(layerOf());
    expect([pixels, activation]).toEqual([undefined, 'relu']);
  });

  it.each<[string, g.Message]>([
    ['value_floats', g.floatList('value_floats', 7, 8)],
    ['value', g.tensorAttribute('value', tensor('', [2], [7, 8]))],
    ['value_ints', g.integerList('value_ints', 7, 8)],
  ])('with its bias as a constant node: %s', async (_what, attribute) => {
    expect(
      (
        await readGraph([
          node('Constant', [], 'C', attribute),
          node('Gemm', ['x', 'W', 'C'], 'z', g.integer('transB', 1)),
        ])
      ).layers,
    ).toEqual(layerOf());
  });

  it('of transposed images, with its weights in the order of the pixels', async () => {
    const nodes = [
      node('Transpose', ['x'], 't', g.integerList('perm', 0, 2, 1)),
      node('Reshape', ['t', 's'], 'u'),
      node('Gemm', ['u', 'M'], 'z'),
    ];
    const { layers } = await readGraph({
      nodes,
      constants: [integers('s', -1, 6), tensor('M', [6, 2], [1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0])],
      inputs: [input('x', ['n', 2, 3])],
    });
    expect(layers[0]!.weight.subarray(0, 6)).toEqual(Float32Array.of(1, 3, 5, 2, 4, 6));
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

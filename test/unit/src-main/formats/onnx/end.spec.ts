// What may follow the last linear layer, and scikit-learn's networks as its converter to ONNX writes them.
import { describe, expect, it } from 'vitest';
import { importOnnx } from '../../../../../src-main/formats/onnx/read';
import * as g from '../../../../fixtures/onnx-graph';

const { node, tensor, scalar, integers, input } = g;

const T = tensor('T', [3, 2], [1, 4, 2, 5, 3, 6]);
const B = tensor('B', [2], [7, 8]);
const LINEAR = node('Gemm', ['x', 'T', 'B'], 'z');
const LAYER = { inputs: 3, outputs: 2, weight: Float32Array.of(1, 2, 3, 4, 5, 6), bias: Float32Array.of(7, 8) };
const NOTE =
  'Its graph does not end with softmax. The classes are the same here, but the probabilities are those of softmax.';

async function read(nodes: g.NodeParts[], parts: Partial<g.GraphParts> = {}) {
  const { candidates, ...network } = await importOnnx(
    g.onnxModel({ ...parts, nodes, constants: [T, B, ...(parts.constants ?? [])] }),
    'n.onnx',
  );
  return { ...network, layers: candidates[0]!.layers() };
}

describe('an end is refused', () => {
  it.each<[string, g.NodeParts[], Partial<g.GraphParts>, string]>([
    [
      'that is the number of one class',
      [LINEAR, node('ReduceMax', ['z'], 'm', g.integerList('axes', 1))],
      {},
      'does not end with a linear layer',
    ],
    [
      'that looks for the smallest output',
      [LINEAR, node('ArgMin', ['z'], 'c', g.integer('axis', 1))],
      {},
      'its node “c_node” (ArgMin) cannot be used here',
    ],
    [
      'that compares images',
      [LINEAR, node('ArgMax', ['z'], 'c', g.integer('axis', 0))],
      {},
      'its node “c_node” (ArgMax) is not computed over the classes',
    ],
    [
      'that scales its probabilities one by one',
      [LINEAR, node('Softmax', ['z'], 'p'), node('Mul', ['p', 'B'], 'q')],
      {},
      'its node “q_node” (Mul) follows the end',
    ],
    [
      'that turns the order of its probabilities',
      [LINEAR, node('Softmax', ['z'], 'p'), node('Neg', ['p'], 'q')],
      {},
      'its node “q_node” (Neg) follows the end',
    ],
    [
      'that normalises pixels',
      [node('ai.onnx.ml.Normalizer', ['x'], 'u', g.text('norm', 'L2')), node('Gemm', ['u', 'T', 'B'], 'z')],
      {},
      'its node “u_node” (ai.onnx.ml.Normalizer) cannot be used here',
    ],
    [
      'that names other classes than it has',
      [
        LINEAR,
        node('ArgMax', ['z'], 'c', g.integer('axis', 1)),
        node('ai.onnx.ml.ArrayFeatureExtractor', ['names', 'c'], 'l'),
      ],
      { constants: [g.texts('names', 'a', 'b', 'c')] },
      'it names 3 classes, but its last layer has 2',
    ],
  ])('%s', async (_what, nodes, parts, reason) => {
    await expect(read(nodes, parts)).rejects.toThrow(reason);
  });
});

describe('an end is read', () => {
  const axis = g.integer('axis', 1);
  const keep = [g.integerList('axes', 1), g.integer('keepdims', 1)];
  it.each<[string, g.NodeParts[], string[], string[]]>([
    ['softmax', [node('Softmax', ['z'], 'p', axis)], ['p'], []],
    ['log of softmax', [node('LogSoftmax', ['z'], 'p'), node('Exp', ['p'], 'q')], ['q'], []],
    [
      'softmax written out',
      [
        node('ReduceMax', ['z'], 'm', ...keep),
        node('Sub', ['z', 'm'], 'd'),
        node('Exp', ['d'], 'e'),
        node('ReduceSum', ['e'], 's', ...keep),
        node('Div', ['e', 's'], 'p'),
      ],
      ['p'],
      [],
    ],
    [
      'softmax written out without the largest',
      [node('Exp', ['z'], 'e'), node('ReduceSum', ['e'], 's', ...keep), node('Div', ['e', 's'], 'p')],
      ['p'],
      [],
    ],
    ['outputs and probabilities', [node('Softmax', ['z'], 'p', axis)], ['z', 'p'], []],
    ['the class', [node('ArgMax', ['z'], 'c', axis), node('Cast', ['c'], 'd', g.integer('to', 6))], ['d'], []],
    [
      'the class, and how likely it is',
      [node('Softmax', ['z'], 'p'), node('ArgMax', ['p'], 'c', axis), node('ReduceMax', ['p'], 'm', ...keep)],
      ['m', 'c'],
      [],
    ],
    ['sigmoid', [node('Sigmoid', ['z'], 'p')], ['p'], [NOTE]],
    [
      'log of softmax and a bit',
      [node('Softmax', ['z'], 'p'), node('Add', ['p', 'bit'], 'q'), node('Log', ['q'], 'l')],
      ['l'],
      [NOTE],
    ],
    ['another shape', [node('Softmax', ['z'], 'p'), node('Reshape', ['p', 'shape'], 'q')], ['q'], []],
  ])('%s', async (_what, nodes, outputs, notes) => {
    const network = await read([LINEAR, ...nodes], {
      outputs,
      constants: [scalar('bit', 1e-8), integers('shape', -1, 1, 2)],
    });
    expect(network.layers).toEqual([LAYER]);
    expect(network.notes).toEqual(notes);
  });

  it('negative outputs of which the smallest counts, as a layer with turned signs', async () => {
    const { layers } = await read([LINEAR, node('Neg', ['z'], 'n'), node('Sigmoid', ['n'], 'p')]);
    expect(layers[0]).toMatchObject({
      weight: LAYER.weight.map((value) => -value),
      bias: LAYER.bias.map((value) => -value),
    });
  });
});

describe('of scikit-learn', () => {
  /** Its converter's nodes behind the probabilities “p”. */
  const labels = [
    node('ArgMax', ['p'], 'c', g.integer('axis', 1)),
    node('ai.onnx.ml.ArrayFeatureExtractor', ['classes', 'c'], 'k'),
    node('Cast', ['k'], 'l', g.integer('to', 7)),
    node('Reshape', ['l', 'flat'], 'label'),
  ];
  const hidden = [
    node('Cast', ['x'], 'f', g.integer('to', 1)),
    node('MatMul', ['f', 'T'], 'm'),
    node('Add', ['m', 'B'], 'a'),
    node('Relu', ['a'], 'h'),
    node('MatMul', ['h', 'V'], 'n'),
    node('Add', ['n', 'C'], 'z'),
  ];
  const constants = [tensor('V', [2, 2], [1, 2, 3, 4]), tensor('C', [1, 2], [5, 6]), integers('flat', -1)];
  const zipMap = node('ai.onnx.ml.ZipMap', ['p'], 'map', g.integerList('classlabels_int64s', 3, 7));

  it.each([
    ['with', [zipMap], 'map'],
    ['without', [], 'p'],
  ] as const)('a MLPClassifier is read %s ZipMap, with the names of its classes', async (_what, more, output) => {
    const nodes = [...hidden, node('Softmax', ['z'], 'p', g.integer('axis', 1)), ...labels, ...more];
    const network = await read(nodes, {
      constants: [...constants, tensor('classes', [2], [3, 7], 6)],
      outputs: ['label', output],
      inputs: [input('x', ['n', 'm'])],
    });
    expect(network.layers).toEqual([
      LAYER,
      { inputs: 2, outputs: 2, weight: Float32Array.of(1, 3, 2, 4), bias: Float32Array.of(5, 6) },
    ]);
    expect([network.activation, network.classNames]).toEqual(['relu', ['3', '7']]);
  });

  it('classes that are 0, 1, … need no names', async () => {
    const network = await read([...hidden, node('Softmax', ['z'], 'p', g.integer('axis', 1)), ...labels], {
      constants: [...constants, tensor('classes', [2], [0, 1], 6)],
      outputs: ['label', 'p'],
    });
    expect(network.classNames).toBeUndefined();
  });

  it('classes in another order, as texts are sorted, are put into their order', async () => {
    const network = await read([...hidden, node('Softmax', ['z'], 'p', g.integer('axis', 1)), ...labels], {
      constants: [...constants, g.texts('classes', '1', '0')],
      outputs: ['p', 'k'],
    });
    expect([network.classNames, network.layers[1]!.bias]).toEqual([undefined, Float32Array.of(6, 5)]);
  });

  it('a MLPClassifier of two classes becomes a layer of two outputs, the first of which is always 0', async () => {
    const nodes = [
      node('MatMul', ['x', 'U'], 'm'),
      node('Add', ['m', 'b'], 'a'),
      node('Sigmoid', ['a'], 's'),
      node('Sub', ['one', 's'], 'r'),
      node('Concat', ['r', 's'], 'p', g.integer('axis', 1)),
      ...labels,
    ];
    const network = await read(nodes, {
      constants: [
        tensor('U', [3, 1], [1, 2, 3]),
        tensor('b', [1, 1], [9]),
        scalar('one', 1),
        g.texts('classes', 'no', 'yes'),
        integers('flat', -1),
      ],
      outputs: ['label', 'p'],
    });
    expect(network.layers).toEqual([
      { inputs: 3, outputs: 2, weight: Float32Array.of(0, 0, 0, 1, 2, 3), bias: Float32Array.of(0, 9) },
    ]);
    expect(network.classNames).toEqual(['no', 'yes']);
  });

  it('a LogisticRegression is read behind its StandardScaler', async () => {
    const classifier = node(
      'ai.onnx.ml.LinearClassifier',
      ['u'],
      ['label', 'p'],
      g.floatList('coefficients', 1, 2, 3, 4, 5, 6),
      g.floatList('intercepts', 7, 8),
      g.text('post_transform', 'SOFTMAX'),
      g.textList('classlabels_strings', 'a', 'b'),
    );
    const scaler = node('ai.onnx.ml.Scaler', ['x'], 'u', g.floatList('offset', 1, 1, 1), g.floatList('scale', 2, 2, 2));
    const network = await read(
      [
        scaler,
        classifier,
        node('ai.onnx.ml.Normalizer', ['p'], 'q', g.text('norm', 'L1')),
        node('ai.onnx.ml.ZipMap', ['q'], 'map', g.textList('classlabels_strings', 'a', 'b')),
      ],
      { outputs: ['label', 'map'], inputs: [input('x', ['n', 'm'])] },
    );
    expect(network.layers).toEqual([
      { ...LAYER, weight: LAYER.weight.map((value) => 2 * value), bias: Float32Array.of(7 - 12, 8 - 30) },
    ]);
    expect([network.classNames, network.notes]).toEqual([['a', 'b'], []]);
  });
});

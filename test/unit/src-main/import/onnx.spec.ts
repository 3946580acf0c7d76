// Graphs laid together node by node: what a chain of linear layers may look like, and what is none.
import { describe, expect, it } from 'vitest';
import { float32Bytes } from '../../../../src-main/export/float32';
import { MessageWriter } from '../../../../src-main/export/protobuf-writer';
import { importOnnx } from '../../../../src-main/import/onnx';
import { inFirstOrder } from '../../../fixtures/opened-network';

type Attribute = MessageWriter;
interface NodeParts {
  op: string;
  inputs: string[];
  output: string;
  attributes?: Attribute[];
  domain?: string;
}

const message = () => new MessageWriter();
const tensor = (name: string, shape: number[], values: number[]) => {
  const writer = message();
  for (const side of shape) writer.integer(1, side);
  return writer.integer(2, 1).text(8, name).bytes(9, float32Bytes(Float32Array.from(values)));
};
const floatOf = (name: string, value: number): Attribute => message().text(1, name).float(2, value);
const integerOf = (name: string, value: number): Attribute => message().text(1, name).integer(3, value);
const textOf = (name: string, value: string): Attribute => message().text(1, name).text(4, value);
const node = (op: string, inputs: string[], output: string, ...attributes: Attribute[]): NodeParts => ({ op, inputs, output, attributes });

/** [2, 3], [2]: what fits `LINEAR`. */
const W = tensor('W', [2, 3], [1, 2, 3, 4, 5, 6]);
const B = tensor('B', [2], [7, 8]);
const V = tensor('V', [2, 2], [1, 2, 3, 4]);
const LINEAR = node('Gemm', ['x', 'W', 'B'], 'z', integerOf('transB', 1));

function model(nodes: NodeParts[], constants = [W, B, V], inputs = ['x'], output = nodes.at(-1)?.output ?? 'x'): Uint8Array {
  const graph = message();
  for (const { op, inputs: names, output: result, attributes = [], domain } of nodes) {
    const writer = message();
    for (const name of names) writer.text(1, name);
    writer.text(2, result).text(4, op);
    for (const attribute of attributes) writer.message(5, attribute);
    graph.message(1, domain === undefined ? writer : writer.text(7, domain));
  }
  for (const constant of constants) graph.message(5, constant);
  for (const input of inputs) graph.message(11, message().text(1, input));
  return message().integer(1, 7).message(7, graph.message(12, message().text(1, output))).finish();
}

const read = (...args: Parameters<typeof model>) => inFirstOrder(importOnnx(model(...args), 'n.onnx'));
const scalar = (name: string, value: number) => tensor(name, [], [value]);
const TO_V = node('Gemm', ['a', 'V'], 'y');
/** Linear, an activation, linear. */
const bent = (...bend: NodeParts[]) => [LINEAR, ...bend, TO_V];

describe('a graph is refused', () => {
  it.each<[string, Parameters<typeof model>, string]>([
    ['without nodes', [[]], 'does not end with a linear layer'],
    ['with two inputs', [[LINEAR], [W, B], ['x', 'u']], 'its graph has 2 inputs, where one is expected'],
    ['with a weight that is no constant', [[LINEAR], [B]], '“W” is no constant'],
    ['with two constants of one name', [[LINEAR], [W, W, B]], 'two of its constants are named “W”'],
    ['with a weight in another file', [[LINEAR], [tensor('W', [2, 3], []).integer(14, 1), B]], 'its array “W” lies in another file'],
    ['with a weight that lies', [[LINEAR], [tensor('W', [2, 3], [1, 2]), B]], 'has 8 bytes, where its shape and type promise 24'],
    ['with a weight of NaN', [[LINEAR], [tensor('W', [2, 3], [1, 2, 3, 4, NaN, 6]), B]], 'holds NaN'],
    ['with a bias of another size', [[LINEAR], [W, tensor('B', [3], [1, 2, 3])]], 'its bias “B” has the shape [3], where [2] is expected'],
    ['with a factor in Gemm', [[node('Gemm', ['x', 'W'], 'z', integerOf('transB', 1), floatOf('alpha', 2))]], 'does more than a linear layer'],
    ['with nodes beside the chain', [[LINEAR, node('Relu', ['W'], 'u')], [W, B], ['x'], 'z'], 'has nodes beside the chain'],
    ['that branches', [[LINEAR, node('Relu', ['z'], 'u'), node('Tanh', ['z'], 'v')]], 'its graph branches'],
    ['that goes in a circle of nodes without effect', [[node('Identity', ['x'], 'u'), node('Identity', ['u'], 'x')]], 'leads in a circle'],
    ['with another scaling of the pixels', [[node('Div', ['x', 's'], 'u'), node('Gemm', ['u', 'W'], 'z', integerOf('transB', 1))], [W, scalar('s', 256)]], 'scaled in another way than divided by 255'],
    ['with another slope of leaky ReLU', [bent(node('LeakyRelu', ['z'], 'a', floatOf('alpha', 0.2)))], 'its node LeakyRelu is none of a chain'],
    ['with the approximate GELU', [bent(node('Gelu', ['z'], 'a', textOf('approximate', 'tanh')))], 'its node Gelu is none of a chain'],
    ['with an operator of somebody’s own', [bent({ op: 'Relu', inputs: ['z'], output: 'a', domain: 'mine' })], 'its node mine.Relu is none of a chain'],
    ['with a softmax over the images', [[LINEAR, node('Softmax', ['z'], 'p', integerOf('axis', 0))]], 'its Softmax does not go along the classes'],
    ['that goes on after its softmax', [[LINEAR, node('Softmax', ['z'], 'p'), node('Relu', ['p'], 'q')]], 'its graph goes on after Softmax'],
    ['whose end is no output', [[LINEAR], [W, B], ['x'], 'u'], 'is no output of the graph'],
    ['with layers that do not fit', [bent(node('Relu', ['z'], 'a')), [W, B, tensor('V', [3, 2], [1, 2, 3, 4, 5, 6])]], 'its weight “V” takes 3 numbers, but the layer before gives 2'],
  ])('%s', (_what, parts, reason) => {
    expect(() => read(...parts)).toThrow(reason);
  });
});

describe('a graph is read', () => {
  it.each<[string, Parameters<typeof model>]>([
    ['of Gemm', [[LINEAR]]],
    ['of MatMul and Add', [[node('MatMul', ['x', 'T'], 'u'), node('Add', ['B', 'u'], 'z')], [tensor('T', [3, 2], [1, 4, 2, 5, 3, 6]), B]]],
    ['whose constants are inputs too', [[LINEAR], [W, B], ['x', 'W', 'B']]],
    ['whose pixels are multiplied by 1/255', [[node('Mul', ['s', 'x'], 'u'), node('Gemm', ['u', 'W', 'B'], 'z', integerOf('transB', 1))], [W, B, scalar('s', 1 / 255)]]],
    ['with nodes that change nothing', [[node('Flatten', ['x'], 'u'), node('Gemm', ['u', 'W', 'B'], 'y', integerOf('transB', 1)), node('Identity', ['y'], 'z'), node('LogSoftmax', ['z'], 'p')]]],
    ['with a Constant node', [[node('Constant', [], 'W', message().text(1, 'value').message(5, W)), LINEAR], [B]]],
  ])('%s', (what, parts) => {
    const { layers, pixelScaling } = read(...parts);
    expect(layers).toEqual([{ inputs: 3, outputs: 2, weight: Float32Array.of(1, 2, 3, 4, 5, 6), bias: Float32Array.of(7, 8) }]);
    expect(pixelScaling).toBe(what.includes('1/255') ? 'stated' : 'assumed');
  });

  it('with the operator Gelu, and with no bias where there is none', () => {
    const { layers, activation } = read(bent(node('Gelu', ['z'], 'a')));
    expect(activation).toBe('gelu');
    expect(layers[1]).toEqual({ inputs: 2, outputs: 2, weight: Float32Array.of(1, 3, 2, 4), bias: new Float32Array(2) });
  });
});

// Exports a network as ONNX (IR 7, operator set 13, supported by ONNX Runtime since 1.6): Gemm, activation, Gemm, …,
// Softmax. Field numbers as in https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
import type { LayerWeights } from '../../../src-shared/networks/layers';
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import type { Activation } from '../../../src-shared/settings/settings';
import { float32Bytes } from '../save/float32';
import { metadataTexts, networkMetadata } from '../save/metadata';
import { chunksOf, type Chunk } from '../save/chunks';
import { MessageWriter } from '../protobuf/write';

const IR_VERSION = 7;
const OPERATOR_SET = 13;
const FLOAT = 1;

/** The nodes are in the order of evaluation. */
interface Graph {
  nodes: MessageWriter[];
  constants: MessageWriter[];
}

/**
 * Input `pixels` [batch, rows × columns], outputs `logits` and `probabilities` [batch, classes]. The same network
 * always gives the same bytes.
 * @param rawPixels if true, the graph takes pixels from 0 to 255 and divides them itself; otherwise from 0 to 1
 */
export function onnxChunks(checkpoint: Checkpoint, appVersion: string, rawPixels = false): Iterable<Chunk> {
  const { layers, activation, settings, dataset } = checkpoint;
  const graph: Graph = { nodes: [], constants: [] };
  let signal = 'pixels';
  if (rawPixels) signal = addNode(graph, 'Div', [signal, addScalar(graph, 'largest_pixel', 255)], 'scaled_pixels');
  layers.forEach((layer, k) => {
    const isLast = k === layers.length - 1;
    signal = addLinear(graph, layer, k + 1, signal, isLast ? 'logits' : `fc${k + 1}.output`);
    if (!isLast) signal = ACTIVATIONS[activation](graph, signal, `act${k + 1}`, settings.leakySlope);
  });
  addNode(graph, 'Softmax', [signal], 'probabilities', integerAttribute('axis', -1));

  const body = new MessageWriter();
  for (const node of graph.nodes) body.message(1, node);
  body.text(2, 'mnist_network');
  for (const constant of graph.constants) body.message(5, constant);
  const classes = layers.at(-1)!.outputs;
  body
    .message(11, valueInfo('pixels', layers[0]!.inputs))
    .message(12, valueInfo('logits', classes))
    .message(12, valueInfo('probabilities', classes));

  const model = new MessageWriter().integer(1, IR_VERSION).text(2, 'MNIST Studio').text(3, appVersion).message(7, body);
  model.message(8, new MessageWriter().text(1, '').integer(2, OPERATOR_SET));
  const input =
    `[batch, ${dataset.rows} × ${dataset.columns}] ` +
    `${rawPixels ? 'pixels from 0 to 255: the graph divides them by 255' : 'pixel / 255'}`;
  for (const [key, value] of Object.entries({ ...metadataTexts(networkMetadata(checkpoint, appVersion)), input })) {
    model.message(14, new MessageWriter().text(1, key).text(2, value));
  }
  return chunksOf(model.parts);
}

/** Each adds its nodes and returns the name of their output. */
const ACTIVATIONS: Record<Activation, (graph: Graph, input: string, name: string, leakySlope: number) => string> = {
  relu: (graph, input, name) => addNode(graph, 'Relu', [input], name),
  'leaky-relu': (graph, input, name, leakySlope) =>
    addNode(graph, 'LeakyRelu', [input], name, floatAttribute('alpha', leakySlope)),
  sigmoid: (graph, input, name) => addNode(graph, 'Sigmoid', [input], name),
  tanh: (graph, input, name) => addNode(graph, 'Tanh', [input], name),
  // Operator set 13 has no Gelu (new in 20): composed as z (1 + erf(z / √2)) · ½.
  gelu(graph, input, name) {
    const divided = addNode(graph, 'Div', [input, addScalar(graph, `${name}.sqrt2`, Math.SQRT2)], `${name}.divided`);
    const error = addNode(graph, 'Erf', [divided], `${name}.erf`);
    const raised = addNode(graph, 'Add', [error, addScalar(graph, `${name}.one`, 1)], `${name}.raised`);
    const product = addNode(graph, 'Mul', [input, raised], `${name}.product`);
    return addNode(graph, 'Mul', [product, addScalar(graph, `${name}.half`, 0.5)], name);
  },
};

/** transB, because the weights are [out, in]. */
function addLinear(
  graph: Graph,
  { weight, bias, inputs, outputs }: LayerWeights,
  number: number,
  input: string,
  output: string,
): string {
  const name = `fc${number}`;
  graph.constants.push(tensor(`${name}.weight`, [outputs, inputs], weight), tensor(`${name}.bias`, [outputs], bias));
  return addNode(graph, 'Gemm', [input, `${name}.weight`, `${name}.bias`], output, integerAttribute('transB', 1));
}

function addNode(
  { nodes }: Graph,
  operator: string,
  inputs: string[],
  output: string,
  attribute?: MessageWriter,
): string {
  const node = new MessageWriter();
  for (const input of inputs) node.text(1, input);
  node.text(2, output).text(3, `${output}/${operator}`).text(4, operator);
  nodes.push(attribute ? node.message(5, attribute) : node);
  return output;
}

function addScalar({ constants }: Graph, name: string, value: number): string {
  constants.push(tensor(name, [], Float32Array.of(value)));
  return name;
}

function tensor(name: string, shape: readonly number[], values: Float32Array): MessageWriter {
  const message = new MessageWriter();
  for (const side of shape) message.integer(1, side);
  return message.integer(2, FLOAT).text(8, name).bytes(9, float32Bytes(values));
}

function integerAttribute(name: string, value: number): MessageWriter {
  return new MessageWriter().text(1, name).integer(3, value).integer(20, 2);
}

function floatAttribute(name: string, value: number): MessageWriter {
  return new MessageWriter().text(1, name).float(2, value).integer(20, 1);
}

/** float32 of shape [batch, size]. */
function valueInfo(name: string, size: number): MessageWriter {
  const shape = new MessageWriter()
    .message(1, new MessageWriter().text(2, 'batch'))
    .message(1, new MessageWriter().integer(1, size));
  const type = new MessageWriter().message(1, new MessageWriter().integer(1, FLOAT).message(2, shape));
  return new MessageWriter().text(1, name).message(2, type);
}

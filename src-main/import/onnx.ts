// A network out of ONNX: follows the graph from the pixels to the end, and takes nothing but a chain of linear layers with one activation.
import type { LayerWeights } from '../../src-shared/contract';
import type { Activation } from '../../src-shared/settings';
import { HIDDEN_FIELD } from '../../src-shared/settings-fields';
import { transposed } from '../export/transposed';
import { onlyCandidate, UNIT_PIXELS, refusal, type NetworkFile, type NumberArray } from './imported-network';
import { assembleNetwork, metadataFromTexts } from './network-metadata';
import { readOnnxModel, readTensor, type OnnxModel, type OnnxNode } from './onnx-model';

/** These change nothing where a trained network is used. */
const WITHOUT_EFFECT = ['Identity', 'Dropout'];
/** These only make rows of pixels out of images, and may stand before the first layer. */
const TO_ROWS = ['Flatten', 'Reshape', 'Squeeze'];
const ENDS = ['Softmax', 'LogSoftmax'];
const PLAIN_ACTIVATIONS: Record<string, Activation> = { Relu: 'relu', Sigmoid: 'sigmoid', Tanh: 'tanh' };
const LEAK = 0.01;
/** Relative: constants are float32. */
const TOLERANCE = 1e-6;

/** Throws file-unreadable. */
export function importOnnx(bytes: Uint8Array, file: string): NetworkFile {
  const model = readOnnxModel(bytes, file);
  const chain = new Chain(model, file).follow();
  return assembleNetwork(file, onlyCandidate(chain.layers), metadataFromTexts(model.metadata), [], { activation: chain.activation, pixels: chain.scaled ? UNIT_PIXELS : undefined });
}

/** The way of the signal through the graph. */
class Chain {
  readonly layers: LayerWeights[] = [];
  activation: Activation | undefined;
  /** Whether pixels from 0 to 255 are divided by 255 in the graph. */
  scaled = false;
  private readonly users = new Map<string, OnnxNode[]>();
  private followed = 0;
  private signal: string;
  /** Whether the signal comes out of a linear layer as it is. */
  private afterLinear = false;

  constructor(
    private readonly model: OnnxModel,
    private readonly file: string,
  ) {
    const [input, ...others] = model.inputs;
    if (input === undefined || others.length > 0) throw this.refuse(`its graph has ${model.inputs.length} inputs, where one is expected`);
    this.signal = input;
    for (const node of model.nodes) {
      for (const name of new Set(node.inputs)) this.users.set(name, [...(this.users.get(name) ?? []), node]);
    }
  }

  follow(): this {
    for (let users = this.next(); users.length > 0; users = this.next()) this.step(users);
    if (this.layers.length === 0 || !this.afterLinear) throw this.refuse('its graph does not end with a linear layer, or with one and a softmax');
    if (this.followed !== this.model.nodes.length) throw this.refuse('its graph has nodes beside the chain of its layers');
    if (!this.model.outputs.includes(this.signal)) throw this.refuse('what comes out of its last node is no output of the graph');
    return this;
  }

  private next(): OnnxNode[] {
    // Each node is followed once; a graph that leads in a circle would go on for ever.
    if (this.followed > this.model.nodes.length) throw this.refuse('its graph leads in a circle');
    return this.users.get(this.signal) ?? [];
  }

  private step(users: readonly OnnxNode[]): void {
    const [node, other] = users;
    if (other) return this.takeErfGelu(users);
    const { operator } = node!;
    if (WITHOUT_EFFECT.includes(operator) || (TO_ROWS.includes(operator) && this.layers.length === 0)) this.pass(node!);
    else if (operator === 'Gemm' || operator === 'MatMul') this.takeLinear(node!);
    else if ((operator === 'Mul' || operator === 'Div') && this.layers.length === 0) this.takeScaling(node!);
    else if (ENDS.includes(operator)) this.takeEnd(node!);
    else this.takeActivation(node!, this.activationOf(node!));
  }

  private pass(node: OnnxNode): void {
    this.followed++;
    if (node.inputs[0] !== this.signal && node.inputs[1] !== this.signal) throw this.refuse(`its node ${node.operator} takes the signal in an unexpected place`);
    this.signal = node.outputs[0] ?? '';
  }

  private takeLinear(node: OnnxNode): void {
    if (this.afterLinear) throw this.refuse('two of its linear layers follow each other without an activation');
    if (this.layers.length > HIDDEN_FIELD.maxLayers) throw this.refuse(`it has more than ${HIDDEN_FIELD.maxLayers + 1} layers, which are the most that can be used`);
    if (node.inputs[0] !== this.signal) throw this.refuse(`its node ${node.operator} multiplies in an unexpected order`);
    const weight = this.constant(node.inputs[1]);
    if (weight.shape.length !== 2) throw this.refuse(`its weight “${weight.name}” has not two sides`);
    const [rows, columns] = weight.shape as [number, number];
    const isTransposed = node.operator === 'Gemm' && this.readGemm(node);
    const [inputs, outputs] = isTransposed ? [columns, rows] : [rows, columns];
    if (this.layers.length > 0 && this.layers.at(-1)!.outputs !== inputs) throw this.refuse(`its weight “${weight.name}” takes ${inputs} numbers, but the layer before gives ${this.layers.at(-1)!.outputs}`);
    this.pass(node);
    const bias = node.operator === 'Gemm' ? node.inputs[2] && this.constant(node.inputs[2]) : this.takeAddedBias();
    if (bias && (bias.values.length !== outputs || bias.shape.at(-1) !== outputs)) throw this.refuse(`its bias “${bias.name}” has the shape [${bias.shape.join(', ')}], where [${outputs}] is expected`);
    this.layers.push({ weight: isTransposed ? weight.values : transposed(weight.values, inputs, outputs), bias: bias ? bias.values : new Float32Array(outputs), inputs, outputs });
    this.afterLinear = true;
  }

  /** @returns whether the weight is [out, in] */
  private readGemm({ attributes }: OnnxNode): boolean {
    const [alpha, beta] = [attributes.get('alpha')?.float ?? 1, attributes.get('beta')?.float ?? 1];
    if (alpha !== 1 || beta !== 1 || attributes.get('transA')?.integer) throw this.refuse('one of its nodes Gemm does more than a linear layer: alpha, beta or transA are set');
    return attributes.get('transB')?.integer === 1;
  }

  /** MatMul knows no bias: Add after it does. */
  private takeAddedBias(): NumberArray | undefined {
    const users = this.next();
    const node = users[0];
    if (users.length !== 1 || node!.operator !== 'Add') return undefined;
    const bias = this.constant(node!.inputs.find((name) => name !== this.signal));
    this.pass(node!);
    return bias;
  }

  private takeScaling(node: OnnxNode): void {
    const factor = this.scalar(node);
    const expected = node.operator === 'Div' ? 255 : 1 / 255;
    const inPlace = node.operator === 'Mul' || node.inputs[0] === this.signal;
    if (this.scaled || !inPlace || factor === undefined || !isAbout(factor, expected)) throw this.refuse('its pixels are scaled in another way than divided by 255');
    this.pass(node);
    this.scaled = true;
  }

  private takeEnd(node: OnnxNode): void {
    const axis = node.attributes.get('axis')?.integer ?? -1;
    if (axis !== -1 && axis !== 1) throw this.refuse(`its ${node.operator} does not go along the classes`);
    if (!this.afterLinear) throw this.refuse(`its ${node.operator} does not follow a linear layer`);
    this.pass(node);
    if (this.next().length > 0) throw this.refuse(`its graph goes on after ${node.operator}`);
  }

  private activationOf({ operator, attributes }: OnnxNode): Activation {
    const plain = Object.hasOwn(PLAIN_ACTIVATIONS, operator) ? PLAIN_ACTIVATIONS[operator] : undefined;
    if (plain) return plain;
    if (operator === 'LeakyRelu' && isAbout(attributes.get('alpha')?.float ?? LEAK, LEAK)) return 'leaky-relu';
    if (operator === 'Gelu' && (attributes.get('approximate')?.text ?? 'none') === 'none') return 'gelu';
    throw this.refuse(`its node ${operator} is none of a chain of linear layers with ReLU, leaky ReLU (0.01), sigmoid, tanh or GELU`);
  }

  private takeActivation(node: OnnxNode, activation: Activation): void {
    this.noteActivation(activation);
    this.pass(node);
  }

  private noteActivation(activation: Activation): void {
    if (!this.afterLinear) throw this.refuse(`its activation ${activation} does not follow a linear layer`);
    if (this.activation !== undefined && this.activation !== activation) throw this.refuse(`it has two activations, ${this.activation} and ${activation}, where one is expected`);
    this.activation = activation;
    this.afterLinear = false;
  }

  /** z (1 + erf(z / √2)) / 2, as programs write it that do not know the operator Gelu. */
  private takeErfGelu(users: readonly OnnxNode[]): void {
    const z = this.signal;
    const divide = users.find(({ operator }) => operator === 'Div');
    const multiply = users.find(({ operator }) => operator === 'Mul');
    if (users.length !== 2 || !divide || !multiply) throw this.refuse('its graph branches, where one chain is expected');
    this.noteActivation('gelu');
    this.takeConstantStep(divide, 'Div', Math.SQRT2);
    this.takeOnly('Erf');
    this.takeConstantStep(this.only('Add'), 'Add', 1);
    const product = this.only('Mul');
    if (product !== multiply || !multiply.inputs.includes(z)) throw this.refuse('its graph branches, where one chain is expected');
    this.pass(multiply);
    this.takeConstantStep(this.only('Mul'), 'Mul', 0.5);
  }

  private takeOnly(operator: string): void {
    this.pass(this.only(operator));
  }

  private only(operator: string): OnnxNode {
    const [node, ...others] = this.next();
    if (!node || others.length > 0 || node.operator !== operator) throw this.refuse(`its graph branches, or has ${node?.operator ?? 'nothing'} where GELU has ${operator}`);
    return node;
  }

  private takeConstantStep(node: OnnxNode, operator: string, expected: number): void {
    const value = this.scalar(node);
    if (value === undefined || !isAbout(value, expected)) throw this.refuse(`its node ${operator} of a GELU has ${value} where ${expected} is expected`);
    this.pass(node);
  }

  /** The constant beside the signal, where it is one number. */
  private scalar({ inputs }: OnnxNode): number | undefined {
    const { values } = this.constant(inputs.find((name) => name !== this.signal));
    return values.length === 1 ? values[0] : undefined;
  }

  private constant(name: string | undefined): NumberArray {
    const tensor = name === undefined ? undefined : this.model.constants.get(name);
    if (!tensor) throw this.refuse(`“${name ?? ''}” is no constant, as a weight is expected to be`);
    return readTensor(tensor, this.file);
  }

  private refuse(reason: string): Error {
    return refusal(this.file, reason);
  }
}

function isAbout(value: number, expected: number): boolean {
  return Math.abs(value - expected) <= TOLERANCE * expected;
}

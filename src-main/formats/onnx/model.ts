// Parses an ONNX file into nodes, constants, inputs, outputs and metadata. Constants stay undecoded until they are
// used. Field numbers as in https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
import { refusal } from '../open/imported-network';
import { fieldsOf, MessageError } from '../protobuf/read';
import {
  bytesOf,
  entryOf,
  firstText,
  floatListOf,
  floatOf,
  integerOf,
  signedListOf,
  signedOf,
  textOf,
} from './message-fields';
import { readTensorMessage, type TensorMessage } from './tensor-message';

export interface OnnxNode {
  /** May be empty. */
  name: string;
  /** Prefixed with its domain unless that is ONNX's own, such as com.microsoft.FusedMatMul. */
  operator: string;
  /** An empty name is an omitted optional input. */
  inputs: string[];
  outputs: string[];
  attributes: Map<string, OnnxAttribute>;
}

export interface OnnxAttribute {
  integer?: number;
  float?: number;
  text?: string;
  tensor?: TensorMessage;
  /** A branch of If or the body of Loop: a GraphProto, parsed when it is needed. */
  graph?: Uint8Array;
  integers: number[];
  floats: number[];
  texts: string[];
  /** In a function: the name of the call's attribute whose value this one takes. */
  reference?: string;
}

export interface OnnxInput {
  name: string;
  /** Number of the TensorProto.DataType; 0 if the file does not say. */
  type: number;
  /** If undefined, the file does not say. A dimension that is undefined may have any length. */
  shape: (number | undefined)[] | undefined;
}

export interface OnnxGraph {
  nodes: OnnxNode[];
  constants: Map<string, TensorMessage>;
  /** Without inputs that are also constants. */
  inputs: OnnxInput[];
  outputs: string[];
}

export interface OnnxFunction {
  inputs: string[];
  outputs: string[];
  nodes: OnnxNode[];
  /** Defaults of attributes that a call may omit. */
  defaults: Map<string, OnnxAttribute>;
}

export interface OnnxModel {
  graph: OnnxGraph;
  /** By the operator name that calls them. */
  functions: Map<string, OnnxFunction>;
  /** Version of ONNX's own operator set. */
  operatorSet: number;
  metadata: Record<string, string>;
}

const MAX_NODES = 5000;
/** Nesting of If nodes. */
export const DEEPEST_BRANCH = 20;

/** Throws file-unreadable. */
export function readOnnxModel(bytes: Uint8Array, file: string): OnnxModel {
  return readMessage(file, () => readModel(bytes, file));
}

const SUBGRAPHS = new WeakMap<Uint8Array, OnnxGraph>();

/** The graph in an attribute of If. The same bytes give the same object. Throws file-unreadable. */
export function readSubgraph(bytes: Uint8Array, file: string): OnnxGraph {
  const graph = SUBGRAPHS.get(bytes) ?? readMessage(file, () => readGraph(bytes, file));
  SUBGRAPHS.set(bytes, graph);
  return graph;
}

function readMessage<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof MessageError) throw notOnnx(file);
    throw error;
  }
}

function notOnnx(file: string): Error {
  return refusal(file, 'it is not an ONNX file, or it is damaged');
}

function readModel(bytes: Uint8Array, file: string): OnnxModel {
  let graph: OnnxGraph | undefined;
  let operatorSet = 1;
  const functions = new Map<string, OnnxFunction>();
  const metadata: Record<string, string> = {};
  for (const field of fieldsOf(bytes)) {
    if (field.number === 7) {
      if (graph) throw notOnnx(file);
      graph = readGraph(bytesOf(field), file);
    } else if (field.number === 8) {
      if (isOwnDomain(firstText(bytesOf(field), 1))) operatorSet = versionOf(bytesOf(field));
    } else if (field.number === 14) {
      const { key, value } = entryOf(bytesOf(field));
      if (Object.hasOwn(metadata, key) || key === '__proto__')
        throw refusal(file, `its metadata contains the name “${key}” twice`);
      metadata[key] = value;
    } else if (field.number === 25) {
      const { operator, ...definition } = readFunction(bytesOf(field), file);
      functions.set(operator, definition);
    }
  }
  if (!graph) throw notOnnx(file);
  return { graph, functions, operatorSet, metadata };
}

function readGraph(bytes: Uint8Array, file: string): OnnxGraph {
  const graph: OnnxGraph = { nodes: [], constants: new Map(), inputs: [], outputs: [] };
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) addNode(graph.nodes, readNode(bytesOf(field)), file);
    else if (field.number === 5) addConstant(graph.constants, readTensorMessage(bytesOf(field)), file);
    else if (field.number === 11) graph.inputs.push(readInput(bytesOf(field)));
    else if (field.number === 12) graph.outputs.push(firstText(bytesOf(field), 1));
    else if (field.number === 15) throw refusal(file, 'its weights are sparse: expected plain ones');
  }
  graph.inputs = graph.inputs.filter(({ name }) => !graph.constants.has(name));
  return graph;
}

function addNode(nodes: OnnxNode[], node: OnnxNode, file: string): void {
  if (nodes.push(node) > MAX_NODES) throw refusal(file, `its graph has more than ${MAX_NODES} nodes`);
}

function addConstant(constants: Map<string, TensorMessage>, tensor: TensorMessage, file: string): void {
  if (constants.has(tensor.name)) throw refusal(file, `two of its constants are named “${tensor.name}”`);
  constants.set(tensor.name, tensor);
}

function readNode(bytes: Uint8Array): OnnxNode {
  const node: OnnxNode = { name: '', operator: '', inputs: [], outputs: [], attributes: new Map() };
  let domain = '';
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) node.inputs.push(textOf(field));
    else if (field.number === 2) node.outputs.push(textOf(field));
    else if (field.number === 3) node.name = textOf(field);
    else if (field.number === 4) node.operator = textOf(field);
    else if (field.number === 7) domain = textOf(field);
    else if (field.number === 5) node.attributes.set(firstText(bytesOf(field), 1), readAttribute(bytesOf(field)));
  }
  node.operator = qualified(domain, node.operator);
  return node;
}

function readAttribute(bytes: Uint8Array): OnnxAttribute {
  const attribute: OnnxAttribute = { integers: [], floats: [], texts: [] };
  for (const field of fieldsOf(bytes)) {
    if (field.number === 2) attribute.float = floatOf(field);
    else if (field.number === 3) attribute.integer = signedOf(field);
    else if (field.number === 4) attribute.text = textOf(field);
    else if (field.number === 5) attribute.tensor = readTensorMessage(bytesOf(field));
    else if (field.number === 6) attribute.graph = bytesOf(field);
    else if (field.number === 7) for (const value of floatListOf(field)) attribute.floats.push(value);
    else if (field.number === 8) for (const value of signedListOf(field)) attribute.integers.push(value);
    else if (field.number === 9) attribute.texts.push(textOf(field));
    else if (field.number === 21) attribute.reference = textOf(field);
  }
  return attribute;
}

function readInput(bytes: Uint8Array): OnnxInput {
  const input: OnnxInput = { name: firstText(bytes, 1), type: 0, shape: undefined };
  for (const tensor of messagesAt(bytes, 2, 1)) {
    for (const field of fieldsOf(tensor)) {
      if (field.number === 1) input.type = Number(integerOf(field));
      else if (field.number === 2) input.shape = messagesAt(bytesOf(field), 1).map(sideOf);
    }
  }
  return input;
}

function sideOf(dimension: Uint8Array): number | undefined {
  for (const field of fieldsOf(dimension))
    if (field.number === 1) return signedOf(field) > 0 ? signedOf(field) : undefined;
  return undefined;
}

/** All messages at this path of field numbers. */
function messagesAt(message: Uint8Array, number: number, ...further: number[]): Uint8Array[] {
  const found = [...fieldsOf(message)].filter((field) => field.number === number).map(bytesOf);
  const [next, ...rest] = further;
  return next === undefined ? found : found.flatMap((inner) => messagesAt(inner, next, ...rest));
}

function readFunction(bytes: Uint8Array, file: string): OnnxFunction & { operator: string } {
  const definition = {
    operator: '',
    inputs: [] as string[],
    outputs: [] as string[],
    nodes: [] as OnnxNode[],
    defaults: new Map<string, OnnxAttribute>(),
  };
  for (const field of fieldsOf(bytes)) {
    if (field.number === 4) definition.inputs.push(textOf(field));
    else if (field.number === 5) definition.outputs.push(textOf(field));
    else if (field.number === 7) addNode(definition.nodes, readNode(bytesOf(field)), file);
    else if (field.number === 11) definition.defaults.set(firstText(bytesOf(field), 1), readAttribute(bytesOf(field)));
  }
  return { ...definition, operator: qualified(firstText(bytes, 10), firstText(bytes, 1)) };
}

function versionOf(operatorSet: Uint8Array): number {
  for (const field of fieldsOf(operatorSet)) if (field.number === 2) return signedOf(field);
  return 1;
}

/** Operators of other domains may have the names of ONNX's own. */
function qualified(domain: string, operator: string): string {
  return isOwnDomain(domain) ? operator : `${domain}.${operator}`;
}

function isOwnDomain(domain: string): boolean {
  return domain === '' || domain === 'ai.onnx';
}

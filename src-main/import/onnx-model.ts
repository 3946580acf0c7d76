// The parts of an ONNX file that a chain of layers needs: nodes, constants, inputs, outputs, texts. Numbers stay bytes until they are asked for.
// Numbers of fields are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
import { countOf, refusal, type NumberArray } from './imported-network';
import { toFloat32, type NumberType } from './number-types';
import { fieldsOf, MessageError, varintsOf, type Field } from './protobuf';

export interface OnnxNode {
  operator: string;
  inputs: string[];
  outputs: string[];
  attributes: Map<string, OnnxAttribute>;
}

interface OnnxAttribute {
  integer: number | undefined;
  float: number | undefined;
  text: string | undefined;
  tensor: Uint8Array | undefined;
}

export interface OnnxModel {
  nodes: OnnxNode[];
  /** TensorProto messages by their names: initializers, and what Constant nodes give. */
  constants: Map<string, Uint8Array>;
  /** Without those that are constants too. */
  inputs: string[];
  outputs: string[];
  metadata: Record<string, string>;
}

const TYPES: Record<number, NumberType> = { 1: 'float32', 10: 'float16', 11: 'float64', 16: 'bfloat16' };
const MOST_NODES = 1000;
const MOST_SIDES = 8;

/** Throws file-unreadable. */
export function readOnnxModel(bytes: Uint8Array, file: string): OnnxModel {
  try {
    return readModel(bytes, file);
  } catch (error) {
    if (error instanceof MessageError) throw notOnnx(file);
    throw error;
  }
}

function notOnnx(file: string): Error {
  return refusal(file, 'it is no ONNX file, or damaged');
}

function readModel(bytes: Uint8Array, file: string): OnnxModel {
  const model: OnnxModel = { nodes: [], constants: new Map(), inputs: [], outputs: [], metadata: {} };
  let graphs = 0;
  for (const field of fieldsOf(bytes)) {
    if (field.number === 7 && graphs++ === 0) readGraph(bytesOf(field), model, file);
    if (field.number === 14) {
      const { key, value } = readEntry(bytesOf(field));
      if (Object.hasOwn(model.metadata, key) || key === '__proto__') throw refusal(file, `its metadata have the name “${key}” twice`);
      model.metadata[key] = value;
    }
  }
  if (graphs !== 1) throw notOnnx(file);
  model.inputs = model.inputs.filter((name) => !model.constants.has(name));
  return model;
}

function readGraph(bytes: Uint8Array, model: OnnxModel, file: string): void {
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) addNode(readNode(bytesOf(field)), model, file);
    else if (field.number === 5) addConstant(tensorName(bytesOf(field)), bytesOf(field), model, file);
    else if (field.number === 11) model.inputs.push(firstText(bytesOf(field), 1));
    else if (field.number === 12) model.outputs.push(firstText(bytesOf(field), 1));
    else if (field.number === 15) throw refusal(file, 'its weights are sparse, where plain ones are expected');
  }
}

function addNode(node: OnnxNode, model: OnnxModel, file: string): void {
  const tensor = node.attributes.get('value')?.tensor;
  if (node.operator === 'Constant' && tensor) addConstant(node.outputs[0] ?? '', tensor, model, file);
  else if (model.nodes.push(node) > MOST_NODES) throw refusal(file, `its graph has more than ${MOST_NODES} nodes`);
}

function addConstant(name: string, tensor: Uint8Array, { constants }: OnnxModel, file: string): void {
  if (constants.has(name)) throw refusal(file, `two of its constants are named “${name}”`);
  constants.set(name, tensor);
}

function readNode(bytes: Uint8Array): OnnxNode {
  const node: OnnxNode = { operator: '', inputs: [], outputs: [], attributes: new Map() };
  let domain = '';
  for (const field of fieldsOf(bytes)) {
    if (field.number === 1) node.inputs.push(textOf(field));
    else if (field.number === 2) node.outputs.push(textOf(field));
    else if (field.number === 4) node.operator = textOf(field);
    else if (field.number === 7) domain = textOf(field);
    else if (field.number === 5) node.attributes.set(firstText(bytesOf(field), 1), readAttribute(bytesOf(field)));
  }
  // An operator of somebody's own is none that we know, whatever its name.
  if (domain !== '' && domain !== 'ai.onnx') node.operator = `${domain}.${node.operator}`;
  return node;
}

function readAttribute(bytes: Uint8Array): OnnxAttribute {
  const attribute: OnnxAttribute = { integer: undefined, float: undefined, text: undefined, tensor: undefined };
  for (const field of fieldsOf(bytes)) {
    if (field.number === 2) attribute.float = float32Of(field);
    else if (field.number === 3) attribute.integer = Number(BigInt.asIntN(64, integerOf(field)));
    else if (field.number === 4) attribute.text = textOf(field);
    else if (field.number === 5) attribute.tensor = bytesOf(field);
  }
  return attribute;
}

/** A TensorProto as numbers. Throws file-unreadable where they are no floats, or lie in another file. */
export function readTensor(message: Uint8Array, file: string): NumberArray {
  try {
    return decodeTensor(message, file);
  } catch (error) {
    if (error instanceof MessageError) throw notOnnx(file);
    throw error;
  }
}

function decodeTensor(message: Uint8Array, file: string): NumberArray {
  const shape: number[] = [];
  const name = tensorName(message);
  let type = 0;
  let raw: Uint8Array | undefined;
  let elsewhere = false;
  for (const field of fieldsOf(message)) {
    if (field.number === 1) for (const side of sidesOf(field)) shape.push(Number(side));
    else if (field.number === 2) type = Number(integerOf(field));
    // Packed floats and doubles lie as raw data do.
    else if ((field.number === 4 || field.number === 9 || field.number === 10) && field.bytes && field.bytes.length > 0) {
      if (raw) throw refusal(file, `its array “${name}” has its numbers twice`);
      raw = field.bytes;
    } else if (field.number === 13 || (field.number === 14 && integerOf(field) !== 0n)) elsewhere = true;
    if (shape.length > MOST_SIDES) throw refusal(file, `its array “${name}” has more than ${MOST_SIDES} sides`);
  }
  if (elsewhere) throw refusal(file, `its array “${name}” lies in another file: expected all weights in one`);
  const numberType = TYPES[type];
  if (!numberType) throw refusal(file, `its array “${name}” is not of floats`);
  return { name, shape, values: toFloat32({ name, type: numberType, bytes: raw ?? new Uint8Array(), count: countOf(shape), littleEndian: true }, file) };
}

/** Of an array: one a field, or all packed into one. */
function sidesOf({ integer, bytes }: Field): Iterable<bigint> {
  return integer === undefined ? varintsOf(bytes!.subarray(0, 10 * MOST_SIDES)) : [integer];
}

function readEntry(bytes: Uint8Array): { key: string; value: string } {
  return { key: firstText(bytes, 1), value: firstText(bytes, 2) };
}

function tensorName(message: Uint8Array): string {
  return firstText(message, 8);
}

/** Empty where there is none. */
function firstText(message: Uint8Array, number: number): string {
  for (const field of fieldsOf(message)) if (field.number === number) return textOf(field);
  return '';
}

function textOf(field: Field): string {
  return new TextDecoder().decode(bytesOf(field));
}

function bytesOf({ bytes }: Field): Uint8Array {
  if (!bytes) throw new MessageError('A number stands where bytes are expected.');
  return bytes;
}

function integerOf({ integer }: Field): bigint {
  if (integer === undefined) throw new MessageError('Bytes stand where a number is expected.');
  return integer;
}

function float32Of(field: Field): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, Number(BigInt.asUintN(32, integerOf(field))));
  return view.getFloat32(0);
}

// Encodes and decodes safetensors: the length of a JSON header in eight bytes, the header, then all tensors without
// gaps. https://github.com/huggingface/safetensors#format
import * as z from 'zod';
import { StudioError } from '../../../src-shared/errors';
import type { LayerState } from '../../../src-shared/networks/layers';
import { parseStrictJson } from '../../files/strict-json';
import { joined, chunksOf } from '../save/chunks';

export type TensorData = Float32Array | Float64Array | Uint16Array;

export interface Tensor {
  /** Such as [256, 784]; the data is row by row. */
  shape: readonly number[];
  data: TensorData;
}

export interface TensorFile {
  tensors: Map<string, Tensor>;
  metadata: Record<string, string>;
}

const ARRAYS = { F32: Float32Array, F64: Float64Array, U16: Uint16Array } as const;
type TypeName = keyof typeof ARRAYS;

const PREFIX = 8;
/** In bytes. A network of this app has a few thousand. */
const LONGEST_HEADER = 10_000_000;

const tensorSchema = z.strictObject({
  dtype: z.string(),
  shape: z.array(z.int().min(0)).max(8),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});
const metadataSchema = z.record(z.string(), z.string());

export function encodeSafetensors(file: TensorFile): Uint8Array {
  return joined(chunksOf(safetensorsParts(file)));
}

/**
 * The same tensors always give the same bytes. Tensors keep the order of the map, except that float64 comes first.
 * @returns the header, then views of the tensors
 */
export function safetensorsParts({ tensors, metadata }: TensorFile): Uint8Array[] {
  const all = [...tensors].sort(([, a], [, b]) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT);
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const [name, { shape, data }] of all) {
    header[name] = { dtype: typeOf(data), shape, data_offsets: [end, end + data.byteLength] };
    end += data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(text.length / PREFIX) * PREFIX;
  const prefix = new Uint8Array(PREFIX + length).fill(0x20, PREFIX);
  new DataView(prefix.buffer).setBigUint64(0, BigInt(length), true);
  prefix.set(text, PREFIX);
  return [prefix, ...all.map(([, { data }]) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength))];
}

/** Adds fc1.weight [out, in], fc1.bias [out], fc2.weight, …, each name with the prefix. */
export function addLayers(tensors: Map<string, Tensor>, layers: readonly LayerState[], prefix: string): void {
  layers.forEach(({ weight, bias, inputs, outputs }, layer) => {
    tensors.set(`${prefix}fc${layer + 1}.weight`, { shape: [outputs, inputs], data: weight });
    tensors.set(`${prefix}fc${layer + 1}.bias`, { shape: [outputs], data: bias });
  });
}

/** @param what names the file in error messages. Throws file-unreadable if anything in it is invalid. */
export function decodeSafetensors(file: Uint8Array, what: string): TensorFile {
  const { tensors, metadata } = readSafetensors(file, what);
  const decoded = tensors.map(({ name, type, shape, bytes }): [string, Tensor] => {
    if (!isKnownType(type)) throw wrong(what, `the tensor ${name} is of the type ${type}: expected F32, F64 and U16`);
    const Numbers = ARRAYS[type];
    if (bytes.length !== count(shape) * Numbers.BYTES_PER_ELEMENT) throw misplaced(what, name);
    return [name, { shape, data: new Numbers(bytes.slice().buffer) }];
  });
  return { tensors: new Map(decoded), metadata };
}

/** True for the types that decodeSafetensors supports. */
export function isKnownType(type: string): type is TypeName {
  return Object.hasOwn(ARRAYS, type);
}

export interface RawTensor {
  name: string;
  /** Such as F32, BF16, I64. Neither the type nor the number of bytes is checked. */
  type: string;
  shape: number[];
  /** A view of the file. */
  bytes: Uint8Array;
}

/**
 * The tensors in the order of their data in the file.
 * @param what names the file in error messages. Throws file-unreadable.
 */
export function readSafetensors(
  file: Uint8Array,
  what: string,
): { tensors: RawTensor[]; metadata: Record<string, string> } {
  if (file.length < PREFIX) throw wrong(what, 'it is too short');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > LONGEST_HEADER || PREFIX + length > file.length)
    throw wrong(what, 'its header is longer than the file, or longer than allowed');
  const header = parseHeader(file.subarray(PREFIX, PREFIX + length));
  if (!header) throw wrong(what, 'its header does not match the format');

  // Not a Buffer, because Buffer.slice() does not copy.
  const body = new Uint8Array(file.buffer, file.byteOffset + PREFIX + length, file.length - PREFIX - length);
  const tensors: RawTensor[] = [];
  let end = 0;
  for (const { name, dtype, shape, data_offsets: offsets } of header.tensors) {
    if (offsets[0] !== end || offsets[1] < end || offsets[1] > body.length) throw misplaced(what, name);
    end = offsets[1];
    tensors.push({ name, type: dtype, shape, bytes: body.subarray(...offsets) });
  }
  if (end !== body.length) throw wrong(what, 'it has bytes after its last tensor');
  return { tensors, metadata: header.metadata };
}

function wrong(what: string, reason: string): StudioError {
  return new StudioError(
    'file-unreadable',
    `${what} is not a valid safetensors file: ${reason}. Please choose another one.`,
  );
}

function misplaced(what: string, name: string): StudioError {
  return wrong(what, `the tensor ${name} is not where its shape says`);
}

function count(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

interface Header {
  /** Sorted by position in the file. */
  tensors: ({ name: string } & z.infer<typeof tensorSchema>)[];
  metadata: Record<string, string>;
}

function parseHeader(bytes: Uint8Array): Header | undefined {
  try {
    const { __metadata__: metadata = {}, ...entries } = z
      .record(z.string(), z.unknown())
      .parse(parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    const tensors = Object.entries(entries).map(([name, entry]) => ({ name, ...tensorSchema.parse(entry) }));
    return {
      tensors: tensors.sort((a, b) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1]),
      metadata: metadataSchema.parse(metadata),
    };
  } catch {
    return undefined;
  }
}

function typeOf(data: TensorData): TypeName {
  if (data instanceof Float32Array) return 'F32';
  return data instanceof Float64Array ? 'F64' : 'U16';
}

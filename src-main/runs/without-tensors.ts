// Removes tensors from a safetensors file. Everything else stays byte for byte, also what this version of the app does
// not know.
import { readSafetensors } from '../formats/safetensors/tensors';

const PREFIX = 8;

/** @param what names the file in a sentence. Throws file-unreadable. */
export function withoutTensors(file: Uint8Array, what: string, isLeftOut: (name: string) => boolean): Uint8Array {
  const { tensors, metadata } = readSafetensors(file, what);
  const kept = tensors.filter(({ name }) => !isLeftOut(name));
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const { name, type, shape, bytes } of kept)
    header[name] = { dtype: type, shape, data_offsets: [end, (end += bytes.length)] };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(json.length / PREFIX) * PREFIX;
  const rest = new Uint8Array(PREFIX + length + end).fill(0x20, PREFIX, PREFIX + length);
  new DataView(rest.buffer).setBigUint64(0, BigInt(length), true);
  rest.set(json, PREFIX);
  let at = PREFIX + length;
  for (const { bytes } of kept) {
    rest.set(bytes, at);
    at += bytes.length;
  }
  return rest;
}

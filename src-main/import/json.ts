// A network out of JSON as export/json.ts writes it.
import * as z from 'zod';
import { JSON_FORMAT } from '../export/json';
import { parseStrictJson } from '../strict-json';
import { onlyCandidate, refusal, type NetworkFile } from './imported-network';
import { assembleNetwork } from './network-metadata';
import { recogniseLayers } from './recognise-layers';

const numbers = z.array(z.number());
const schema = z.object({
  format: z.literal(JSON_FORMAT),
  version: z.literal(1),
  metadata: z.record(z.string(), z.unknown()),
  layers: z.array(z.object({ weight: z.array(numbers), bias: numbers })),
});

/** Throws file-unreadable. */
export function importJson(bytes: Uint8Array, file: string): NetworkFile {
  const { layers, metadata } = parse(bytes, file);
  const notes: string[] = [];
  const arrays = layers.flatMap(({ weight, bias }, k) => {
    const name = `fc${k + 1}`;
    const columns = weight[0]?.length ?? 0;
    if (weight.some((row) => row.length !== columns)) throw refusal(file, `the rows of “${name}.weight” are not of one length`);
    return [
      { name: `${name}.weight`, shape: [weight.length, columns], values: Float32Array.from(weight.flat()) },
      { name: `${name}.bias`, shape: [bias.length], values: Float32Array.from(bias) },
    ];
  });
  const infinite = arrays.find(({ values }) => !values.every(Number.isFinite));
  if (infinite) throw refusal(file, `“${infinite.name}” holds a number too large for float32`);
  return assembleNetwork(file, onlyCandidate(recogniseLayers(arrays, file, notes)), metadata, notes);
}

function parse(bytes: Uint8Array, file: string): z.infer<typeof schema> {
  let value: unknown;
  try {
    value = parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw refusal(file, 'it is no JSON, or has a name twice');
  }
  const result = schema.safeParse(value);
  if (!result.success) throw refusal(file, `it is not the JSON of a network as this app writes it (“${result.error.issues[0]!.path.join('.') || 'format'}”)`);
  return result.data;
}

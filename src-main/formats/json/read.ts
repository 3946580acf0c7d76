// Imports a network from JSON: as this app writes it, or as named lists of numbers, such as those of Nielsen's
// network2.py.
import * as z from 'zod';
import { JSON_FORMAT } from './write';
import { parseStrictJson } from '../../files/strict-json';
import type { FileArray } from '../arrays/file-array';
import { networkOfArrays } from '../arrays/network-of-arrays';
import { isKnownName } from '../open/foreign-metadata';
import { refusal, type NetworkFile } from '../open/imported-network';
import { arraysOfJson, type JsonObject } from './arrays';

const numbers = z.array(z.number());
const schema = z.object({
  format: z.literal(JSON_FORMAT),
  version: z.literal(1),
  metadata: z.record(z.string(), z.unknown()),
  layers: z.array(z.object({ weight: z.array(numbers), bias: numbers })),
});

/** Throws file-unreadable. */
export function importJson(bytes: Uint8Array, file: string): NetworkFile {
  const value = parse(bytes, file);
  if (value['format'] === JSON_FORMAT) return importOwn(value, file);
  if (value['class_name'] !== undefined && value['config'] !== undefined) {
    throw refusal(
      file,
      'it describes the layers of a Keras model without their weights',
      'Please save the weights with model.save_weights("network.weights.h5") and choose that file.',
    );
  }
  if (value['weight_map'] !== undefined) throw indexRefusal(value['weight_map'], file);
  const arrays = arraysOfJson(value, file).filter(({ name }) => !isKnownName(name));
  if (arrays.every(({ shape }) => shape.length === 0))
    throw refusal(
      file,
      'it is not the JSON of a network: expected one that this app exported, or weights and biases as named lists ' +
        'of numbers',
    );
  const isNielsens = ['sizes', 'weights', 'biases', 'cost'].every((key) => key in value);
  const network = networkOfArrays(arrays, file, isNielsens ? { activation: 'sigmoid' } : scalarsOf(value));
  return isNielsens
    ? { ...network, notes: [...network.notes, 'It was saved by network2.py, whose units are sigmoids.'] }
    : network;
}

/** The file only lists other files, which contain the weights. */
function indexRefusal(weightMap: unknown, file: string): Error {
  const reason = 'it is only the index of weights that are split over several files';
  if (JSON.stringify(weightMap).includes('.safetensors')) {
    return refusal(
      file,
      reason,
      'Please save the weights as one file, such as with safetensors.torch.save_file(model.state_dict(), ' +
        '"network.safetensors").',
    );
  }
  return refusal(
    file,
    `${reason} by save_weights() of Keras`,
    'Please save the whole model with model.save("model.keras") and choose that file.',
  );
}

/** The texts and numbers beside the arrays. */
function scalarsOf(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).filter(([, part]) => typeof part === 'string' || typeof part === 'number'),
  );
}

function importOwn(value: unknown, file: string): NetworkFile {
  const result = schema.safeParse(value);
  if (!result.success)
    throw refusal(
      file,
      `it is not the JSON of a network as this app writes it (“${result.error.issues[0]!.path.join('.')}”)`,
    );
  const { layers, metadata } = result.data;
  const arrays = layers.flatMap(({ weight, bias }, k): FileArray[] => {
    const name = `fc${k + 1}`;
    const columns = weight[0]?.length ?? 0;
    if (weight.some((row) => row.length !== columns))
      throw refusal(file, `the rows of “${name}.weight” have different lengths`);
    return [
      arrayOf(`${name}.weight`, [weight.length, columns], weight.flat(), file),
      arrayOf(`${name}.bias`, [bias.length], bias, file),
    ];
  });
  return networkOfArrays(arrays, file, metadata);
}

function arrayOf(name: string, shape: number[], values: number[], file: string): FileArray {
  const rounded = Float32Array.from(values);
  if (!rounded.every(Number.isFinite)) throw refusal(file, `“${name}” contains a number too large for float32`);
  return { name, shape, type: 'numbers', kind: 'float', numbers: () => rounded };
}

function parse(bytes: Uint8Array, file: string): JsonObject {
  let value: unknown;
  try {
    value = parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw refusal(file, 'it is not valid JSON, or it contains a name twice');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw refusal(file, 'it is not the JSON of a network: expected named lists of numbers');
}

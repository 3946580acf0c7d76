// A trained network as JSON: the metadata, then each layer's weight as rows [out][in] and its bias [out].
import type { Checkpoint } from '../../src-shared/contract';
import { float32Text } from './float32';
import { networkMetadata } from './metadata';

/** What tells our JSON from any other. */
export const JSON_FORMAT = 'mnist-studio-network';

/** UTF-8 text, the same bytes for the same network; its numbers give back the float32 weights exactly. Throws export-failed. */
export function encodeJson(checkpoint: Checkpoint, appVersion: string): Uint8Array {
  const layers = checkpoint.layers.map(({ weight, bias, inputs, outputs }) => {
    const rows = Array.from({ length: outputs }, (_, j) => `        ${list(weight.subarray(j * inputs, (j + 1) * inputs))}`);
    return `    {\n      "weight": [\n${rows.join(',\n')}\n      ],\n      "bias": ${list(bias)}\n    }`;
  });
  const metadata = JSON.stringify(networkMetadata(checkpoint, appVersion));
  const text = `{\n  "format": "${JSON_FORMAT}",\n  "version": 1,\n  "metadata": ${metadata},\n  "layers": [\n${layers.join(',\n')}\n  ]\n}\n`;
  return new TextEncoder().encode(text);
}

function list(values: Float32Array): string {
  return `[${Array.from(values, float32Text).join(', ')}]`;
}

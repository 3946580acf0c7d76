// Exports a network as JSON: the metadata, then each layer's weight as rows [out][in] and its bias [out].
import type { LayerWeights } from '../../../src-shared/networks/layers';
import type { Checkpoint } from '../../../src-shared/runs/checkpoint';
import { countNumbers, float32Text } from '../save/float32';
import { withinJsonSize } from './size';
import { networkMetadata } from '../save/metadata';
import { textChunksOf, type Chunk, type TextPart } from '../save/chunks';

/** The value of “format” by which this app recognizes its own JSON. */
export const JSON_FORMAT = 'mnist-studio-network';

/** UTF-8. The same network always gives the same bytes, and its numbers round-trip to float32. Throws export-failed. */
export function jsonChunks(checkpoint: Checkpoint, appVersion: string): Iterable<Chunk> {
  return withinJsonSize(textChunksOf(parts(checkpoint, appVersion), countNumbers(checkpoint.layers)));
}

function* parts(checkpoint: Checkpoint, appVersion: string): Generator<TextPart> {
  const metadata = JSON.stringify(networkMetadata(checkpoint, appVersion));
  yield [`{\n  "format": "${JSON_FORMAT}",\n  "version": 1,\n  "metadata": ${metadata},\n  "layers": [\n`, 0];
  for (const [k, layer] of checkpoint.layers.entries()) {
    if (k > 0) yield [',\n', 0];
    yield* layerParts(layer);
  }
  yield ['\n  ]\n}\n', 0];
}

function* layerParts({ weight, bias, inputs, outputs }: LayerWeights): Generator<TextPart> {
  yield ['    {\n      "weight": [\n', 0];
  for (let j = 0; j < outputs; j++) {
    const row = list(weight.subarray(j * inputs, (j + 1) * inputs));
    yield [`        ${row}${j < outputs - 1 ? ',' : ''}\n`, inputs];
  }
  yield [`      ],\n      "bias": ${list(bias)}\n    }`, outputs];
}

function list(values: Float32Array): string {
  return `[${Array.from(values, float32Text).join(', ')}]`;
}

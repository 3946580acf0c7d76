// Refuses to export a network as JSON that is too large for this app to read back: by its estimated size before it is
// written, and by its real size in case the estimate was too low.
import { StudioError } from '../../../src-shared/errors';
import { EXPORT_SUFFIXES, LARGEST_JSON, suffixOf } from '../../../src-shared/networks/network-formats';
import { countParameters } from '../../../src-shared/settings/settings';
import type { Chunk } from '../save/chunks';

/** The average for a weight with its comma and space, measured on trained networks of many sizes. */
const BYTES_PER_NUMBER = 15;

const INSTEAD = 'Please export it as .npz, .safetensors or .onnx instead, which take 4 bytes a weight.';

/** @param sizes units of each layer, from the pixels to the classes. Throws export-failed. */
export function checkJsonSize(fileName: string, sizes: readonly number[]): void {
  if (suffixOf(fileName, EXPORT_SUFFIXES) !== '.json') return;
  const numbers = countParameters(sizes);
  const bytes = numbers * BYTES_PER_NUMBER;
  if (bytes <= LARGEST_JSON) return;
  const size = `${(numbers / 1e6).toFixed(0)} million weights, which are about ${inMegabytes(bytes)} as JSON`;
  throw new StudioError(
    'export-failed',
    `This network has ${size}: the app reads back at most ${inMegabytes(LARGEST_JSON)}. ${INSTEAD}`,
  );
}

/** Passes the chunks on. Throws export-failed before the chunk that makes the file larger than `max` bytes. */
export function* withinJsonSize(chunks: Iterable<Chunk>, max = LARGEST_JSON): Generator<Chunk> {
  let length = 0;
  for (const chunk of chunks) {
    length += chunk.bytes.length;
    if (length > max)
      throw new StudioError(
        'export-failed',
        `This network is larger than ${inMegabytes(max)} as JSON: the app reads back no more. ${INSTEAD}`,
      );
    yield chunk;
  }
}

function inMegabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

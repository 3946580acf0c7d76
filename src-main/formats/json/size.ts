// A network as JSON can become larger than what this app reads back. It is refused by its estimated size before it is
// written, and by its real size if the estimate was too low.
import { StudioError } from '../../../src-shared/errors';
import { EXPORT_SUFFIXES, LARGEST_JSON, suffixOf } from '../../../src-shared/networks/network-formats';
import { countParameters } from '../../../src-shared/settings/settings';
import type { Chunk } from '../save/chunks';

/** Of a weight with its comma and its space; measured on trained networks of many sizes. */
const BYTES_PER_NUMBER = 15;

const INSTEAD = 'Please export it as .npz, .safetensors or .onnx instead, which take 4 bytes a weight.';

/** @param sizes units of every layer, from the pixels to the classes. Throws export-failed. */
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

/** The same pieces. Throws export-failed before the piece that makes the file too large. */
export function* withinJsonSize(pieces: Iterable<Chunk>, most = LARGEST_JSON): Generator<Chunk> {
  let length = 0;
  for (const piece of pieces) {
    length += piece.bytes.length;
    if (length > most)
      throw new StudioError(
        'export-failed',
        `This network is larger than ${inMegabytes(most)} as JSON: the app reads back no more. ${INSTEAD}`,
      );
    yield piece;
  }
}

function inMegabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

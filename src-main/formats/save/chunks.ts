// A file as a sequence of chunks: a large file is never in memory as a whole, and its writer can report progress.

export interface Chunk {
  bytes: Uint8Array;
  /** Share of the file up to the end of this chunk, 0 to 1. */
  done: number;
}

/** Part of a text file, and how many of the network's numbers it contains. */
export type TextPart = readonly [text: string, numbers: number];

const MAX_CHUNK_BYTES = 1 << 22;
const MIN_TEXT_CHUNK_CHARACTERS = 1 << 18;

/** Splits large parts without copying them. */
export function* chunksOf(parts: readonly Uint8Array[]): Generator<Chunk> {
  const total = lengthOf(parts);
  let end = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length; at += MAX_CHUNK_BYTES) {
      const bytes = part.subarray(at, at + MAX_CHUNK_BYTES);
      end += bytes.length;
      yield { bytes, done: end / total };
    }
  }
}

/** Joins short parts and encodes them as UTF-8. @param total numbers in all parts together */
export function* textChunksOf(parts: Iterable<TextPart>, total: number): Generator<Chunk> {
  const encoder = new TextEncoder();
  let text = '';
  let done = 0;
  for (const [part, numbers] of parts) {
    text += part;
    done += numbers;
    if (text.length < MIN_TEXT_CHUNK_CHARACTERS) continue;
    yield { bytes: encoder.encode(text), done: done / total };
    text = '';
  }
  yield { bytes: encoder.encode(text), done: 1 };
}

/** The whole file in memory. */
export function joined(chunks: Iterable<Chunk>): Uint8Array {
  const parts = Array.from(chunks, ({ bytes }) => bytes);
  const file = new Uint8Array(lengthOf(parts));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

export function lengthOf(parts: readonly { length: number }[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

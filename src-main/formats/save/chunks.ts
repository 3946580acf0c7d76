// A file as pieces in the order of its bytes, so that a large one is never in memory as a whole and its writer can tell
// how far it is.

export interface Chunk {
  bytes: Uint8Array;
  /** Share of the file that is made with this piece, 0 to 1. */
  done: number;
}

/** A part of a text, and how many of the network's numbers stand in it. */
export type TextPart = readonly [text: string, numbers: number];

const LARGEST_PIECE = 1 << 22;
/** In characters. */
const TEXT_PIECE = 1 << 18;

/** Cuts large parts without copying them. */
export function* chunksOf(parts: readonly Uint8Array[]): Generator<Chunk> {
  const total = lengthOf(parts);
  let end = 0;
  for (const part of parts) {
    for (let at = 0; at < part.length; at += LARGEST_PIECE) {
      const bytes = part.subarray(at, at + LARGEST_PIECE);
      end += bytes.length;
      yield { bytes, done: end / total };
    }
  }
}

/** Gathers short parts and encodes them as UTF-8. @param total numbers in all parts together */
export function* textChunksOf(parts: Iterable<TextPart>, total: number): Generator<Chunk> {
  const encoder = new TextEncoder();
  let text = '';
  let done = 0;
  for (const [part, numbers] of parts) {
    text += part;
    done += numbers;
    if (text.length < TEXT_PIECE) continue;
    yield { bytes: encoder.encode(text), done: done / total };
    text = '';
  }
  yield { bytes: encoder.encode(text), done: 1 };
}

/** The file in memory. */
export function joined(pieces: Iterable<Chunk>): Uint8Array {
  const parts = Array.from(pieces, ({ bytes }) => bytes);
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

// The archives have the same bytes as those of a library.
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { joined, chunksOf } from '../../../../../src-main/formats/save/chunks';
import { zipParts } from '../../../../../src-main/formats/zip/write';

const ZERO = new Uint8Array();

describe('an archive', () => {
  it('has the bytes of fflate’s, with the files stored', () => {
    const [long, short] = [Uint8Array.from({ length: 70_000 }, (_, n) => n * n), Uint8Array.of(1, 2, 3)];
    const parts = zipParts([
      { name: 'fc1.weight.npy', parts: [short, long] },
      { name: 'a', parts: [ZERO] },
      { name: 'b', parts: [long.subarray(5, 9)] },
    ]);
    const library = zipSync(
      { 'fc1.weight.npy': joined(chunksOf([short, long])), a: ZERO, b: long.subarray(5, 9) },
      { level: 0, mtime: new Date(1980, 0, 1) },
    );
    expect(Buffer.compare(joined(chunksOf(parts)), library)).toBe(0);
  });

  it('does not copy what it holds', () => {
    const content = new Uint8Array(100);
    expect(zipParts([{ name: 'a', parts: [content] }])).toContain(content);
  });
});

// Exports as chunks: nothing is lost, no chunk is large, and the progress never decreases.
import { describe, expect, it } from 'vitest';
import type { Checkpoint } from '../../../../../src-shared/runs/checkpoint';
import { EXPORT_SUFFIXES } from '../../../../../src-shared/networks/network-formats';
import { EXPORT_FORMATS } from '../../../../../src-main/formats/save/formats';
import { joined, chunksOf, textChunksOf } from '../../../../../src-main/formats/save/chunks';
import { ones, SMALL } from '../../../../fixtures/network-files';

const bytes = (length: number) => Uint8Array.from({ length }, (_, n) => n);

/** 1.3 million weights. */
const WIDE: Checkpoint = {
  ...SMALL,
  layers: [
    { inputs: 6, outputs: 1200, weight: ones(7200), bias: ones(1200) },
    { inputs: 1200, outputs: 1100, weight: ones(1_320_000).fill(-0.123456789), bias: ones(1100) },
    { inputs: 1100, outputs: 3, weight: ones(3300), bias: ones(3) },
  ],
};

describe('chunks', () => {
  it('are the parts in order, large ones split without a copy', () => {
    const large = new Uint8Array(10_000_000).fill(7);
    const chunks = [...chunksOf([bytes(3), new Uint8Array(), large, bytes(1)])];
    expect(chunks.map((chunk) => chunk.bytes.length)).toEqual([3, 4_194_304, 4_194_304, 1_611_392, 1]);
    expect(chunks[1]!.bytes.buffer === large.buffer).toBe(true);
    expect(chunks.map(({ done }) => done)).toEqual(
      [3, 4_194_307, 8_388_611, 10_000_003, 10_000_004].map((end) => end / 10_000_004),
    );
  });

  it('of a text join its parts, and report how many of its numbers are written', () => {
    const parts = Array.from({ length: 1000 }, (_, n): [string, number] => ['お'.repeat(1000), n < 500 ? 2 : 0]);
    const chunks = [...textChunksOf(parts, 1000)];
    expect(chunks.length).toBe(4);
    expect(chunks[0]!.done).toBeCloseTo(0.526);
    expect(chunks.at(-1)!.done).toBe(1);
    expect(new TextDecoder().decode(joined(chunks)) === 'お'.repeat(1_000_000)).toBe(true);
  });

  it.each(EXPORT_SUFFIXES)('of a large network are small, and report the progress: %s', (suffix) => {
    const { chunks, encode } = EXPORT_FORMATS[suffix];
    const all = [...chunks(WIDE, '1')];
    expect(Buffer.compare(joined(all), encode(WIDE, '1'))).toBe(0);
    expect(all.length).toBeGreaterThan(1);
    const done = all.map((chunk) => chunk.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.at(-1)).toBe(1);
    for (const chunk of all) expect(chunk.bytes.length).toBeLessThanOrEqual(1 << 22);
  });

  it.each(['.json', '.h'] as const)('of a text are encoded lazily: %s', (suffix) => {
    const diverged = {
      ...WIDE,
      layers: [WIDE.layers[0]!, WIDE.layers[1]!, { ...WIDE.layers[2]!, bias: ones(3).fill(NaN) }],
    };
    const chunks = EXPORT_FORMATS[suffix].chunks(diverged, '1')[Symbol.iterator]();
    expect(chunks.next().value!.done).toBeLessThan(0.1);
    expect(() => [...{ [Symbol.iterator]: () => chunks }]).toThrow('A weight of this network is NaN');
  });
});

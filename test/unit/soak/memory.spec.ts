import { expect, it } from 'vitest';
import { grownProcesses, table } from '../../soak/memory.mjs';

const samples = (sizeOf: (k: number) => number) =>
  Array.from({ length: 20 }, (_, k) => ({ Tab: sizeOf(k), Browser: 100 }));

it('calls a process grown that has more than 5% and 5 MB more in the second half after the warm-up', () => {
  expect(grownProcesses(samples((k) => 200 + 4 * k))).toEqual(['Tab']);
  expect(grownProcesses(samples((k) => 200 + k))).toEqual([]);
  expect(grownProcesses(samples((k) => 20 + k / 3))).toEqual([]);
});

it('leaves the warm-up out, and single peaks', () => {
  expect(grownProcesses(samples((k) => (k < 8 ? 100 : 200)))).toEqual([]);
  expect(grownProcesses(samples((k) => (k === 19 ? 400 : 200)))).toEqual([]);
});

it('takes garbage that comes and goes for no growth', () => {
  expect(grownProcesses(samples((k) => 200 + 10 * (k % 4) + (k > 15 ? 20 * (k % 2) : 0)))).toEqual([]);
});

it('reports each process and all together', () => {
  const lines = table(samples((k) => 200 + 4 * k)).split('\n');
  expect(lines.map((line) => line.split(/\s+/)[0])).toEqual(['MB', 'Tab', 'Browser', 'all']);
  expect(lines[1]).toMatch(/Tab\s+232\s+256\s+276\s+10\.3%/);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';

const NN = join(import.meta.dirname, '../../../../src-shared/nn');

it('the example prints how the loss falls until all but a few points are classified correctly', async () => {
  const print = vi.spyOn(console, 'log');
  await import('../../../../src-shared/nn/example');
  const lines = print.mock.calls.map(([line]) =>
    /^step \d+: loss (\d\.\d{4}), (\d+) of 200 right$/.exec(String(line))!,
  );
  print.mockRestore();
  const losses = lines.map(([, loss]) => Number(loss));
  expect(losses.length).toBe(11);
  losses.slice(1).forEach((loss, k) => expect(loss).toBeLessThan(losses[k]!));
  expect(losses.at(-1)).toBeLessThan(0.2);
  expect(Number(lines.at(-1)![2])).toBeGreaterThanOrEqual(190);
});

it('the README shows the example as it is', () => {
  const listing = /\n```ts\n(\/\/ All of nn\/[^]*?)```\n/.exec(readFileSync(join(NN, 'README.md'), 'utf8'))?.[1];
  expect(listing).toBe(readFileSync(join(NN, 'example.ts'), 'utf8'));
});

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { KernelMemory, thisPlace, type KernelPlace } from '../../../../src-main/kernel-choice/kernel-memory';
import { makeFolder } from '../../../fixtures/folders';

let folder: string;
let file: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  file = join(folder, 'not', 'there', 'kernels.json');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await remove();
});

const memory = (changes: Partial<KernelPlace> = {}) => new KernelMemory(file, { ...thisPlace(), ...changes });

it('knows nothing at first, or of a file that is damaged', async () => {
  expect(await memory().recall()).toBeUndefined();
  await mkdir(join(folder, 'not', 'there'), { recursive: true });
  for (const text of ['', '{', '{ "format": 2, "choices": [] }', '{ "format": 1, "choices": [{ "simd": "turbo" }] }']) {
    await writeFile(file, text);
    expect(await memory().recall()).toBeUndefined();
  }
  await memory().remember({ simd: 'wide', unanswered: 0 });
  expect(await memory().recall()).toMatchObject({ simd: 'wide' });
});

it('remembers for this processor, V8 and version of the kernels alone', async () => {
  await memory().remember({ simd: 'wide', unanswered: 0 });
  await memory({ v8: '99' }).remember({ simd: 'plain', unanswered: 0 });
  expect(await memory().recall()).toMatchObject({ simd: 'wide', unanswered: 0 });
  expect(await memory({ v8: '99' }).recall()).toMatchObject({ simd: 'plain' });
  for (const other of [{ processor: 'another' }, { v8: 'another' }, { kernels: 'another' }])
    expect(await memory(other).recall()).toBeUndefined();
});

it('keeps the newest answer of a place, and a bounded number of places', async () => {
  for (let k = 0; k < 30; k++) await memory({ v8: String(k) }).remember({ simd: 'wide', unanswered: 0 });
  await memory({ v8: '29' }).remember({ simd: 'relaxed', unanswered: 0 });
  const { choices } = JSON.parse(await readFile(file, 'utf8')) as { choices: { v8: string; simd: string }[] };
  expect(choices).toHaveLength(20);
  expect(choices[0]).toMatchObject({ v8: '29', simd: 'relaxed' });
});

it('keeps working if nothing can be written', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await writeFile(join(folder, 'not'), 'a file in the way');
  await memory().remember({ simd: 'wide', unanswered: 0 });
  expect(said).toHaveBeenCalled();
  expect(await memory().recall()).toBeUndefined();
});

it('leaves what a newer version remembers as it is', async () => {
  vi.spyOn(console, 'error').mockReturnValue(undefined);
  await mkdir(join(folder, 'not', 'there'), { recursive: true });
  const newer = '{ "format": 2, "choices": { "all": "kinds" } }';
  await writeFile(file, newer);
  await memory().remember({ simd: 'wide', unanswered: 0 });
  expect(await readFile(file, 'utf8')).toBe(newer);

  const other = { ...thisPlace(), v8: '99', simd: 'huge', unanswered: 0, by: 'a trial of another kind' };
  await writeFile(file, JSON.stringify({ format: 1, choices: [other] }));
  expect(await memory({ v8: '99' }).recall()).toBeUndefined();
  await memory().remember({ simd: 'wide', unanswered: 0 });
  expect((JSON.parse(await readFile(file, 'utf8')) as { choices: unknown[] }).choices).toEqual([
    expect.objectContaining({ simd: 'wide' }),
    other,
  ]);
  expect(await memory().recall()).toMatchObject({ simd: 'wide' });
});

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LogFile, withoutHome } from '../../../../src-main/log/log-file';

/** While it is held, the log cannot be renamed, as on Windows while another program has it open. */
const log = vi.hoisted(() => ({ held: false }));
vi.mock('node:fs', async (original) => {
  const files = await original<typeof import('node:fs')>();
  return {
    ...files,
    renameSync(from: string, to: string) {
      if (log.held) throw Object.assign(new Error('EPERM'), { code: 'EPERM' });
      files.renameSync(from, to);
    },
  };
});

let folder: string;
let file: string;
const now = () => new Date(Date.UTC(2026, 10, 23, 9, 5));
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mnist-studio-'));
  file = join(folder, 'logs', 'main.log');
});
afterEach(async () => {
  log.held = false;
  await rm(folder, { recursive: true });
});

it('the home directory is logged in none of its spellings', () => {
  expect(withoutHome('ENOENT: open /home/ada/digits', '/home/ada')).toBe('ENOENT: open ~/digits');
  expect(withoutHome('file:///home/ada%20l/a and "/home/ada l/b"', '/home/ada l')).toBe('file://~/a and "~/b"');
  expect(withoutHome('{"file":"C:\\\\Users\\\\ada\\\\x"} C:\\Users\\ada\\y C:/Users/ada/z', 'C:\\Users\\ada')).toBe(
    '{"file":"~\\\\x"} ~\\y ~/z',
  );
  expect(withoutHome('/a/b', '/')).toBe('/a/b');
});

it('a disk that takes no line loses it, and stops nothing', async () => {
  const log = new LogFile(file, '/home/ada', now);
  await rm(join(folder, 'logs'), { recursive: true });
  log.write('lost');
  expect(await readdir(folder)).toEqual([]);
});

it('lines carry their time, errors their stack without the home directory', async () => {
  const log = new LogFile(file, '/home/ada', now);
  const error = new Error('no such file: /home/ada/digits');
  error.stack = 'Error: no such file: /home/ada/digits\n    at /home/ada/app.js:1:1';
  log.write('It failed.', error);
  const text = await readFile(file, 'utf8');
  expect(text).toMatch(/^2026-11-23T09:05:00\.000Z It failed\. Error: no such file: ~\/digits\n {4}at ~\/app\.js:1:1/);
  expect(text).not.toContain('ada');
});

it('a full log becomes the older one, of which there is one', async () => {
  const full = 'x'.repeat(999_990);
  await writeFile(join(folder, 'unrelated'), '');
  const log = new LogFile(file, '/home/ada', now);
  log.write(full);
  log.write('second');
  log.write(full);
  new LogFile(file, '/home/ada', now).write('last');
  expect((await readdir(join(folder, 'logs'))).sort()).toEqual(['main.log', 'main.older.log']);
  expect(await readFile(file, 'utf8')).toBe('2026-11-23T09:05:00.000Z last\n');
  expect(await readFile(join(folder, 'logs', 'main.older.log'), 'utf8')).toContain(full);
});

it('a full log that is open in another program grows to at most twice its size, and is renamed later', async () => {
  const half = 'x'.repeat(499_950);
  const writer = new LogFile(file, '/home/ada', now);
  log.held = true;
  for (const name of ['first', 'second', 'third', 'fourth', 'lost']) writer.write(name + half);
  expect(await readdir(join(folder, 'logs'))).toEqual(['main.log']);
  const text = await readFile(file, 'utf8');
  expect(['first', 'second', 'third', 'fourth', 'lost'].filter((name) => text.includes(name))).toEqual([
    'first',
    'second',
    'third',
    'fourth',
  ]);
  log.held = false;
  writer.write('after');
  expect(await readFile(file, 'utf8')).toBe('2026-11-23T09:05:00.000Z after\n');
  expect(await readFile(join(folder, 'logs', 'main.older.log'), 'utf8')).toBe(text);
});

import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { READ_DELAYS } from '../../../../src-main/files/file-retry';
import { Preferences } from '../../../../src-main/window/preferences';

/** Codes with which the next reads and renames are refused. */
const refusals = vi.hoisted(() => ({ readFileSync: [] as string[], renameSync: [] as string[] }));
vi.mock('node:fs', async (original) => {
  const files = await original<typeof import('node:fs')>();
  const guarded =
    (name: keyof typeof refusals) =>
    (...args: unknown[]) => {
      const code = refusals[name].shift();
      if (code !== undefined) throw Object.assign(new Error(code), { code, syscall: name });
      return (files[name] as (...args: unknown[]) => unknown)(...args);
    };
  return { ...files, readFileSync: guarded('readFileSync'), renameSync: guarded('renameSync') };
});

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mnist-studio-'));
  file = join(folder, 'preferences.json');
});
afterEach(async () => {
  refusals.readFileSync = [];
  refusals.renameSync = [];
  await rm(folder, { recursive: true });
});

it.each(['{"recentFolders":', '{"recentFolders":"/digits"}', '{"zoom":900}', '[]', ''])(
  'a damaged file is put aside and reported, not overwritten: %s',
  async (text) => {
    await writeFile(file, text);
    const preferences = new Preferences(file);
    expect(preferences.damage).toContain(join(folder, 'preferences.damaged.json'));
    expect(preferences.get('recentFolders')).toEqual([]);
    await preferences.set({ zoom: 2 });
    expect((await readdir(folder)).sort()).toEqual(['preferences.damaged.json', 'preferences.json']);
    expect(await readFile(join(folder, 'preferences.damaged.json'), 'utf8')).toBe(text);
  },
);

it('a first start finds nothing, and nothing is wrong with that', () => {
  const preferences = new Preferences(file);
  expect(preferences.damage).toBeUndefined();
  expect([
    preferences.get('theme'),
    preferences.get('zoom'),
    preferences.get('tourSeen'),
    preferences.get('window'),
  ]).toEqual(['system', 1, false, undefined]);
});

it('a write that fails is reported, and what was set counts until the end', async () => {
  const preferences = new Preferences(join(folder, 'gone', 'preferences.json'));
  await expect(preferences.set({ theme: 'dark' })).rejects.toMatchObject({ code: 'ENOENT' });
  expect(preferences.get('theme')).toBe('dark');
  await preferences.settled();
});

it('what was set is there at the next start, also where writes came at once', async () => {
  const preferences = new Preferences(file);
  const window = { x: -5, y: 10, width: 1000, height: 700, maximized: true, fullScreen: false };
  void preferences.set({ theme: 'dark' });
  void preferences.set({ window });
  void preferences.set({ zoom: 1.25, tourSeen: true });
  await preferences.settled();
  const next = new Preferences(file);
  expect([next.get('theme'), next.get('window'), next.get('zoom'), next.get('tourSeen'), next.damage]).toEqual([
    'dark',
    window,
    1.25,
    true,
    undefined,
  ]);
});

it('what another version of the app remembers stays in the file, and is no damage', async () => {
  const others = { theme: 'sepia', contrast: 'less', sound: { volume: 3 }, zoom: 1.1 };
  await writeFile(file, JSON.stringify(others));
  const preferences = new Preferences(file);
  expect([preferences.damage, preferences.get('theme'), preferences.get('contrast')]).toEqual([
    undefined,
    'system',
    'system',
  ]);
  await preferences.set({ zoom: 2 });
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ ...others, zoom: 2 });
  await preferences.set({ theme: 'dark' });
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ theme: 'dark', contrast: 'less' });
});

it('a value that could not be read again is not written, and harms no other', async () => {
  const preferences = new Preferences(file);
  await preferences.set({ theme: 'dark' });
  const window = { x: 0.5, y: 0, width: 0, height: 700, maximized: false, fullScreen: false };
  await expect(preferences.set({ window })).rejects.toThrow();
  await preferences.set({ zoom: 2 });
  const next = new Preferences(file);
  expect([next.get('theme'), next.get('zoom'), next.get('window'), next.damage]).toEqual([
    'dark',
    2,
    undefined,
    undefined,
  ]);
});

it('eight folders are remembered, newest first, each once', async () => {
  const preferences = new Preferences(file);
  for (const name of 'abcdefghija') await preferences.rememberFolder(`/${name}`);
  expect(new Preferences(file).get('recentFolders')).toEqual(['/a', '/j', '/i', '/h', '/g', '/f', '/e', '/d']);
});

describe('preferences that cannot be read', () => {
  const kept = '{"theme":"dark","recentFolders":["/digits"]}';
  const block = (waited: number[]) => (milliseconds: number) => void waited.push(milliseconds);
  const often = (code: string) => Array<string>(READ_DELAYS.length + 1).fill(code);

  it.each(['EBUSY', 'EACCES', 'EPERM', 'EIO', 'EISDIR', 'EMFILE', 'ENOTDIR'])(
    'because of %s are no first start: the file stays, and what is set counts until the end',
    async (code) => {
      await writeFile(file, kept);
      refusals.readFileSync = often(code);
      const preferences = new Preferences(file, { block: () => undefined });
      expect(preferences.damage).toMatch(
        new RegExp(
          String.raw`could not be read, and it starts with its defaults: .+\. .*` +
            String.raw`preferences\.json stays as it is, and what you set now lasts until the app is closed\.`,
        ),
      );
      expect([preferences.get('theme'), preferences.get('tourSeen')]).toEqual(['system', true]);
      await preferences.set({ theme: 'light' });
      await preferences.rememberFolder('/other');
      await preferences.settled();
      expect([preferences.get('theme'), preferences.get('recentFolders')]).toEqual(['light', ['/other']]);
      expect([await readdir(folder), await readFile(file, 'utf8')]).toEqual([['preferences.json'], kept]);
    },
  );

  it('for a moment are read once they are free, and written as ever', async () => {
    await writeFile(file, kept);
    refusals.readFileSync = ['EBUSY', 'EPERM', 'EACCES'];
    const waited: number[] = [];
    const preferences = new Preferences(file, { block: block(waited) });
    expect([preferences.get('theme'), preferences.damage, waited]).toEqual([
      'dark',
      undefined,
      READ_DELAYS.slice(0, 3),
    ]);
    await preferences.set({ zoom: 2 });
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ theme: 'dark', zoom: 2 });
  });

  it('are not waited for if waiting does not help', async () => {
    await writeFile(file, kept);
    refusals.readFileSync = ['EIO'];
    const waited: number[] = [];
    expect(new Preferences(file, { block: block(waited) }).damage).toContain('the disk reports an error');
    expect(waited).toEqual([]);
  });

  it('and are damaged stay too if they cannot be put aside', async () => {
    await writeFile(file, '{"theme":');
    refusals.renameSync = often('EPERM');
    const preferences = new Preferences(file, { block: () => undefined });
    expect(preferences.damage).toContain('stays as it is');
    await preferences.set({ zoom: 2 });
    expect([await readdir(folder), await readFile(file, 'utf8')]).toEqual([['preferences.json'], '{"theme":']);
  });
});

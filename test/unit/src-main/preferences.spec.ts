import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Preferences } from '../../../src-main/preferences';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mnist-studio-'));
  file = join(folder, 'preferences.json');
});
afterEach(() => rm(folder, { recursive: true }));

it.each(['{"recentFolders":', '{"recentFolders":"/digits"}', '{"zoom":900}', '[]', ''])('a damaged file is put aside and told of, not overwritten: %s', async (text) => {
  await writeFile(file, text);
  const preferences = new Preferences(file);
  expect(preferences.damage).toContain(join(folder, 'preferences.damaged.json'));
  expect(preferences.get('recentFolders')).toEqual([]);
  await preferences.set({ zoom: 2 });
  expect((await readdir(folder)).sort()).toEqual(['preferences.damaged.json', 'preferences.json']);
  expect(await readFile(join(folder, 'preferences.damaged.json'), 'utf8')).toBe(text);
});

it('a first start finds nothing, and nothing is wrong with that', () => {
  const preferences = new Preferences(file);
  expect(preferences.damage).toBeUndefined();
  expect([preferences.get('theme'), preferences.get('zoom'), preferences.get('tourSeen'), preferences.get('window')]).toEqual(['system', 1, false, undefined]);
});

it('a write that fails is told of, and what was set counts until the end', async () => {
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
  expect([next.get('theme'), next.get('window'), next.get('zoom'), next.get('tourSeen'), next.damage]).toEqual(['dark', window, 1.25, true, undefined]);
});

it('eight folders are remembered, newest first, each once', async () => {
  const preferences = new Preferences(file);
  for (const name of 'abcdefghija') await preferences.rememberFolder(`/${name}`);
  expect(new Preferences(file).get('recentFolders')).toEqual(['/a', '/j', '/i', '/h', '/g', '/f', '/e', '/d']);
});

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LastFolders, nearestFolder } from '../../../../src-main/window/last-folders';
import { Preferences } from '../../../../src-main/window/preferences';
import { makeFolder } from '../../../fixtures/folders';

let folder: string;
let remove: () => Promise<void>;
let file: string;
beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
  file = join(folder, 'preferences.json');
});
afterEach(() => remove());

it('a folder that is gone gives way to the nearest one above it, and a file is no folder', async () => {
  await writeFile(join(folder, 'file'), '');
  expect(await nearestFolder(join(folder, 'gone', 'with', 'all'))).toBe(folder);
  expect(await nearestFolder(join(folder, 'file'))).toBe(folder);
});

it('the top of the disk is no place to begin, unless it was chosen', async () => {
  const { root } = parse(folder);
  expect(await nearestFolder(join(root, 'no such drive', 'digits'))).toBeUndefined();
  expect(await nearestFolder(root)).toBe(root);
});

it('dialogs begin in the documents, then each kind where it was last, also at the next start', async () => {
  const preferences = new Preferences(file);
  const folders = new LastFolders(preferences, '/documents');
  expect(await folders.of('networks')).toBe('/documents');
  await mkdir(join(folder, 'nets'));
  folders.remember('networks', join(folder, 'nets'));
  folders.remember('datasets', folder);
  expect([await folders.of('networks'), await folders.of('datasets'), await folders.of('results')]).toEqual([
    join(folder, 'nets'),
    folder,
    '/documents',
  ]);
  await preferences.settled();

  const next = new LastFolders(new Preferences(file), '/documents');
  expect([await next.of('networks'), await next.of('settings')]).toEqual([join(folder, 'nets'), '/documents']);
  await rm(join(folder, 'nets'), { recursive: true });
  expect(await next.of('networks')).toBe(folder);
});

it('the documents take the place of a folder of which nothing is left', async () => {
  const preferences = new Preferences(file);
  const folders = new LastFolders(preferences, dirname(folder));
  folders.remember('results', join(parse(folder).root, 'no such drive', 'results'));
  expect(await folders.of('results')).toBe(dirname(folder));
  await preferences.settled();
});

it('preferences of an earlier version, which knew no last folders, are read', async () => {
  const earlier = {
    recentFolders: ['/digits'],
    window: { x: 1, y: 2, width: 900, height: 600, maximized: false, fullScreen: false },
    theme: 'dark',
    contrast: 'more',
    zoom: 1.25,
    tourSeen: true,
  };
  await writeFile(file, JSON.stringify(earlier));
  const preferences = new Preferences(file);
  expect([preferences.damage, preferences.get('theme'), preferences.get('lastFolders')]).toEqual([
    undefined,
    'dark',
    {},
  ]);
});

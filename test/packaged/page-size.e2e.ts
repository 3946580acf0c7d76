// What the page is made of, before compression: all of its JavaScript, views that load when they are opened included.
import { expect, test } from '@playwright/test';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

const ASSETS = path.resolve(import.meta.dirname, '../../out/renderer/assets');
const MOST_BYTES = 600_000;

test('the page has less than 600 KB of JavaScript', async () => {
  const names = (await readdir(ASSETS)).filter((name) => name.endsWith('.js'));
  const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(ASSETS, name))).size));
  const all = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`${(all / 1000).toFixed(0)} KB in ${names.length} files`);
  expect(all).toBeGreaterThan(100_000);
  expect(all).toBeLessThan(MOST_BYTES);
});

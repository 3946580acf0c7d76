// What the page is made of, before compression: all of its JavaScript, and what of it is read at the start, before
// there is anything to see.
import { expect, test } from '@playwright/test';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const PAGE = path.resolve(import.meta.dirname, '../../out/renderer');
const ASSETS = path.join(PAGE, 'assets');
const MOST_BYTES = 600_000;
const MOST_AT_START = 250_000;

async function readScripts(): Promise<Map<string, string>> {
  const names = (await readdir(ASSETS)).filter((name) => name.endsWith('.js'));
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(path.join(ASSETS, name), 'utf8')] as const)),
  );
}

/** A script, and those that it cannot do without; not those that it imports when they are wanted. */
function withImports(name: string, scripts: Map<string, string>, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const [, imported] of scripts.get(name)!.matchAll(/\bimport(?:[^"'()]*from)?\s*["']\.\/([^"']+\.js)["']/g))
    withImports(imported!, scripts, found);
  return found;
}

test('the page has less than 600 KB of JavaScript, and no view is a part of the start', async () => {
  const scripts = await readScripts();
  const bytes = (names: Iterable<string>) =>
    [...names].reduce((sum, name) => sum + Buffer.byteLength(scripts.get(name)!), 0);
  const [, entry] = /<script type="module"[^>]*src="\.\/assets\/([^"]+)"/.exec(
    await readFile(path.join(PAGE, 'index.html'), 'utf8'),
  )!;
  const first = withImports(entry!, scripts);
  const all = bytes(scripts.keys());
  console.log(
    `${(all / 1000).toFixed(0)} KB in ${scripts.size} files, ${(bytes(first) / 1000).toFixed(0)} KB of them in ` +
      `${first.size} at the start`,
  );
  expect(all).toBeGreaterThan(100_000);
  expect(all).toBeLessThan(MOST_BYTES);
  expect(first.size).toBeGreaterThan(1);
  expect(bytes(first)).toBeLessThan(MOST_AT_START);
  const views = [...scripts.keys()].filter((name) => /(?:Tab|Present)-/.test(name));
  expect(views.map((name) => name.split('-')[0]).sort()).toEqual([
    'DataTab',
    'DrawTab',
    'MapTab',
    'MistakesTab',
    'NetworkTab',
    'Present',
    'RunsTab',
    'TrainingTab',
    'WeightsTab',
  ]);
  expect(views.filter((name) => first.has(name))).toEqual([]);
});

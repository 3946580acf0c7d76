import { expect, it } from 'vitest';
import type { Plugin } from 'vite';
import { enumsFirst, withoutHydration } from '../../../build/lean-packages.mjs';

const transformed = (plugin: Plugin, code: string, id: string): unknown =>
  (plugin.transform as unknown as (code: string, id: string) => unknown)(code, id);
const loaded = (id: string): unknown => (withoutHydration().load as unknown as (id: string) => unknown)(id);

it('moves an enum of umap-js before its use, and touches no other file', () => {
  const code = "f(E.a);\nexport const enum E {\n  a = 'a',\n}\nrest();";
  expect(transformed(enumsFirst(), code, '/x/node_modules/umap-js/src/matrix.ts')).toBe(
    "export const enum E {\n  a = 'a',\n}f(E.a);\n\nrest();",
  );
  expect(transformed(enumsFirst(), code, '/x/src-renderer/map/umap.ts')).toBeUndefined();
});

it('takes the steps of hydration out of compiled components, and nothing that looks like them', () => {
  const code = '\t$.reset(div_1);\n\t$.next(2);\n\t$.next();\n\t$.append(a, b);\n\tx.reset(y);\n\tf($.next(), 1);\n';
  expect(transformed(withoutHydration(), code, '/x/App.svelte')).toBe(
    '\n\n\n\t$.append(a, b);\n\tx.reset(y);\n\tf($.next(), 1);\n',
  );
  expect(transformed(withoutHydration(), code, '/x/app.ts')).toBeUndefined();
});

it('exchanges modules of Svelte, by the names that they export', async () => {
  const folder = '../../../node_modules/svelte/src/internal';
  for (const file of ['flags/index.js', 'client/dom/hydration.js']) {
    const original = (await import(/* @vite-ignore */ `${folder}/${file}`)) as object;
    const source = await (loaded(`/x/node_modules/svelte/src/internal/${file}`) as Promise<string>);
    // Svelte itself imports all of them but these, which belong to modes that the page does not have.
    for (const name of Object.keys(original).filter((name) => !/^(?:en|dis)able_/.test(name)))
      expect(source).toContain(name);
  }
  expect(loaded('/x/node_modules/svelte/src/internal/client/render.js')).toBeUndefined();
});

// Svelte fails if two rows of a list have the same key. Names come from people and files and may repeat, so the key of
// a row is its position, or something that is known to be unique.
import { expect, it } from 'vitest';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const PAGE = path.resolve(import.meta.dirname, '../../../src-renderer');
/** Names of variables that hold the position of a row. */
const POSITIONS = ['k', 'index', 'place', 'label', 'layer', 'bin', 'column', 'predicted'];
/** Ids and positions in the test set, values of lists that are part of the code, fields of the settings. */
const UNIQUE = [
  'id',
  'run.id',
  'row.id',
  'entry.id',
  'section.id',
  'unit',
  'image',
  'mistake.index',
  'sample.index',
  'panel',
  'label * classes + predicted',
  'menu',
  'option',
  'value',
  'source',
  'method',
  'measure',
  'suffix',
  'set',
  'row',
  'row[0]',
  'fieldName',
  'key',
];

it('no list is keyed by a name', async () => {
  const files = (await readdir(PAGE, { recursive: true })).filter((file) => file.endsWith('.svelte'));
  const keys = await Promise.all(
    files.map(async (file) => {
      const lists = (await readFile(path.join(PAGE, file), 'utf8')).split('{#each ').slice(1);
      return lists.map((list) => `${file}: ${/\(([^()]*)\)\}/.exec(list.slice(list.indexOf(' as ')))?.[1]}`);
    }),
  );
  const all = keys.flat();
  expect(all.length).toBeGreaterThan(60);
  expect(all.filter((one) => ![...POSITIONS, ...UNIQUE].includes(one.split(': ')[1]!))).toEqual([]);
});

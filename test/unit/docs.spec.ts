// The documents name files of the project; each of them exists.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const PROJECT = join(import.meta.dirname, '../..');
const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/architecture.md',
  'docs/user-guide.md',
  'docs/file-formats.md',
  'src-main/runs/README.md',
  'src-shared/nn/README.md',
];

/** `src-main/main.ts`, `test/unit/…`: what begins like a folder of the project and is no pattern. */
const NAMED = /`((?:src-main|src-shared|src-renderer|test|build|docs)\/[\w./-]*)`/g;
const LINKED = /\]\((?!\w+:|#)([^)#\s]+)(?:#[^)]*)?\)/g;

function filesIn(document: string): string[] {
  const text = readFileSync(join(PROJECT, document), 'utf8');
  const named = [...text.matchAll(NAMED)].map(([, name]) => name!);
  const linked = [...text.matchAll(LINKED)].map(([, link]) => join(dirname(document), link!));
  return [...new Set([...named, ...linked])];
}

describe.each(DOCUMENTS)('%s', (document) => {
  it('names only files and folders that exist', () => {
    const missing = filesIn(document).filter((name) => !existsSync(join(PROJECT, name)));
    expect(missing).toEqual([]);
  });
});

it('the architecture names the files of the way of an image, of a setting, and of what can be added', () => {
  expect(filesIn('docs/architecture.md').length).toBeGreaterThan(60);
});

import { expect, it } from 'vitest';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

it('every view ignores keys with Ctrl, Alt or Cmd, which are for the app or the system', async () => {
  const page = path.resolve(import.meta.dirname, '../../../src-renderer');
  const files = (await readdir(page, { recursive: true })).filter((file) => file.endsWith('.svelte'));
  const handlers: string[] = [];
  for (const file of files) {
    const text = await readFile(path.join(page, file), 'utf8');
    for (const [, body] of text.matchAll(/function keydown\([^)]*\): void \{\n([\s\S]*?)\n {2}\}\n/g)) {
      handlers.push(file);
      expect(body, file).toContain('withModifier(');
    }
    expect(text.replaceAll('onkeydown={keydown}', ''), `${file}: keys are handled by a function keydown`).not.toMatch(
      /onkeydown=\{\(?event/,
    );
  }
  expect(handlers.length).toBeGreaterThan(12);
});

// Names what is left out here, so that the count of skipped tests includes it.
import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NOT_IN_CHROMIUM } from './not-in-chromium';

for (const { title, reason } of NOT_IN_CHROMIUM) {
  test.skip(`only in Electron, because ${reason}: ${title}`, () => undefined);
}

test('every test that is left out exists under its name', async () => {
  for (const { file, title } of NOT_IN_CHROMIUM) {
    expect(await readFile(join(import.meta.dirname, `../e2e/${file}.e2e.ts`), 'utf8')).toContain(`test('${title}'`);
  }
});

// Tests of the app that start it more than once with the same profile.
import { test as base } from '@playwright/test';
import { makeFolder } from '../fixtures/folders';
import type { RunningApp } from './app';

/** A profile folder that outlives the app, so that a test can start it twice. */
export const test = base.extend<{ profile: string }>({
  // eslint-disable-next-line no-empty-pattern -- how Playwright writes a fixture that needs no other
  profile: async ({}, use) => {
    const { folder, remove } = await makeFolder();
    await use(folder);
    await remove();
  },
});

/** As the app has it: Playwright's own colours are put aside. */
export async function isDark({ page }: RunningApp): Promise<boolean> {
  await page.emulateMedia({ colorScheme: null });
  return page.evaluate(() => window.matchMedia('(prefers-color-scheme: dark)').matches);
}

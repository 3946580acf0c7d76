// A test with an app of its own, and with an empty folder of its own; both are gone after it.
import { test as base } from '@playwright/test';
import { makeFolder } from '../fixtures/folders';
import { launchApp, type RunningApp } from './app';

/* eslint-disable no-empty-pattern -- how Playwright writes a fixture that needs no other */
export const test = base.extend<{ studio: RunningApp; folder: string }>({
  studio: async ({}, use) => {
    const studio = await launchApp();
    await use(studio);
    await studio.close();
  },
  folder: async ({}, use) => {
    const { folder, remove } = await makeFolder();
    await use(folder);
    await remove();
  },
});

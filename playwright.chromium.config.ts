// Tests of the app without Electron, in the Chromium and nearly the V8 of the Electron that people get. See
// test/chromium/launch.ts.
import { defineConfig } from '@playwright/test';
import { FILES_IN_CHROMIUM, NOT_IN_CHROMIUM } from './test/chromium/not-in-chromium';

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export default defineConfig({
  testDir: 'test',
  testMatch: ['chromium/*.e2e.ts', ...FILES_IN_CHROMIUM.map((name) => `e2e/${name}.e2e.ts`)],
  grepInvert: NOT_IN_CHROMIUM.map(({ file, title }) => new RegExp(`e2e/${file}\\.e2e\\.ts ${escaped(title)}$`)),
  outputDir: 'test-results/chromium', // beside those of the tests in Electron
  globalSetup: './test/chromium/setup.mjs',
  workers: 1,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 30_000 }, // what the page is told takes a way of four processes here
  forbidOnly: true,
  use: { trace: 'off' },
});

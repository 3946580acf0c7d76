// Tests of the built app in the real Electron, one at a time, because they train. None is tried twice.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  globalSetup: './test/e2e/setup.mjs',
  workers: 1,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 30_000 }, // they train: what they wait for takes as long as the machine needs
  forbidOnly: true,
  use: { trace: 'off' },
});

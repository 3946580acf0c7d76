// Tests of the packaged app as people get it, unpacked from its Debian package or archive. npm run package makes it
// first.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/packaged',
  testMatch: '**/*.e2e.ts',
  workers: 1,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  use: { trace: 'off' },
});

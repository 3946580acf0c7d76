// Starts the built app in the real Electron, with a profile of its own, for one test.
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** An app that cannot open its window soon will not: better said early than when the whole test runs out of time. */
const START_TIMEOUT_MS = 30_000;
const projectRoot = path.resolve(import.meta.dirname, '../..');

export interface RunningApp {
  app: ElectronApplication;
  page: Page;
  /** Ends the app and deletes its profile, unless the test brought one. */
  close(): Promise<void>;
}

/** @param options.userData the profile folder to use instead of a new one, so that a test can start the app twice */
export async function launchApp(options: { userData?: string; args?: string[] } = {}): Promise<RunningApp> {
  const userData = options.userData ?? (await mkdtemp(path.join(os.tmpdir(), 'mnist-studio-profile-')));
  const sandboxFlags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath: process.env['MNIST_STUDIO_ELECTRON']!, // see setup.mjs
    args: [...sandboxFlags, `--user-data-dir=${userData}`, projectRoot, ...(options.args ?? [])],
    chromiumSandbox: sandboxFlags.length === 0,
    cwd: projectRoot,
    timeout: START_TIMEOUT_MS,
  });
  const page = await app.firstWindow({ timeout: START_TIMEOUT_MS });

  async function close(): Promise<void> {
    await app.close();
    if (options.userData === undefined) await rm(userData, { recursive: true, force: true });
  }
  return { app, page, close };
}

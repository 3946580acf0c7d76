// Starts the app without Electron: its real main process and trainer in Node on the stand-in, its real page in
// Chromium.
import { chromium, type Browser, type ElectronApplication, type Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import path from 'node:path';
import { connectCalls, type Peer } from './calls';
import { bridgePage } from './page-bridge';
import type { MainSide, PageSide } from './sides';

const project = path.resolve(import.meta.dirname, '../..');
/** Chromium as a test finds it; the colours of the screen it runs on must not matter. */
const CHROMIUM_ARGS = ['--no-sandbox', '--force-color-profile=srgb'];

let browser: Promise<Browser> | undefined;

/** One for all tests of a worker; each app has a context of its own. Ends with the worker. */
export function testBrowser(): Promise<Browser> {
  return (browser ??= chromium.launch({
    executablePath: process.env['MNIST_STUDIO_CHROMIUM']!,
    args: CHROMIUM_ARGS,
    ignoreDefaultArgs: ['--hide-scrollbars'],
  }));
}

export interface ChromiumOptions {
  /** As Electron gets them. */
  args: string[];
  env: Record<string, string>;
}

/** @returns what of Playwright's ElectronApplication the tests use */
export async function launchInChromium({ args, env }: ChromiumOptions): Promise<ElectronApplication> {
  const context = await (
    await testBrowser()
  ).newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: false, locale: 'en-US' });
  const page = await context.newPage();
  const bridge = await bridgePage(page, path.join(project, 'out/preload/preload.cjs'));
  const standIn = process.env['MNIST_STUDIO_STAND_IN']!;
  const command = [path.join(standIn, 'main.cjs'), path.join(project, 'out/main/main.cjs'), ...args];
  const child = spawn(process.env['MNIST_STUDIO_NODE']!, command, {
    cwd: project,
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  const loaded = new EventEmitter();
  const firstWindow = once(loaded, 'window');
  const handlers: PageSide = {
    ...bridge.side,
    async load(url) {
      await bridge.side.load(url);
      loaded.emit('window');
    },
  };
  const main = connectCalls<MainSide>(
    {
      send: (message) => void (child.connected && child.send(message, () => undefined)),
      onMessage: (listener) => void child.on('message', listener),
    },
    handlers,
  );
  bridge.connect(main);
  return electronApplication(child, main, page, firstWindow);
}

function electronApplication(
  child: ReturnType<typeof spawn>,
  main: Peer<MainSide>,
  page: Page,
  firstWindow: Promise<unknown>,
): ElectronApplication {
  const events = new EventEmitter();
  let ended = false;
  const end = once(child, 'exit').then(async ([code]: unknown[]) => {
    ended = true;
    main.end();
    await page.context().close();
    events.emit('close');
    return code;
  });
  const diedEarly = end.then((code) => {
    throw new Error(`The app ended before its window opened, with exit code ${String(code)}.`);
  });
  diedEarly.catch(() => undefined); // only firstWindow asks
  const app = {
    evaluate: (work: (...args: never[]) => unknown, argument?: unknown) =>
      main.call('evaluate', String(work), argument),
    firstWindow: async () => {
      await Promise.race([firstWindow, diedEarly]);
      return page;
    },
    windows: () => [page],
    context: () => page.context(),
    process: () => child,
    on: (event: string, listener: () => void) => events.on(event, listener),
    waitForEvent: async (event: string) => (ended ? undefined : once(events, event)),
    async close() {
      if (!ended)
        await main
          .call('evaluate', '({ app }) => void setImmediate(() => app.quit())', undefined)
          .catch(() => undefined);
      await end;
    },
  };
  return app as unknown as ElectronApplication;
}

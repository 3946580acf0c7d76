// Tries to break out of the page: each way must be closed.
import { expect, test } from '@playwright/test';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { launchApp, type RunningApp } from './app';

let studio: RunningApp;
let server: Server;
let requests: string[];
let outside: string;
test.beforeEach(async () => {
  requests = [];
  server = createServer((request, response) => {
    requests.push(request.url!);
    response.end('reached');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  outside = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  studio = await launchApp();
});
test.afterEach(async () => {
  await studio.close();
  await new Promise((resolve) => server.close(resolve));
});

test('the window is sandboxed and isolated, without Node', async () => {
  const preferences = await studio.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]!.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
  });
  expect([preferences['experimentalFeatures'], preferences['enableBlinkFeatures']].every((value) => !value)).toBe(true);
  const leaked = await studio.page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in window),
  );
  expect(leaked).toEqual([]);
  expect(await studio.page.evaluate(() => Object.keys(window.api).sort())).toEqual(['command', 'onNotice', 'pathOf']);
});

test('the Content-Security-Policy stops inline scripts and styles, eval, data images, all connections', async () => {
  const { page } = studio;
  await page.evaluate(() => {
    const state = window as unknown as { violations: string[]; broken: string[] };
    state.violations = [];
    state.broken = [];
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      state.violations.push(effectiveDirective),
    );
  });
  await page.evaluate(async (url) => {
    const { broken } = window as unknown as { broken: string[] };
    const inline = document.createElement('script');
    inline.textContent = 'window.broken.push("inline script")';
    document.head.append(inline);
    const remote = document.createElement('script');
    remote.src = `${url}/script.js`;
    document.head.append(remote);
    document.body.insertAdjacentHTML('beforeend', '<p id="styled" style="color: red"></p>');
    const image = new Image();
    image.src = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
    const frame = document.createElement('iframe');
    frame.src = `${url}/frame`;
    document.body.append(frame);
    await fetch(`${url}/fetch`).then(
      () => broken.push('fetch'),
      () => undefined,
    );
    try {
      new WebSocket(url.replace('http', 'ws'));
    } catch {
      // refused at once
    }
  }, outside);
  const violations = () => page.evaluate(() => (window as unknown as { violations: string[] }).violations);
  for (const directive of ['script-src-elem', 'style-src-attr', 'img-src', 'frame-src', 'connect-src']) {
    await expect.poll(violations).toContain(directive);
  }
  expect(await page.evaluate(() => (window as unknown as { broken: string[] }).broken)).toEqual([]);
  expect(requests).toEqual([]);
});

test('eval is refused to the page’s own scripts', async () => {
  // Code that the debugger runs may use eval; a timer with a text, started by it, may not.
  const { page } = studio;
  await page.evaluate(() => {
    document.addEventListener(
      'securitypolicyviolation',
      ({ blockedURI }) => ((window as unknown as { blocked: string }).blocked = blockedURI),
    );
    document.body.addEventListener('click', () => {
      try {
        new Function('window.evaluated = true')();
      } catch {
        // refused
      }
    });
  });
  await page.mouse.click(2, 2);
  await expect.poll(() => page.evaluate(() => (window as unknown as { blocked?: string }).blocked)).toBe('eval');
  expect(await page.evaluate(() => 'evaluated' in window)).toBe(false);
});

test('no request leaves the app, whatever the Content-Security-Policy says', async () => {
  const failure = await studio.app.evaluate(({ session }, url) => {
    const { net } = process.mainModule!.require('electron') as typeof import('electron');
    void session;
    return net.fetch(`${url}/main`).then(
      () => 'reached',
      () => 'refused',
    );
  }, outside);
  expect(failure).toBe('refused');
  expect(requests).toEqual([]);
});

test('the page cannot navigate, open windows or redirect itself', async () => {
  const { app, page } = studio;
  const before = page.url();
  await app.evaluate(({ BrowserWindow }) => {
    const tried: string[] = [];
    (globalThis as { tried?: string[] }).tried = tried;
    BrowserWindow.getAllWindows()[0]!.webContents.on('will-frame-navigate', ({ url }) => tried.push(url));
  });
  await page.evaluate((url) => {
    window.open(`${url}/window`);
    const link = document.createElement('a');
    link.href = `${url}/link`;
    link.target = '_blank';
    document.body.append(link);
    link.click();
    location.href = `${url}/navigate`;
  }, outside);
  // Not even to its own origin, which no other wall would stop.
  await page.evaluate(() => void (location.href = '/elsewhere.html'));
  await expect
    .poll(() => app.evaluate(() => (globalThis as { tried?: string[] }).tried))
    .toEqual([`${outside}/navigate`, 'app://studio/elsewhere.html']);

  const windows = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
  );
  expect(windows).toEqual([before]);
  expect(requests).toEqual([]);
});

test('permissions are denied', async () => {
  const { page } = studio;
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'];
    const asked = names.map((name) =>
      navigator.permissions.query({ name: name as PermissionName }).then(({ state }) => state),
    );
    return Promise.all(asked);
  });
  expect(states.every((state) => state === 'denied')).toBe(true);
  expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
  const media = await page.evaluate(() =>
    navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'given',
      (error: Error) => error.name,
    ),
  );
  expect(media).not.toBe('given');
});

test('commands are refused to any sender but the app’s own page, and with arguments that do not fit', async () => {
  const { app, page } = studio;
  const ask = (name: string, args?: unknown) =>
    page.evaluate(([command, value]) => window.api.command(command as 'train', value as never), [name, args] as const);
  expect(await ask('constructor')).toMatchObject({ ok: false, error: { code: 'refused' } });
  expect(await ask('train', { settings: { epochs: 1e9 } })).toMatchObject({
    ok: false,
    error: { code: 'settings-refused' },
  });
  expect(await ask('openFolder', { folder: ['/etc'] })).toMatchObject({
    ok: false,
    error: { code: 'settings-refused' },
  });
  expect(await ask('stop', { extra: true })).toMatchObject({ ok: false });

  // A second window with the same preload script, which no user can open, is a stranger.
  const answer = await app.evaluate(async ({ BrowserWindow, app: electron }) => {
    const preload = `${electron.getAppPath()}/out/preload/preload.cjs`;
    const stranger = new BrowserWindow({
      show: false,
      webPreferences: { preload, sandbox: true, contextIsolation: true },
    });
    await stranger.loadURL('app://studio/index.html');
    const result = (await stranger.webContents.executeJavaScript('window.api.command("openBuiltin")')) as unknown;
    stranger.destroy();
    return result;
  });
  expect(answer).toMatchObject({
    ok: false,
    error: { code: 'refused', message: expect.stringContaining('did not come from the app’s own page') },
  });
});

test('commands are refused while the app’s own window shows another address', async () => {
  for (const address of [
    'about:blank',
    'data:text/html,<p>stranger</p>',
    'app://stranger/index.html',
    'app://studio.stranger/index.html',
  ]) {
    const answer = await studio.app.evaluate(async ({ BrowserWindow, dialog, session }, url) => {
      session.defaultSession.webRequest.onBeforeRequest(null); // another wall, which would stop most of them
      dialog.showMessageBox = () => new Promise(() => undefined); // the offer to load the app's own page again
      const { webContents } = BrowserWindow.getAllWindows()[0]!;
      await webContents.loadURL(url);
      return (await webContents.executeJavaScript('window.api.command("about")')) as unknown;
    }, address);
    expect(answer, address).toMatchObject({
      ok: false,
      error: { code: 'refused', message: expect.stringContaining('did not come from the app’s own page') },
    });
  }
});

test('the app’s own protocol serves nothing outside its folder', async () => {
  const statuses = await studio.app.evaluate(async ({ session }) => {
    const paths = [
      '../main/main.cjs',
      '%2e%2e/main/main.cjs',
      '..%2f..%2fpackage.json',
      '%E0%A4%A',
      '%00',
      'index.html',
    ];
    return Promise.all(paths.map(async (path) => (await session.defaultSession.fetch(`app://studio/${path}`)).status));
  });
  expect(statuses).toEqual([404, 404, 404, 404, 404, 200]);
});

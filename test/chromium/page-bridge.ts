// The page's side of the stand-in: the app's own preload script in a page of Chromium, and what the main process asks
// of it.
import type { CDPSession, Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import type { Peer } from './calls';
import { createCodec, type Codec } from './codec';
import type { MainSide, PageEvent, PageSide, View } from './sides';

/** In the order in which they were sent. */
type Message =
  { channel: string; value: unknown } | { channel: string; newPort: number } | { port: number; value: unknown };

/** What the script below leaves in the page for this file. */
type BridgedWindow = Window & { standInReceive(texts: string[]): void; standInInvoke(text: string): Promise<string> };

type Listener = (event: { ports: MessagePort[] }, value?: unknown) => void;

const codec = createCodec();
/** Characters. Chromium ends when the debugger sends it a hundred million at once. */
const MOST_TOGETHER = 8_000_000;

/**
 * Runs in the page, before its own scripts. Gets only the codec and the preload script, and must not use anything else.
 */
function installBridge({ encode, decode }: Codec, preload: (require: () => unknown) => void): void {
  const bridged = window as unknown as BridgedWindow;
  const listeners = new Map<string, Listener[]>();
  const ports = new Map<number, MessagePort>();
  const emit = (channel: string, event: { ports: MessagePort[] }, value?: unknown) =>
    listeners.get(channel)?.forEach((listener) => listener(event, value));
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: object) =>
        Object.defineProperty(window, name, { value: Object.freeze(api) }),
    },
    ipcRenderer: {
      invoke: async (channel: string, ...args: unknown[]) =>
        decode(await bridged.standInInvoke(encode([channel, args]))),
      on: (channel: string, listener: Listener) =>
        void listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
    },
    webUtils: { getPathForFile: () => '' }, // which only Electron knows
  };
  bridged.standInReceive = (texts) => {
    for (const message of texts.map(decode) as Message[]) {
      if ('port' in message) {
        ports.get(message.port)?.postMessage(message.value); // a port of a page that was reloaded is gone
      } else if ('newPort' in message) {
        const { port1, port2 } = new MessageChannel();
        ports.set(message.newPort, port1);
        emit(message.channel, { ports: [port2] });
      } else {
        emit(message.channel, { ports: [] }, message.value);
      }
    }
  };
  preload(() => electron);
}

async function bridgeScript(preloadFile: string): Promise<string> {
  const preload = await readFile(preloadFile, 'utf8');
  return `(${installBridge})((${createCodec})(), (require) => {${preload}\n});`;
}

export interface PageBridge {
  side: PageSide;
  /** Before anything is loaded. */
  connect(main: Peer<MainSide>): void;
}

export async function bridgePage(page: Page, preloadFile: string): Promise<PageBridge> {
  let main: Peer<MainSide> | undefined;
  // the app may have ended
  const report = (event: PageEvent) => void main?.call('pageEvent', event).catch(() => undefined);
  const devtools: CDPSession = await page.context().newCDPSession(page);
  await page.exposeBinding('standInInvoke', async (_source, text: string) => {
    const [channel, args] = codec.decode(text) as [string, unknown[]];
    return codec.encode(await main!.call('invoke', channel, args));
  });
  await page.addInitScript({ content: await bridgeScript(preloadFile) });
  page.on('domcontentloaded', () => report('dom-ready'));
  page.on('load', () => report('did-finish-load'));
  page.on('crash', () => report('render-process-gone'));

  const send = sender(page);
  const side: PageSide = {
    async load(url) {
      await page.goto(url);
    },
    async reload() {
      await page.reload();
    },
    setView: (view) => setView(page, devtools, view),
    setColorScheme: (scheme) => page.emulateMedia({ colorScheme: scheme === 'system' ? null : scheme }),
    capture: (clip) => page.screenshot(clip && { clip }),
    send: (channel, value) => send({ channel, value }),
    sendPort: (channel, port) => send({ channel, newPort: port }),
    deliver: (port, value) => send({ port, value }),
  };
  return { side, connect: (peer) => void (main = peer) };
}

/** A zoomed page has fewer CSS pixels, each of them of more dots. */
async function setView(page: Page, devtools: CDPSession, { width, height, zoom }: View): Promise<void> {
  if (zoom === 1) {
    await devtools.send('Emulation.clearDeviceMetricsOverride');
    await page.setViewportSize({ width, height });
  } else {
    await devtools.send('Emulation.setDeviceMetricsOverride', {
      width: Math.round(width / zoom),
      height: Math.round(height / zoom),
      deviceScaleFactor: zoom,
      mobile: false,
    });
  }
}

/** @returns sends in order, and together what has come while the page was busy */
function sender(page: Page): (message: Message) => void {
  let waiting: string[] = [];
  let sending = false;

  async function sendAll(): Promise<void> {
    sending = true;
    while (waiting.length > 0) {
      const count = countOf(waiting, MOST_TOGETHER);
      const texts = waiting.slice(0, count);
      waiting = waiting.slice(count);
      await page
        .evaluate((messages) => (window as unknown as BridgedWindow).standInReceive(messages), texts)
        .catch(ignoreGonePage);
    }
    sending = false;
  }

  return (message) => {
    waiting.push(codec.encode(message));
    if (!sending) void sendAll();
  };
}

/** How many of the first texts have so many characters together, at least one. */
function countOf(texts: string[], characters: number): number {
  let total = 0;
  const tooMuch = texts.findIndex(({ length }) => (total += length) > characters);
  return tooMuch < 0 ? texts.length : Math.max(1, tooMuch);
}

/** Events sent while the page is reloading, closed or crashed are lost in Electron too. */
function ignoreGonePage(error: Error): void {
  if (!/context was destroyed|has been closed|crashed|navigat/i.test(error.message)) throw error;
}

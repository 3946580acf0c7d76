// A page of the packaged app through Chromium's own protocol: Playwright cannot connect to an Electron that it has not
// started itself. https://chromedevtools.github.io/devtools-protocol
import { expect } from '@playwright/test';
import WebSocket from 'ws';

interface Target {
  type: string;
  url: string;
  webSocketDebuggerUrl: string;
}

interface Message {
  id?: number;
  method?: string;
  result: Evaluated;
  error?: { message: string };
  params: { exceptionDetails: { text: string } };
}

interface Evaluated {
  result: { value: unknown };
  exceptionDetails?: { exception?: { description?: string }; text: string };
}

export class DevToolsPage {
  /** Of the page's scripts, uncaught. */
  readonly errors: string[] = [];
  private readonly waiting = new Map<number, (message: Message) => void>();
  private last = 0;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Message;
      if (message.id !== undefined) this.waiting.get(message.id)?.(message);
      else if (message.method === 'Runtime.exceptionThrown') this.errors.push(message.params.exceptionDetails.text);
    });
  }

  /**
   * Waits until the app has opened its page, and the page shows something: before that it may still be replaced by
   * another.
   */
  static async connect(port: number): Promise<DevToolsPage> {
    let found: Target | undefined;
    await expect(async () => {
      const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as Target[];
      found = targets.find(({ type, url }) => type === 'page' && url.startsWith('app:'));
      expect(found).toBeDefined();
    }).toPass({ timeout: 20_000 });
    const socket = new WebSocket(found!.webSocketDebuggerUrl);
    await new Promise((open, failed) => socket.once('open', open).once('error', failed));
    const page = new DevToolsPage(socket);
    await page.send('Runtime.enable', {});
    await expect(async () =>
      expect(await page.evaluate(`document.querySelector('#app > *') !== null`)).toBe(true),
    ).toPass({ timeout: 20_000 });
    return page;
  }

  /** @param script an expression; a promise is waited for. Throws what it throws. */
  async evaluate<T>(script: string): Promise<T> {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', {
      expression: script,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as T;
  }

  textOf(testid: string): Promise<string> {
    return this.evaluate(`document.querySelector('[data-testid="${testid}"]')?.innerText ?? ''`);
  }

  /** Once it is there and may be clicked. */
  async click(testid: string): Promise<void> {
    const button = `document.querySelector('[data-testid="${testid}"]')`;
    await expect.poll(() => this.evaluate(`${button} !== null && !${button}.disabled`), { timeout: 20_000 }).toBe(true);
    await this.evaluate(`${button}.click()`);
  }

  close(): void {
    this.socket.close();
  }

  private send(method: string, params: object): Promise<Evaluated> {
    const id = ++this.last;
    this.socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve, reject) =>
      this.waiting.set(id, ({ result, error }) => {
        if (error) reject(new Error(error.message));
        else resolve(result);
      }),
    );
  }
}

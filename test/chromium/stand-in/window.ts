// Electron's BrowserWindow and WebContents. There is one window, and its page is in Chromium; what the system would do
// with the window is only remembered.
import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';
import type { PageEvent } from '../sides';
import { app } from './app';
import type { Port } from './ports';
import { page } from './page';
import { pageAddress } from './protocol';

class WebContents extends EventEmitter {
  private url = '';
  private zoom = 1;
  private size = { width: 0, height: 0 };
  /** As senders of messages are known by. */
  readonly mainFrame: { readonly url: string; readonly origin: string };

  constructor() {
    super();
    const getUrl = () => this.url;
    this.mainFrame = {
      get url() {
        return getUrl();
      },
      get origin() {
        const { protocol, host } = new URL(getUrl());
        return `${protocol}//${host}`;
      },
    };
  }

  async loadURL(url: string): Promise<void> {
    this.url = url;
    await page.call('load', await pageAddress(url));
  }

  getURL = () => this.url;
  reload = () => void page.call('reload');
  setWindowOpenHandler = () => undefined;
  isDestroyed = () => false;
  isCrashed = () => false;

  send(channel: string, value: unknown): void {
    void page.call('send', channel, value);
  }

  postMessage(channel: string, _message: unknown, [port]: Port[]): void {
    void page.call('sendPort', channel, port!.id);
  }

  getZoomFactor = () => this.zoom;

  setZoomFactor(zoom: number): void {
    if (zoom === this.zoom) return;
    this.zoom = zoom;
    this.showView();
  }

  setSize(width: number, height: number): void {
    if (width === this.size.width && height === this.size.height) return;
    this.size = { width, height };
    this.showView();
  }

  private showView(): void {
    void page.call('setView', { ...this.size, zoom: this.zoom });
  }

  /** @param clip in the system's pixels, of which a CSS pixel of a zoomed page has more than one */
  async capturePage(clip?: Rectangle) {
    const inPage = clip && {
      x: clip.x / this.zoom,
      y: clip.y / this.zoom,
      width: clip.width / this.zoom,
      height: clip.height / this.zoom,
    };
    const png = Buffer.from(await page.call('capture', inPage));
    return { toPNG: () => png };
  }
}

export class BrowserWindow extends EventEmitter {
  private static readonly all: BrowserWindow[] = [];
  static getAllWindows = () => BrowserWindow.all.filter((window) => !window.destroyed);

  readonly webContents = new WebContents();
  private bounds: Rectangle;
  private destroyed = false;
  private visible = false;
  private maximized = false;
  private fullScreen = false;

  constructor({ x = 0, y = 0, width = 800, height = 600 }: BrowserWindowConstructorOptions) {
    super();
    this.bounds = { x, y, width, height };
    BrowserWindow.all.push(this);
    app.windows.push(this);
    this.webContents.setSize(width, height);
    this.webContents.once('dom-ready', () => this.emit('ready-to-show'));
    app.emit('web-contents-created', {}, this.webContents);
  }

  loadURL = (url: string) => this.webContents.loadURL(url);
  isDestroyed = () => this.destroyed;
  isVisible = () => this.visible;
  isMinimized = () => false;
  isMaximized = () => this.maximized;
  isFullScreen = () => this.fullScreen;
  isFocused = () => true;
  restore = () => undefined;
  focus = () => undefined;
  maximize = () => this.change('maximize', () => (this.maximized = true));
  unmaximize = () => this.change('unmaximize', () => (this.maximized = false));
  setFullScreen = (on: boolean) =>
    this.change(on ? 'enter-full-screen' : 'leave-full-screen', () => (this.fullScreen = on));
  show = () => this.change('show', () => (this.visible = true));
  hide = () => this.change('hide', () => (this.visible = false));
  setProgressBar(_done: number, _options?: { mode: string }): void {
    // The taskbar is the system's; a test may put itself in the place of this.
  }

  getBounds = () => ({ ...this.bounds });
  getNormalBounds = () => ({ ...this.bounds });
  getContentBounds = () => ({ ...this.bounds });
  getSize = () => [this.bounds.width, this.bounds.height];
  getContentSize = () => [this.bounds.width, this.bounds.height];
  setSize = (width: number, height: number) => this.setBounds({ width, height });
  setContentSize = (width: number, height: number) => this.setBounds({ width, height });

  setBounds(changes: Partial<Rectangle>): void {
    this.bounds = { ...this.bounds, ...changes };
    this.webContents.setSize(this.bounds.width, this.bounds.height);
    this.emit('resize');
  }

  close(): void {
    let prevented = false;
    this.emit('close', { preventDefault: () => (prevented = true) });
    if (!prevented) this.destroy();
  }

  destroy(): void {
    this.destroyed = true;
    this.emit('closed');
    app.emit('window-all-closed');
  }

  private change(event: string, set: () => void): void {
    set();
    this.emit(event);
  }
}

/** Emits an event of the page, as reported by the process that holds the page. */
export function emitPageEvent(event: PageEvent): void {
  const window = BrowserWindow.getAllWindows()[0];
  if (!window) return;
  const details = event === 'render-process-gone' ? { reason: 'crashed', exitCode: 1 } : undefined;
  window.webContents.emit(event, {}, details);
  if (details) app.emit(event, {}, window.webContents, details);
}

// What the two processes ask of each other: the test, which holds the page in Chromium, and the app's main process,
// which runs on a stand-in for Electron.

/** CSS pixels, as the system sees them: the page gets them divided by the zoom. */
export interface View {
  width: number;
  height: number;
  zoom: number;
}

export type ColorScheme = 'system' | 'light' | 'dark';

/** The events that the page's process sends to the main process, with Electron's names. */
export type PageEvent = 'dom-ready' | 'did-finish-load' | 'render-process-gone';

// Types, not interfaces, because these are tables of handlers.
export type PageSide = {
  /** Resolves when the page has loaded. */
  load(url: string): Promise<void>;
  reload(): Promise<void>;
  setView(view: View): Promise<void>;
  setColorScheme(scheme: ColorScheme): Promise<void>;
  /** @returns a PNG file */
  capture(clip: { x: number; y: number; width: number; height: number } | undefined): Promise<Uint8Array>;
  /** A message to the preload script. */
  send(channel: string, value: unknown): void;
  /** A new message port for the preload script. */
  sendPort(channel: string, port: number): void;
  /** A message through a port. */
  deliver(port: number, value: unknown): void;
};

export type MainSide = {
  /** What the preload script asks by ipcRenderer.invoke. */
  invoke(channel: string, args: unknown[]): Promise<unknown>;
  /** Runs a function, given as its text, with Electron's module and one argument. */
  evaluate(source: string, argument: unknown): unknown;
  pageEvent(event: PageEvent): void;
};

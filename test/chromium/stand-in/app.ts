// Electron's app and nativeTheme: how it starts and ends, and what it knows of the system.
import { EventEmitter } from 'node:events';
import path from 'node:path';
import { version } from '../../../package.json';
import type { ProfileApp } from '../../../src-main/window/profile-folder';
import type { ColorScheme } from '../sides';
import { page } from './page';

const argument = (name: string) => process.argv.find((text) => text.startsWith(`--${name}=`))!.slice(name.length + 3);
let userData = argument('user-data-dir');

interface OpenWindow {
  isDestroyed(): boolean;
  close(): void;
}

class App extends EventEmitter implements ProfileApp {
  /** Not Electron's: windows and child processes enter themselves here. */
  readonly windows: OpenWindow[] = [];
  readonly children = new Set<{ pid: number; type: string; name: string }>();

  readonly name = 'MNIST Studio';
  readonly isPackaged = false;
  readonly commandLine = {
    appendSwitch: () => undefined,
    hasSwitch: (name: string) => process.argv.some((text) => text.startsWith(`--${name}`)),
    getSwitchValue: () => '',
  };

  getVersion = () => version;
  getName = () => this.name;
  getAppPath = () => path.resolve(__dirname, '../../..');
  getPath = (name: string) => (name === 'userData' ? userData : path.join(userData, name));
  setPath = (_name: 'userData', folder: string) => void (userData = folder);
  /** As glibc names it: de_DE.UTF-8 */
  getSystemLocale = () => (process.env['LC_ALL'] ?? 'C').replace(/\..*/, '').replace('_', '-').replace(/^C$/, 'en-US');
  getLocale = () => 'en-US';
  getPreferredSystemLanguages = () => [this.getSystemLocale()];
  addRecentDocument = () => undefined;
  setAppUserModelId = () => undefined;
  requestSingleInstanceLock = () => true;
  whenReady = () => Promise.resolve();
  isReady = () => true;
  getAppMetrics = () => [{ pid: process.pid, type: 'Browser' }, ...this.children];

  quit(): void {
    const open = this.windows.find((window) => !window.isDestroyed());
    if (open) return open.close(); // and when it has closed, the app asks again
    this.emit('before-quit', { preventDefault: () => undefined });
    let prevented = false;
    this.emit('will-quit', { preventDefault: () => (prevented = true) });
    if (!prevented) this.exit();
  }

  exit(code = 0): void {
    this.emit('quit', {}, code);
    process.exit(code);
  }
}

export const app = new App();

class NativeTheme extends EventEmitter {
  private source: ColorScheme = 'system';

  get themeSource(): ColorScheme {
    return this.source;
  }

  set themeSource(source: ColorScheme) {
    this.source = source;
    void page.call('setColorScheme', source);
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.source === 'dark';
  }
}

export const nativeTheme = new NativeTheme();

// What the page needs to know about the app itself: how it was started, and its version.
import type { Failure } from '../errors';
import type { Contrast } from './appearance';

/** What a page that has just loaded needs from main. The trainer sends the rest. */
export interface StartInfo {
  /** Dataset folders that were opened and still exist, newest first. */
  recentFolders: string[];
  /** BCP 47 tag of how the system writes numbers and dates. */
  locale: string;
  contrast: Contrast;
  /** False at the first start. */
  tourSeen: boolean;
  /** A sentence about what went wrong before a page could show it. */
  warning: string | undefined;
  /** The file or folder that the app was started with. */
  given: StartupRequest | undefined;
  /** Set while the trainer is dead and not yet restarted. */
  trainerLost: Failure | undefined;
}

/** What the desktop asks the app to open. */
export type StartupRequest =
  | { kind: 'network'; file: string }
  | { kind: 'dataset'; folder: string }
  /** The message says why it cannot be opened. */
  | { kind: 'refused'; message: string };

export interface AboutInfo {
  version: string;
  electron: string;
  /** The Electron version that the app is released with. A different one may run during development. */
  pinnedElectron: string;
  chromium: string;
  node: string;
  /** Of the packages that are part of the app. */
  licences: Licence[];
}

export interface Licence {
  name: string;
  version: string;
  licence: string;
  text: string;
}

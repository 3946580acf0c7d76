// What page and main say to each other about the app itself: menus, look, first start. A part of the tables in
// contract.ts.
import * as z from 'zod';
import { MAIN_COMMAND_IDS, PAGE_COMMAND_IDS, type PageCommandId } from './app-commands';
import type { Contrast } from './appearance';
import type { Failure } from '../errors';

export const DESKTOP_COMMAND_ARGUMENTS = {
  /** Asks for a new port to the trainer, which answers on it with a snapshot. */
  connect: z.undefined(),
  /** What the native menu does too. */
  doInMain: z.strictObject({ id: z.enum(MAIN_COMMAND_IDS) }),
  /** Tells the native menu what the page can do now. */
  offer: z.strictObject({ commands: z.array(z.enum(PAGE_COMMAND_IDS)).max(PAGE_COMMAND_IDS.length) }),
  /** The tour was seen or skipped, and is not to be shown at the next start. */
  endTour: z.undefined(),
  about: z.undefined(),
} as const satisfies Record<string, z.ZodType>;

export interface DesktopCommandResults {
  connect: StartInfo;
  doInMain: void;
  offer: void;
  endTour: void;
  about: AboutInfo;
}

/** What a page that has just loaded must know and the trainer cannot tell it. */
export interface StartInfo {
  /** Of datasets, newest first; those that are still there. */
  recentFolders: string[];
  /** BCP 47 tag of how the system writes numbers and dates. */
  locale: string;
  contrast: Contrast;
  /** False at the first start. */
  tourSeen: boolean;
  /** What went wrong before there was a page to show it: a sentence. */
  warning: string | undefined;
  /** What the app was started to open. */
  given: Given | undefined;
  /** Set while the trainer is dead and not yet restarted. */
  trainerLost: Failure | undefined;
}

/** What the desktop asks the app to open. Refused: a sentence that says why it cannot be opened. */
export type Given =
  { kind: 'network'; file: string } | { kind: 'dataset'; folder: string } | { kind: 'refused'; message: string };

export interface AboutInfo {
  version: string;
  electron: string;
  /** The version that the app is released with. A substitute may stand in for it during development. */
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

/** Notices of main to the page about the app itself. */
export type DesktopNotice =
  /** A person chose a menu item whose work begins on the page. */
  | { kind: 'menu'; item: PageCommandId }
  /** A person chose a dataset that was opened before. */
  | { kind: 'open-recent'; folder: string }
  /** The desktop asks the app to open something while it runs. */
  | { kind: 'open-given'; given: Given }
  | { kind: 'contrast'; contrast: Contrast }
  /** Something went wrong, and was dealt with: a sentence. */
  | { kind: 'warning'; message: string };

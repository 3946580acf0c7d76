// The app as a part of the desktop: menu, theme, zoom, recent folders and log, and the page's commands for them.
import type { Licence, StartInfo, StartupRequest } from '../../src-shared/app/app-info';
import { app, nativeTheme, shell, type BrowserWindow } from 'electron';
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { MAIN_COMMAND_IDS, type AppCommandId, type MainCommandId } from '../../src-shared/app/app-commands';
import type { Theme } from '../../src-shared/app/appearance';
import type { CommandFunctions, Notice } from '../../src-shared/contract';
import { AppMenu } from './menu';
import type { Preferences } from './preferences';
import { foldersThatExist } from './recent-folders';
import { keepZoom } from './zoom';

export interface DesktopContext {
  window: BrowserWindow;
  preferences: Preferences;
  notify: (notice: Notice) => void;
  /** Opens a channel between the page and the trainer. */
  connectPage: () => void;
  trainerLost: () => StartInfo['trainerLost'];
  /** What the desktop has asked the app to open, once. */
  takeGiven: () => StartupRequest | undefined;
  /** Licences of the packages in the app. The build creates this file. */
  licencesFile: string;
  logFile: string;
  runsFolder: string;
  /** Sentences that the person sees at the start; undefined if all is well. */
  warnings: readonly (string | undefined)[];
}

export interface Desktop {
  commands: CommandFunctions<'connect' | 'doInMain' | 'offer' | 'endTour' | 'about'>;
  /** Called when a dataset was opened from a folder. */
  remember: (folder: string) => Promise<void>;
}

export function createDesktop(context: DesktopContext): Desktop {
  const { window, preferences, notify } = context;
  const zoom = keepZoom(window, preferences);
  let warning = context.warnings.filter((sentence) => sentence !== undefined).join(' ') || undefined;

  const inMain: Record<MainCommandId, () => void> = {
    'theme-system': () => chooseTheme('system'),
    'theme-light': () => chooseTheme('light'),
    'theme-dark': () => chooseTheme('dark'),
    'more-contrast': chooseContrast,
    'zoom-in': () => zoom('in'),
    'zoom-out': () => zoom('out'),
    'zoom-reset': () => zoom('reset'),
    'full-screen': () => window.setFullScreen(!window.isFullScreen()),
    reload: () => window.webContents.reload(),
    'show-runs-folder': () => void shell.openPath(context.runsFolder).then((error) => error && console.error(error)),
    'show-log': () => shell.showItemInFolder(context.logFile),
  };
  const menu = new AppMenu({
    run: (id) => (isInMain(id) ? inMain[id]() : notify({ kind: 'menu', item: id })),
    openRecent: (folder) => notify({ kind: 'open-recent', folder }),
  });

  function showMenu(recentFolders: readonly string[]): void {
    const contrast: AppCommandId[] = preferences.get('contrast') === 'more' ? ['more-contrast'] : [];
    menu.show({ recentFolders, checked: [`theme-${preferences.get('theme')}`, ...contrast] });
  }
  const updateMenu = async () => showMenu(await foldersThatExist(preferences.get('recentFolders')));

  function chooseTheme(theme: Theme): void {
    nativeTheme.themeSource = theme;
    preferences.set({ theme }).catch(console.error);
    void updateMenu();
  }

  function chooseContrast(): void {
    const contrast = preferences.get('contrast') === 'more' ? 'system' : 'more';
    preferences.set({ contrast }).catch(console.error);
    notify({ kind: 'contrast', contrast });
    void updateMenu();
  }

  showMenu([]);

  return {
    async remember(folder) {
      app.addRecentDocument(folder);
      await preferences.rememberFolder(folder).catch(console.error);
      await updateMenu();
    },

    commands: {
      async connect() {
        context.connectPage();
        const recentFolders = await foldersThatExist(preferences.get('recentFolders'));
        showMenu(recentFolders);
        const info = {
          recentFolders,
          locale: systemLocale(),
          contrast: preferences.get('contrast'),
          tourSeen: preferences.get('tourSeen') || warning !== undefined,
          warning,
          given: context.takeGiven(),
          trainerLost: context.trainerLost(),
        };
        warning = undefined;
        return info;
      },
      doInMain: async ({ id }) => inMain[id](),
      offer: async ({ commands }) => menu.offer(commands),
      endTour: async () => preferences.set({ tourSeen: true }).catch(console.error),
      async about() {
        const { electron, chrome, node } = process.versions;
        return {
          version: app.getVersion(),
          electron: electron!,
          pinnedElectron: PINNED_ELECTRON,
          chromium: chrome!,
          node,
          licences: await readLicences(context.licencesFile),
        };
      },
    },
  };
}

function isInMain(id: AppCommandId): id is MainCommandId {
  return (MAIN_COMMAND_IDS as AppCommandId[]).includes(id);
}

/** Some systems report no locale, or one that Intl does not know. */
function systemLocale(): string {
  for (const locale of [app.getSystemLocale(), app.getLocale()]) {
    try {
      if (locale) return Intl.getCanonicalLocales(locale)[0]!;
    } catch {
      // the next one
    }
  }
  return 'en-US';
}

const licencesSchema = z.array(
  z.object({ name: z.string(), version: z.string(), licence: z.string(), text: z.string() }),
);

/** Empty if the build has not created the file. */
async function readLicences(file: string): Promise<Licence[]> {
  try {
    return licencesSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    console.error('The licences could not be read.', error);
    return [];
  }
}

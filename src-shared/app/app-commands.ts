// The one table of the app's commands, for the native menu, the command palette and the list of shortcuts.

/** The menus in order. app is the first menu on a Mac, and the end of Help elsewhere. */
export const MENUS = ['file', 'train', 'view', 'help', 'app'] as const;
export type MenuName = (typeof MENUS)[number];

interface CommandRow {
  id: string;
  label: string;
  menu: MenuName;
  /** Which process carries it out. Menu items of the page are disabled while the page does not offer them. */
  by: 'page' | 'main';
  /** Electron accelerators. The first one is shown, so every keyboard must be able to type it. */
  keys?: readonly string[];
  /** Commands of a menu with the same number are grouped between separators. */
  group: number;
}

export const APP_COMMANDS = [
  { id: 'open-folder', label: 'Choose Dataset Folder…', menu: 'file', by: 'page', keys: ['CmdOrCtrl+O'], group: 1 },
  { id: 'open-builtin', label: 'Use the Built-in MNIST', menu: 'file', by: 'page', keys: ['CmdOrCtrl+B'], group: 1 },
  { id: 'open-network', label: 'Open Network…', menu: 'file', by: 'page', keys: ['CmdOrCtrl+Shift+O'], group: 2 },
  { id: 'export-weights', label: 'Export Weights…', menu: 'file', by: 'page', keys: ['CmdOrCtrl+E'], group: 2 },
  { id: 'open-settings', label: 'Open Settings…', menu: 'file', by: 'page', group: 3 },
  { id: 'save-settings', label: 'Save Settings…', menu: 'file', by: 'page', keys: ['CmdOrCtrl+S'], group: 3 },
  { id: 'copy-settings', label: 'Copy Settings as JSON', menu: 'file', by: 'page', group: 3 },
  { id: 'paste-settings', label: 'Paste Settings from JSON', menu: 'file', by: 'page', group: 3 },

  { id: 'train', label: 'Train', menu: 'train', by: 'page', keys: ['CmdOrCtrl+Return'], group: 1 },
  { id: 'pause', label: 'Pause or Resume', menu: 'train', by: 'page', keys: ['CmdOrCtrl+P'], group: 1 },
  { id: 'stop', label: 'Stop', menu: 'train', by: 'page', keys: ['CmdOrCtrl+Shift+Return', 'CmdOrCtrl+.'], group: 1 },
  { id: 'step-batch', label: 'Train One Batch', menu: 'train', by: 'page', keys: ['CmdOrCtrl+J'], group: 2 },
  { id: 'step-epoch', label: 'Train One Epoch', menu: 'train', by: 'page', keys: ['CmdOrCtrl+Shift+J'], group: 2 },

  { id: 'palette', label: 'Command Palette…', menu: 'view', by: 'page', keys: ['CmdOrCtrl+K'], group: 1 },
  { id: 'show-data', label: 'Data', menu: 'view', by: 'page', keys: ['CmdOrCtrl+1'], group: 2 },
  { id: 'show-training', label: 'Training', menu: 'view', by: 'page', keys: ['CmdOrCtrl+2'], group: 2 },
  { id: 'show-weights', label: 'Weights', menu: 'view', by: 'page', keys: ['CmdOrCtrl+3'], group: 2 },
  { id: 'show-mistakes', label: 'Mistakes', menu: 'view', by: 'page', keys: ['CmdOrCtrl+4'], group: 2 },
  { id: 'show-draw', label: 'Draw', menu: 'view', by: 'page', keys: ['CmdOrCtrl+5'], group: 2 },
  { id: 'show-map', label: 'Map', menu: 'view', by: 'page', keys: ['CmdOrCtrl+6'], group: 2 },
  { id: 'show-network', label: 'Network', menu: 'view', by: 'page', keys: ['CmdOrCtrl+7'], group: 2 },
  { id: 'show-runs', label: 'Runs', menu: 'view', by: 'page', keys: ['CmdOrCtrl+8'], group: 2 },
  {
    id: 'fold-settings',
    label: 'Show or Hide Settings',
    menu: 'view',
    by: 'page',
    keys: ['CmdOrCtrl+L', 'CmdOrCtrl+\\'],
    group: 3,
  },
  { id: 'present', label: 'Present', menu: 'view', by: 'page', keys: ['CmdOrCtrl+Shift+P'], group: 3 },
  { id: 'theme-system', label: 'System Theme', menu: 'view', by: 'main', group: 4 },
  { id: 'theme-light', label: 'Light Theme', menu: 'view', by: 'main', group: 4 },
  { id: 'theme-dark', label: 'Dark Theme', menu: 'view', by: 'main', group: 4 },
  { id: 'more-contrast', label: 'More Contrast', menu: 'view', by: 'main', group: 5 },
  {
    id: 'zoom-in',
    label: 'Zoom In',
    menu: 'view',
    by: 'main',
    keys: ['CmdOrCtrl+Plus', 'CmdOrCtrl+=', 'CmdOrCtrl+numadd'],
    group: 6,
  },
  { id: 'zoom-out', label: 'Zoom Out', menu: 'view', by: 'main', keys: ['CmdOrCtrl+-', 'CmdOrCtrl+numsub'], group: 6 },
  {
    id: 'zoom-reset',
    label: 'Actual Size',
    menu: 'view',
    by: 'main',
    keys: ['CmdOrCtrl+0', 'CmdOrCtrl+num0'],
    group: 6,
  },
  { id: 'full-screen', label: 'Full Screen', menu: 'view', by: 'main', keys: ['F11'], group: 7 },
  { id: 'reload', label: 'Reload', menu: 'view', by: 'main', keys: ['CmdOrCtrl+R'], group: 7 },

  { id: 'tour', label: 'Tour', menu: 'help', by: 'page', group: 1 },
  { id: 'glossary', label: 'Glossary', menu: 'help', by: 'page', keys: ['F1'], group: 1 },
  {
    id: 'shortcuts',
    label: 'Keyboard Shortcuts',
    menu: 'help',
    by: 'page',
    keys: ['CmdOrCtrl+Shift+K', 'CmdOrCtrl+/'],
    group: 1,
  },
  { id: 'show-runs-folder', label: 'Show Runs Folder', menu: 'help', by: 'main', group: 2 },
  { id: 'show-log', label: 'Show Log', menu: 'help', by: 'main', group: 2 },

  { id: 'about', label: 'About MNIST Studio', menu: 'app', by: 'page', group: 1 },
] as const satisfies readonly CommandRow[];

type Row = (typeof APP_COMMANDS)[number];
export type AppCommandId = Row['id'];
export type PageCommandId = Extract<Row, { by: 'page' }>['id'];
export type MainCommandId = Extract<Row, { by: 'main' }>['id'];
export type AppCommand = CommandRow & { id: AppCommandId };

export const COMMANDS: readonly AppCommand[] = APP_COMMANDS;
export const PAGE_COMMAND_IDS = idsBy('page') as PageCommandId[];
export const MAIN_COMMAND_IDS = idsBy('main') as MainCommandId[];

function idsBy(by: CommandRow['by']): AppCommandId[] {
  return COMMANDS.filter((command) => command.by === by).map(({ id }) => id);
}

/** Accelerators that are different on a Mac. */
const ON_A_MAC: Readonly<Record<string, string>> = { F11: 'Ctrl+Cmd+F' };

export function acceleratorOn(mac: boolean, accelerator: string): string {
  return (mac && ON_A_MAC[accelerator]) || accelerator;
}

const KEY_NAMES: Readonly<Record<string, string>> = { CmdOrCtrl: 'Ctrl', Return: 'Enter', Plus: '+' };
const MAC_SIGNS: Readonly<Record<string, string>> = { Ctrl: '⌃', Shift: '⇧', CmdOrCtrl: '⌘', Cmd: '⌘', Return: '↩' };

/** "CmdOrCtrl+Shift+O" → "Ctrl+Shift+O", and "⇧⌘O" on a Mac. */
export function keysInWords(accelerator: string, mac: boolean): string {
  const parts = acceleratorOn(mac, accelerator).split('+');
  if (!mac) return parts.map((part) => KEY_NAMES[part] ?? part).join('+');
  const signs = Object.keys(MAC_SIGNS).filter((part) => parts.includes(part) && part !== 'Return');
  return [...signs, parts.at(-1)!].map((part) => MAC_SIGNS[part] ?? KEY_NAMES[part] ?? part).join('');
}

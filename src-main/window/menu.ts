// The native menu, created from the table of commands. Commands that the page cannot do now are disabled.
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import {
  acceleratorOn,
  COMMANDS,
  PAGE_COMMAND_IDS,
  type AppCommand,
  type AppCommandId,
  type MenuName,
  type PageCommandId,
} from '../../src-shared/app/app-commands';

const isMac = process.platform === 'darwin';

/** What the menu shows besides the table of commands. */
export interface MenuState {
  recentFolders: readonly string[];
  /** Commands with a check mark. */
  checked: readonly AppCommandId[];
}

export interface MenuActions {
  run: (id: AppCommandId) => void;
  openRecent: (folder: string) => void;
}

export class AppMenu {
  private offered: ReadonlySet<AppCommandId> = new Set();

  constructor(private readonly actions: MenuActions) {}

  /** Builds the menu again after folders or check marks have changed. */
  show(state: MenuState): void {
    const { run, openRecent } = this.actions;
    const rows = (name: MenuName) =>
      groups(
        COMMANDS.filter(({ menu }) => menu === name).map((command) => [command.group, items(command, state, run)]),
      );
    const recent: MenuItemConstructorOptions = {
      id: 'recent',
      label: 'Open Recent',
      submenu: state.recentFolders.map((folder) => ({
        label: folder.replaceAll('&', '&&'),
        click: () => openRecent(folder),
      })),
    };
    const [open, ...files] = rows('file');
    const template: MenuItemConstructorOptions[] = [
      ...(isMac ? [{ label: app.name, submenu: [...rows('app'), ...MAC_APP_ITEMS] }] : []),
      {
        label: 'File',
        submenu: [open!, recent, ...files, { type: 'separator' }, isMac ? { role: 'close' } : { role: 'quit' }],
      },
      { role: 'editMenu' },
      { label: 'Train', submenu: rows('train') },
      { label: 'View', submenu: [...rows('view'), ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const])] },
      { role: 'windowMenu' },
      {
        role: 'help',
        label: 'Help',
        submenu: [...rows('help'), ...(isMac ? [] : [{ type: 'separator' } as const, ...rows('app')])],
      },
    ];
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
    this.enable();
  }

  /** @param commands that the page can do now */
  offer(commands: readonly PageCommandId[]): void {
    this.offered = new Set(commands);
    this.enable();
  }

  private enable(): void {
    const menu = Menu.getApplicationMenu();
    for (const id of PAGE_COMMAND_IDS) menu!.getMenuItemById(id)!.enabled = this.offered.has(id);
    const recent = menu!.getMenuItemById('recent')!;
    recent.enabled = this.offered.has('open-folder') && recent.submenu!.items.length > 0;
  }
}

const MAC_APP_ITEMS: MenuItemConstructorOptions[] = [
  { type: 'separator' },
  { role: 'services' },
  { type: 'separator' },
  { role: 'hide' },
  { role: 'hideOthers' },
  { role: 'unhide' },
  { type: 'separator' },
  { role: 'quit' },
];

/** A visible item with the first key, and a hidden one for each further key. */
function items(
  { id, label, keys = [] }: AppCommand,
  { checked }: MenuState,
  run: MenuActions['run'],
): MenuItemConstructorOptions[] {
  const [first, ...others] = keys.map((key) => acceleratorOn(isMac, key));
  const click = () => run(id);
  const type = id.startsWith('theme-')
    ? ('radio' as const)
    : id === 'more-contrast'
      ? ('checkbox' as const)
      : ('normal' as const);
  const visible = {
    id,
    label,
    click,
    type,
    ...(type !== 'normal' && { checked: checked.includes(id) }),
    ...(first && { accelerator: first }),
  };
  return [
    visible,
    ...others.map((accelerator) => ({ label, click, accelerator, visible: false, acceleratorWorksWhenHidden: true })),
  ];
}

/** Puts a separator between groups. */
function groups(rows: [group: number, items: MenuItemConstructorOptions[]][]): MenuItemConstructorOptions[] {
  return rows.flatMap(([group, all], k) =>
    k > 0 && rows[k - 1]![0] !== group ? [{ type: 'separator' as const }, ...all] : all,
  );
}

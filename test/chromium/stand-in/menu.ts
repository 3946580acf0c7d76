// Electron's Menu, as far as the app and its tests use it.
import type { MenuItemConstructorOptions } from 'electron';

interface Item {
  id?: string | undefined;
  label?: string | undefined;
  accelerator?: unknown;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  submenu: StandInMenu | undefined;
  click(): void;
}

class StandInMenu {
  readonly items: Item[];

  constructor(template: readonly MenuItemConstructorOptions[]) {
    this.items = template.map(
      ({ id, label, accelerator, enabled = true, visible = true, checked = false, submenu, click }) => ({
        id,
        label,
        accelerator,
        enabled,
        visible,
        checked,
        submenu: Array.isArray(submenu) ? new StandInMenu(submenu) : undefined,
        click: () => (click as (() => void) | undefined)?.(),
      }),
    );
  }

  getMenuItemById(id: string): Item | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
}

let current: StandInMenu | null = null;

export const Menu = {
  buildFromTemplate: (template: MenuItemConstructorOptions[]) => new StandInMenu(template),
  setApplicationMenu: (menu: StandInMenu | null) => void (current = menu),
  getApplicationMenu: () => current,
};

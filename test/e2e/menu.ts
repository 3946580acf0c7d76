// The application menu of the app.
import type { RunningApp } from './app';

/** Clicks an item of the application menu. */
export const choose = ({ app }: RunningApp, id: string) =>
  app.evaluate(({ Menu }, item) => Menu.getApplicationMenu()!.getMenuItemById(item)!.click(), id);
export const item = ({ app }: RunningApp, id: string) =>
  app.evaluate(({ Menu }, name) => {
    const { label, enabled, checked, accelerator } = Menu.getApplicationMenu()!.getMenuItemById(name)!;
    return { label, enabled, checked, accelerator };
  }, id);

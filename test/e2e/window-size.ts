// The size of the window's content, which a test of the layout sets.
import type { RunningApp } from './app';

/** CSS pixels. Resolves when the page has that size. */
export async function setSize({ app, page }: RunningApp, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]!.setContentSize(size.width, size.height),
    { width, height },
  );
  await page.waitForFunction((size) => innerWidth === size.width && innerHeight === size.height, { width, height });
}

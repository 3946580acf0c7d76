// A saved picture shows what the view shows, whatever the zoom and the screen.
import { expect } from '@playwright/test';
import { join } from 'node:path';
import { answerSave, launchApp, type RunningApp } from './app';
import { test } from './studio-test';

/** Fills the map's view with red. */
function paintView({ page }: RunningApp): Promise<void> {
  return page.evaluate(() => {
    const view = document.querySelector<HTMLElement>('[data-testid=map-tab]')!;
    const sheet = document.createElement('div');
    view.style.position = 'relative';
    Object.assign(sheet.style, {
      position: 'absolute',
      inset: '0',
      background: 'rgb(255, 0, 0)',
      pointerEvents: 'none',
    });
    view.append(sheet);
  });
}

/** In CSS pixels: the height of the map's view, and what can be seen of it once it is scrolled to. */
function viewSize({ page }: RunningApp): Promise<{ whole: number; width: number; height: number }> {
  return page.evaluate(() => {
    const view = document.querySelector('[data-testid=map-tab]')!;
    view.scrollIntoView({ block: 'nearest' });
    const { left, top, right, bottom, height } = view.getBoundingClientRect();
    return {
      whole: height,
      width: Math.min(right, innerWidth) - Math.max(left, 0),
      height: Math.min(bottom, innerHeight) - Math.max(top, 0),
    };
  });
}

async function saveMap({ app, page }: RunningApp, file: string): Promise<string> {
  await answerSave(app, file);
  // Not with the mouse, for which Playwright would scroll.
  await page.getByTestId('save-picture').evaluate((button: HTMLButtonElement) => button.click());
  await expect(page.getByTestId('message')).toContainText(`Picture saved to ${file}`);
  return file;
}

async function openMap(studio: RunningApp, width: number, height: number, zoom: number): Promise<void> {
  const { app, page } = studio;
  await app.evaluate(
    ({ BrowserWindow }, { size, factor }) => {
      const window = BrowserWindow.getAllWindows()[0]!;
      window.setContentSize(size.width, size.height);
      window.webContents.setZoomFactor(factor);
    },
    { size: { width, height }, factor: zoom },
  );
  await expect.poll(() => page.evaluate(() => innerWidth)).toBeGreaterThanOrEqual(Math.floor(width / zoom));
  await expect.poll(() => page.evaluate(() => innerWidth)).toBeLessThanOrEqual(Math.ceil(width / zoom));
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('dataset-overview').waitFor();
  await page.getByTestId('tab-map').click();
  await expect(page.getByTestId('save-picture')).toBeEnabled();
  await paintView(studio);
}

/** Size of a PNG file, and how many of the pixels two inside its edges are not red. */
function readPicture({ app }: RunningApp, file: string): Promise<{ width: number; height: number; strange: number }> {
  return app.evaluate(({ nativeImage }, path) => {
    const image = nativeImage.createFromPath(path);
    const { width, height } = image.getSize();
    const pixels = image.toBitmap(); // blue, green, red, alpha
    let strange = 0;
    for (let y = 2; y < height - 2; y++) {
      for (let x = 2; x < width - 2; x++) {
        const at = 4 * (y * width + x);
        if (pixels[at + 2]! < 250 || pixels[at]! > 5 || pixels[at + 1]! > 5) strange++;
      }
    }
    return { width, height, strange };
  }, file);
}

for (const { zoom, scale } of [
  { zoom: 1.5, scale: 1 },
  { zoom: 1.1, scale: 2 },
]) {
  test(
    `at a zoom of ${Math.round(zoom * 100)} %, on a screen with ${scale} pixels to a length of one, the picture ` +
      'is the view',
    async ({ folder }) => {
      const studio = await launchApp({ args: [`--force-device-scale-factor=${scale}`] });
      await openMap(studio, 1280, 800, zoom);
      // The second time, the message of the first is there, and makes the view smaller until it goes.
      for (const round of ['first', 'second']) {
        const { width, height } = await viewSize(studio);
        const picture = await readPicture(studio, await saveMap(studio, join(folder, `${round}.png`)));
        expect(Math.abs(picture.width - width * zoom * scale), round).toBeLessThanOrEqual(2 * scale);
        expect(Math.abs(picture.height - height * zoom * scale), round).toBeLessThanOrEqual(2 * scale);
        expect(picture.strange, round).toBe(0);
      }
      await studio.close();
    },
  );
}

test('of a view that is larger than the window, the picture shows what can be seen, and says so', async ({
  studio,
  folder,
}) => {
  await openMap(studio, 1100, 600, 1.5);
  const { width, height, whole } = await viewSize(studio);
  const picture = await readPicture(studio, await saveMap(studio, join(folder, 'part.png')));
  expect(height).toBeLessThan(whole - 50);
  expect(Math.abs(picture.width - width * 1.5)).toBeLessThanOrEqual(2);
  expect(Math.abs(picture.height - height * 1.5)).toBeLessThanOrEqual(2);
  expect(picture.strange).toBe(0);
  await expect(studio.page.getByTestId('message')).toContainText('It shows the part that was on screen.');
});

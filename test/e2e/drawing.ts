// Draws digits on the pad with the mouse.
import type { Page } from '@playwright/test';

/** Shares of the pad's width and height. */
export type Place = readonly [x: number, y: number];

export const ONE: Place[] = [
  [0.5, 0.2],
  [0.5, 0.8],
];
export const SEVEN: Place[] = [
  [0.3, 0.25],
  [0.7, 0.25],
  [0.45, 0.8],
];
export const ZERO: Place[] = [
  [0.5, 0.2],
  [0.35, 0.3],
  [0.3, 0.5],
  [0.35, 0.7],
  [0.5, 0.8],
  [0.65, 0.7],
  [0.7, 0.5],
  [0.65, 0.3],
  [0.5, 0.2],
];

/** One stroke. */
export async function drawOn(page: Page, places: Place[]): Promise<void> {
  const { x, y, width, height } = (await page.getByTestId('drawing-pad').boundingBox())!;
  for (const [k, [right, down]] of places.entries()) {
    await page.mouse.move(x + right * width, y + down * height, { steps: 5 });
    if (k === 0) await page.mouse.down();
  }
  await page.mouse.up();
}

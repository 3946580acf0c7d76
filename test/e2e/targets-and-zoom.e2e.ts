// For hands that are not steady and eyes that need large type: every target is 24 px or more, and at twice the size
// nothing is out of reach. For small windows: no text is cut off.
import { expect, type Page } from '@playwright/test';
import { TABS } from '../../src-renderer/client/tabs';
import { PRESETS } from '../../src-shared/settings/presets';
import { setField, type RunningApp } from './app';
import { choose } from './menu';
import { test } from './studio-test';

/**
 * Of WCAG 2.2, success criterion 2.5.8: less than 24 by 24 CSS pixels, and so near to another one that circles of that
 * size meet.
 */
function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const LEAST = 24;
    const controls =
      'button, a[href], input, select, textarea, summary, [role=tab], [role=option], [role=slider], ' +
      '[role=checkbox], [role=radio], [role=row][tabindex]';
    // What lies under a dialog cannot be pressed.
    const seen = [...(document.querySelector('dialog[open]') ?? document).querySelectorAll<HTMLElement>(controls)]
      .filter(
        (element) =>
          element.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true }) &&
          !(element as HTMLButtonElement).disabled,
      )
      // What is pressed is the label where a control is inside one.
      .map((element) => ({ element, box: (element.closest('label') ?? element).getBoundingClientRect() }))
      .filter(({ box }) => box.width > 1 && box.height > 1);
    const center = ({ x, y, width, height }: DOMRect) => [x + width / 2, y + height / 2] as const;
    const small = ({ width, height }: DOMRect) => Math.min(width, height) < LEAST - 0.01;
    /** From the middle of one to the nearest edge of the other, or to its middle where that is small too. */
    function clear(box: DOMRect, other: DOMRect): boolean {
      const [x, y] = center(box);
      if (small(other)) {
        const [otherX, otherY] = center(other);
        return Math.hypot(x - otherX, y - otherY) >= LEAST - 0.01;
      }
      const dx = Math.max(other.left - x, 0, x - other.right);
      const dy = Math.max(other.top - y, 0, y - other.bottom);
      return Math.hypot(dx, dy) >= LEAST / 2 - 0.01;
    }
    return seen
      .filter(
        ({ element, box }) =>
          small(box) &&
          seen.some(
            ({ element: another, box: other }) =>
              another !== element &&
              !another.contains(element) &&
              !element.contains(another) &&
              other !== box &&
              !clear(box, other),
          ),
      )
      .map(
        ({ element, box }) =>
          `${element.tagName} ${element.getAttribute('data-testid') ?? element.className} ` +
          `“${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 30)}” ` +
          `${box.width.toFixed(1)}×${box.height.toFixed(1)}`,
      );
  });
}

async function trainOnce({ page }: RunningApp): Promise<void> {
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('dataset-overview').waitFor();
  await page.getByRole('combobox', { name: 'Preset' }).selectOption({ label: PRESETS.fast.label });
  await setField(page, 'Epochs', '1');
  await page.getByTestId('train').click();
  await expect(page.getByTestId('epoch-label')).toContainText('Finished');
}

async function showTab(page: Page, id: string): Promise<void> {
  await page.getByTestId(`tab-${id}`).click();
  await expect(page.getByTestId(`tab-${id}`)).toHaveAttribute('aria-selected', 'true');
  if (id === 'map') await page.getByTestId('map-canvas').waitFor();
  if (id === 'runs') await page.getByTestId('run').first().waitFor();
}

test('every target is 24 px wide and high, or stands apart from the others', async ({ studio }) => {
  const { page } = studio;
  const found: string[] = [];
  const look = async (where: string) => found.push(...(await tooSmall(page)).map((one) => `${where}: ${one}`));
  await page.getByTestId('open-builtin').waitFor();
  await look('start');
  await trainOnce(studio);
  for (const { id } of TABS) {
    await showTab(page, id);
    await look(id);
  }
  for (const id of ['palette', 'glossary', 'shortcuts', 'about', 'export-weights']) {
    await choose(studio, id);
    await page.locator('dialog[open]').waitFor();
    await look(id);
    await page.keyboard.press('Escape');
    await expect(page.locator('dialog')).toHaveCount(0);
  }
  expect([...new Set(found)]).toEqual([]);
});

/**
 * Texts that run out of what cuts them off to the left or right, or out of the window, and those that end in an
 * ellipsis; not those that scroll, and not paths and names, which can have any length and are titles as a whole.
 */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const cuts = (style: CSSStyleDeclaration) => style.overflowX !== 'visible' || style.overflowY !== 'visible';
    const found: string[] = [];
    const texts = document.createTreeWalker(document.querySelector('#app')!, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode;
      const parent = node.parentElement!;
      if (
        node.textContent!.trim() === '' ||
        !parent.checkVisibility({ checkVisibilityCSS: true }) ||
        parent.closest('.visually-hidden, select')
      )
        continue;
      if (getComputedStyle(parent).clipPath === 'inset(50%)') continue; // out of sight, and there to be read aloud
      let frame: HTMLElement | null = parent;
      while (frame && !cuts(getComputedStyle(frame))) frame = frame.parentElement;
      const style = frame && getComputedStyle(frame);
      const anyLength = style?.textOverflow === 'ellipsis' && frame?.matches('.path, [title]');
      if (anyLength || /auto|scroll/.test(style?.overflowX ?? '')) continue;
      const room = frame?.getBoundingClientRect() ?? new DOMRect(0, 0, innerWidth, innerHeight);
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { left, right } of range.getClientRects()) {
        if (left < room.left - 1 || right > Math.min(room.right, innerWidth) + 1)
          found.push(
            `“${node.textContent!.trim()}” ${left.toFixed(0)} to ${right.toFixed(0)} in ` +
              `${room.left.toFixed(0)} to ${room.right.toFixed(0)}`,
          );
      }
    }
    return found;
  });
}

/** Canvases whose pixels are not whole multiples of the screen's, which blurs them. */
function blurred(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isWhole = (ratio: number): boolean => Math.abs(ratio - Math.round(ratio)) < 1e-3;
    return [...document.querySelectorAll('canvas')]
      .map((canvas) => ({ canvas, box: canvas.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0)
      .filter(
        ({ canvas, box }) =>
          !isWhole((box.width * devicePixelRatio) / canvas.width) ||
          !isWhole((box.height * devicePixelRatio) / canvas.height),
      )
      .map(
        ({ canvas, box }) =>
          `canvas ${canvas.dataset['testid']} ${canvas.width}×${canvas.height} in ${box.width}×${box.height}`,
      );
  });
}

test('in the smallest window no text is cut off and no chart is blurred, with three curves and six layers', async ({
  studio,
}) => {
  const { app, page } = studio;
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setContentSize(960, 640));
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(960);
  const found: string[] = [];
  const look = async (where: string) =>
    found.push(...[...(await cutOff(page)), ...(await blurred(page))].map((one) => `${where}: ${one}`));
  await look('start');
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('dataset-overview').waitFor();
  await look('overview');
  await page.getByRole('combobox', { name: 'Preset' }).selectOption({ label: PRESETS['seed-mended'].label });
  for (let layer = 2; layer <= 6; layer++) await page.getByTestId('add-layer').click();
  await page.getByRole('button', { name: 'Validation' }).click();
  await setField(page, 'Validation split', '0.1');
  await setField(page, 'Epochs', '1');
  await page.getByTestId('train').click();
  await page.getByTestId('loss-chart').waitFor();
  await look('while training');
  await expect(page.getByTestId('epoch-label')).toContainText('Finished', { timeout: 60_000 });
  for (const { id } of TABS) {
    await showTab(page, id);
    await look(id);
  }
  await showTab(page, 'training');
  await page.getByTestId('show-curves').click();
  await expect(page.getByTestId('accuracy-best')).toContainText('validation');
  await look('curves');
  expect(found).toEqual([]);
});

/** What can be pressed, and what cannot be brought into sight by scrolling. */
function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const missed: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>(
      'button, input, select, textarea, [role=tab], h1, h2',
    )) {
      if (
        !element.checkVisibility({ checkVisibilityCSS: true }) ||
        element.closest('.visually-hidden, [popover]:not(:popover-open)')
      )
        continue;
      element.scrollIntoView({ block: 'center', inline: 'center' });
      const box = element.getBoundingClientRect();
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      const hit = document.elementFromPoint(x, y);
      const label = element.closest('label');
      if (!hit || !(element.contains(hit) || hit.contains(element) || label?.contains(hit))) {
        missed.push(
          `${element.tagName} ${element.getAttribute('data-testid') ?? ''} ` +
            `“${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 30)}” at ` +
            `${x.toFixed(0)}, ${y.toFixed(0)}`,
        );
      }
    }
    return missed;
  });
}

test('at twice the size, in a window of 1280 by 800, scrolling reaches everything', async ({ studio }) => {
  const { app, page } = studio;
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.setContentSize(1280, 800));
  await page.getByTestId('open-builtin').waitFor();
  for (let presses = 0; (await page.evaluate(() => window.innerWidth)) > 640 && presses < 8; presses++)
    await choose(studio, 'zoom-in');
  await expect.poll(() => page.evaluate(() => [window.innerWidth, window.innerHeight])).toEqual([640, 400]);
  const found: string[] = [];
  const look = async (where: string) => {
    found.push(...(await outOfReach(page)).map((one) => `${where}: ${one}`));
    const [wide, room] = await page.evaluate(() => {
      const area = document.querySelector('#app')!;
      return [area.scrollWidth, area.clientWidth];
    });
    if (wide! > room!) found.push(`${where}: ${wide} px in ${room}`);
  };
  await look('start');
  await trainOnce(studio);
  for (const { id } of TABS) {
    await showTab(page, id);
    await look(id);
  }
  expect(found).toEqual([]);
});

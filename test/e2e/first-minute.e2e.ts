// The first minute of a newcomer, who knows nothing of the app and does what is on screen.
import { expect, test, type Locator } from '@playwright/test';
import { launchApp, type RunningApp } from './app';

const MOST_CLICKS = 10;
const TRAINING = { timeout: 60_000 };

let studio: RunningApp;
test.afterEach(() => studio.close());

/** The middle of an element that has not moved for some frames, and whether a click there would hit it. */
const aim = (target: Locator) =>
  target.evaluate(async (element) => {
    const boxOf = () => JSON.stringify(element.getBoundingClientRect());
    for (let still = 0, last = ''; still < 4;) {
      await new Promise(requestAnimationFrame);
      still = boxOf() === last ? still + 1 : 0;
      last = boxOf();
    }
    const { x, y, width, height } = element.getBoundingClientRect();
    const middle = { x: x + width / 2, y: y + height / 2 };
    return { ...middle, free: element.contains(document.elementFromPoint(middle.x, middle.y)) };
  });

test('from the first window to a drawn digit and two runs compared, in ten clicks at most', async () => {
  studio = await launchApp({ firstStart: true });
  const { page } = studio;
  let clicks = 0;

  /** Points at something, makes sure that it is neither covered nor moves away from the pointer, and clicks. */
  async function click(target: Locator): Promise<{ x: number; y: number }> {
    await expect(target).toBeEnabled(TRAINING);
    const seen = await aim(target);
    await page.mouse.move(seen.x, seen.y);
    expect(await aim(target)).toEqual(seen);
    expect(seen.free).toBe(true);
    await page.mouse.down();
    await page.mouse.up();
    clicks++;
    return seen;
  }
  const tour = page.getByTestId('tour');
  const next = page.getByTestId('tour-next');

  // Where the start view can train at once, the strip does not have to offer it.
  const atOnce = page.getByTestId('start-training');
  const trains = (await atOnce.count()) > 0;
  await click(trains ? atOnce : page.getByTestId('open-builtin'));
  if (!trains) await click(next);

  await expect(tour).toContainText(/Of 10,000 images it has never trained on, [\d,]+ are right/, TRAINING);
  await expect(page.getByTestId('resume')).toBeVisible();
  await click(next);
  await expect(tour).toContainText('still gets wrong: open one', TRAINING);
  await click(next);
  await click(page.getByTestId('mistake').first().getByRole('button'));
  await expect(tour).toContainText('Now draw one yourself');
  await click(next);

  const { x, y } = await click(page.getByTestId('drawing-pad'));
  await page.mouse.move(x, y - 60);
  await page.mouse.down();
  await page.mouse.move(x, y + 60, { steps: 6 });
  await page.mouse.up();
  clicks++;
  await expect(page.getByTestId('reading')).toHaveAttribute('data-winner', /\d/);

  await expect(tour).toContainText('Would a larger step learn faster?');
  await click(next);
  await expect(tour).toContainText(/Learning rate 3 against 0\.6: .*%/, TRAINING);
  expect(clicks).toBeLessThanOrEqual(MOST_CLICKS);
});

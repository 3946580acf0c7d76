// The worker that makes maps dies: the Map tab says so, and makes the map once it can be made again.
import { expect } from '@playwright/test';
import { setField } from './app';
import { test } from './studio-test';

test('a map whose worker cannot be loaded, or fails in the middle, is reported and made when tried again', async ({
  studio,
}) => {
  const { page } = studio;
  await page.getByTestId('open-builtin').click();
  await page.getByTestId('dataset-overview').waitFor();
  await page.evaluate(() => {
    const state = window as unknown as { RealWorker: typeof Worker };
    state.RealWorker = Worker;
    window.Worker = class extends Worker {
      constructor(url: URL, options: WorkerOptions) {
        super(new URL('missing.js', url), options);
      }
    } as typeof Worker;
  });
  await page.getByTestId('tab-map').click();
  const failure = page.getByTestId('map-failure');
  await expect(failure).toContainText('This map could not be computed: its worker ended. Please try again.');
  await expect(page.getByTestId('save-picture')).toBeDisabled();
  await failure.getByRole('button', { name: 'Try again' }).click();
  await expect(failure).toBeVisible(); // nothing has changed yet

  await page.evaluate(() => {
    window.Worker = (window as unknown as { RealWorker: typeof Worker }).RealWorker;
  });
  await failure.getByRole('button', { name: 'Try again' }).click();
  await page.getByTestId('map-canvas').waitFor();
  await expect(failure).toHaveCount(0);

  // From now on each worker is given a job that it cannot do; another map is asked for after an epoch.
  await page.evaluate(() => {
    const state = window as unknown as { post: typeof Worker.prototype.postMessage };
    state.post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, job: object) {
      state.post.call(this, { ...job, values: undefined });
    };
  });
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('fast');
  await setField(page, 'Hidden 1', '16');
  await setField(page, 'Epochs', '1');
  await page.getByTestId('train').click();
  await expect(failure).toContainText('its worker ended (TypeError', { timeout: 60_000 });
  await expect(page.getByTestId('map-tab')).toContainText('Still shown: ');
});

// Two hundred random sequences of orders through the real page, main process and trainer, at random moments: page and
// main agree at the end, the trainer takes the next order, and each epoch has the score of a run that nobody disturbed.
import { expect } from '@playwright/test';
import type { Answer, CommandArguments, CommandName, CommandResults } from '../../src-shared/contract';
import { PLAIN_SETTINGS } from '../../src-shared/settings/presets';
import type { Settings } from '../../src-shared/settings/settings';
import { makeFolder, writeDataset } from '../fixtures/folders';
import { smallDatasetFiles } from '../fixtures/idx';
import { randomOrders, type RandomOrder } from '../fixtures/random-orders';
import type { RunningApp } from './app';
import { test } from './studio-test';

const SEQUENCES = 200;
const AT_A_TIME = 50;
const TIMEOUT = 30_000;
/** Soon and often: each sequence waits three times. */
const OFTEN = { timeout: TIMEOUT, intervals: [5, 10, 20, 50] };
const settings: Settings = {
  ...PLAIN_SETTINGS,
  hidden: [6, 5],
  batchSize: 10,
  optimizer: 'momentum',
  learningRate: 0.05,
  threads: 1,
  seed: 7,
};

type Page = RunningApp['page'];

/** Through the page's own door to main, as its buttons do; what is refused has no effect. */
async function command<K extends CommandName>(
  page: Page,
  name: K,
  args: CommandArguments[K],
): Promise<Answer<CommandResults[K]>> {
  const all = [name, args] as [CommandName, CommandArguments[CommandName]];
  return (await page.evaluate(([which, what]) => window.api.command(which, what), all)) as Answer<CommandResults[K]>;
}

async function giveOrder(
  page: Page,
  order: RandomOrder,
  folders: readonly string[],
  current: { folder: number },
): Promise<void> {
  switch (order.kind) {
    case 'train':
      await command(page, 'train', {
        settings: { ...settings, epochs: order.epochs, threads: order.threads },
        until: order.until ?? 'epoch',
      });
      return;
    case 'open': {
      const list = await command(page, 'listRuns', undefined);
      const newest = list.ok ? list.value.runs[0] : undefined;
      if (newest && newest.status !== 'running')
        await command(page, 'openRun', { id: newest.id, resume: order.until !== undefined });
      return;
    }
    case 'load': {
      const folder = order.other ? 1 - current.folder : current.folder;
      if ((await command(page, 'openFolder', { folder: folders[folder]! })).ok) current.folder = folder;
      return;
    }
    case 'extend':
      await command(page, 'extend', { epochs: order.epochs, until: order.until });
      return;
    case 'resume':
      await command(page, 'resume', { until: order.until });
      return;
    case 'change':
      await command(page, 'change', { changes: order.changes });
      return;
    case 'look':
      await command(page, 'activations', { layer: order.layer });
      return;
    case 'reload':
      await page.reload();
      await page.getByTestId('tab-runs').waitFor();
      return;
    default:
      await command(page, order.kind, undefined);
  }
}

/** How the page and main see the run. An empty change is refused if there is no current run. */
async function views(page: Page): Promise<{ page: string; main: string }> {
  const main = (await command(page, 'change', { changes: {} })).ok ? 'in flight' : 'over';
  if (await page.getByTestId('resume').isVisible()) return { page: 'in flight', main };
  return { page: (await page.getByTestId('pause').isVisible()) ? 'running' : 'over', main };
}

/** Paused or over, and nobody sees it otherwise. */
async function agree(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      const { page: seen, main } = await views(page);
      return seen === main;
    }, OFTEN)
    .toBe(true);
}

/** The test losses of a run of twelve epochs that is let alone, by the number of training images. */
async function undisturbed(page: Page, folder: string): Promise<number[]> {
  await command(page, 'openFolder', { folder });
  await command(page, 'train', { settings: { ...settings, epochs: 12 }, until: 'end' });
  await page
    .getByTestId('epoch-label')
    .getByText(/^Finished/)
    .waitFor({ timeout: TIMEOUT });
  const record = await newestRun(page);
  return record.history.map(({ testLoss }) => testLoss);
}

async function newestRun(page: Page) {
  const list = await command(page, 'listRuns', undefined);
  if (!list.ok) throw new Error(list.error.message);
  const record = await command(page, 'readRun', { id: list.value.runs[0]!.id });
  if (!record.ok) throw new Error(record.error.message);
  return record.value;
}

for (let from = 0; from < SEQUENCES; from += AT_A_TIME) {
  test(`random orders from seed ${from} on lead to a state that page, main and trainer agree on`, async ({
    studio: { page },
    folder,
  }) => {
    test.setTimeout(240_000);
    const other = await makeFolder();
    await writeDataset(folder, smallDatasetFiles({ train: 60, test: 20, rows: 4, columns: 4 }));
    await writeDataset(other.folder, smallDatasetFiles({ train: 70, test: 20, rows: 4, columns: 4 }));
    const folders = [folder, other.folder];
    const losses = new Map<number, number[]>();
    losses.set(70, await undisturbed(page, other.folder));
    losses.set(60, await undisturbed(page, folder));
    const current = { folder: 0 };
    for (let seed = from; seed < from + AT_A_TIME; seed++) {
      await test.step(`seed ${seed}`, async () => {
        for (const { after, order } of randomOrders(seed, 8)) {
          await page.evaluate((milliseconds) => new Promise((passed) => setTimeout(passed, milliseconds)), after);
          await giveOrder(page, order, folders, current);
        }
        await agree(page);
        await command(page, 'resume', { until: 'end' });
        await agree(page);
        await command(page, 'stop', undefined);
        await expect.poll(() => views(page), OFTEN).toEqual({ page: 'over', main: 'over' });
        const { summary, history } = await newestRun(page);
        expect(summary.status).not.toBe('running');
        if (summary.changes.length > 0) return;
        const expected = losses.get(summary.dataset.trainCount)!;
        history
          .filter(({ epoch }) => epoch <= 12)
          .forEach(({ epoch, testLoss }) => expect(testLoss, `epoch ${epoch}`).toBe(expected[epoch - 1]));
      });
    }
    // The trainer that has been through all of this trains as one that has not.
    expect(await undisturbed(page, folder)).toEqual(losses.get(60));
    await other.remove();
  });
}

// One run of many epochs, with every view looked at meanwhile.
import { lookAround, openDataset } from './cycle.mjs';
import { takeMemory } from './memory.mjs';

const SAMPLES = 40;
/** Of one command. */
const MOST_EPOCHS = 1000;

/** A network so small that its epochs are short. @returns memory at even steps of the run */
export async function trainLong(app, page, epochs) {
  await openDataset(page);
  await page.getByRole('combobox', { name: 'Preset' }).selectOption('fast');
  await page.getByRole('textbox', { name: 'Hidden 1' }).fill('16');
  await page.getByRole('textbox', { name: 'Batch size' }).fill('500');
  await page.getByRole('textbox', { name: 'Epochs' }).fill(String(Math.min(epochs, MOST_EPOCHS)));
  await page.getByTestId('train').click();
  for (let more = epochs - MOST_EPOCHS; more > 0; more -= MOST_EPOCHS) await extend(page, Math.min(more, MOST_EPOCHS));
  const samples = [];
  for (let done = 0; done < epochs; done = await epochsDone(page)) {
    await lookAround(page);
    if (done >= (samples.length * epochs) / SAMPLES) samples.push(await takeMemory(app, page));
  }
  return samples;
}

const extend = (page, epochs) =>
  page.evaluate((count) => window.api.command('extend', { epochs: count, until: 'end' }), epochs);

/** How many epochs of the current run are on the disk. */
async function epochsDone(page) {
  const { value } = await page.evaluate(() => window.api.command('listRuns', undefined));
  return value.runs[0].epochsTrained;
}

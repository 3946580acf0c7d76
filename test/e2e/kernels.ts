// Lets the app believe that a trial has chosen a build of the kernels, which it remembers by processor, V8 and version
// of the kernels.
import type { ElectronApplication } from '@playwright/test';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { kernelsVersion } from '../../build/kernels.mjs';

const fileOf = async (app: ElectronApplication) =>
  join(await app.evaluate(({ app: electron }) => electron.getPath('userData')), 'kernels.json');

/** To be called before the first dataset is opened, since the trial comes after it. */
export async function pretendTrialChose(app: ElectronApplication, simd: 'relaxed' | 'wide'): Promise<void> {
  const v8 = await app.evaluate(() => process.versions.v8);
  const choice = {
    processor: `${process.arch} ${cpus()[0]!.model}`,
    v8,
    kernels: await kernelsVersion(),
    simd,
    unanswered: 0,
  };
  await writeFile(await fileOf(app), JSON.stringify({ format: 1, choices: [choice] }));
}

/** What the app will use at its next start here. */
export async function rememberedKernels(app: ElectronApplication): Promise<string> {
  const { choices } = JSON.parse(await readFile(await fileOf(app), 'utf8')) as { choices: { simd: string }[] };
  return choices[0]!.simd;
}

// A process that writes epochs of a run is killed at random moments: what it has said is written is there, whole.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RunStore } from '../../../../src-main/runs/run-store';
import { Random } from '../../../../src-shared/nn/rng';
import { makeFolder } from '../../../fixtures/folders';
import { positionAt, resultAt } from '../../../fixtures/stored-runs';

const KILLS = 50;
const PROGRAM = join(import.meta.dirname, '../../../fixtures/write-run.ts');

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  await build({
    logLevel: 'error',
    configFile: false,
    ssr: { noExternal: true },
    build: {
      ssr: PROGRAM,
      outDir: join(folder, 'program'),
      rollupOptions: { output: { format: 'cjs', entryFileNames: 'write-run.cjs' } },
    },
  });
}, 60_000);
afterAll(() => remove());

/** Whether a file is being written at this moment. */
function isWriting(runs: string): boolean {
  const run = readdirSync(runs).find((name) => name.startsWith('2'));
  return run !== undefined && readdirSync(join(runs, run)).some((file) => file.endsWith('.tmp'));
}

/**
 * Lets it write until it has said so many lines, and then a little longer.
 * @param turns of this process, some microseconds each; undefined: until it is in the middle of a file
 * @returns the last epoch that it said is written
 */
function writeUntilKilled(runs: string, lines: number, turns: number | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(folder, 'program/write-run.cjs'), runs], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.split('\n').length <= lines) return;
      let left = turns ?? 0;
      const isTime = () => (turns === undefined ? isWriting(runs) : left-- <= 0);
      const wait = (): unknown => (isTime() ? child.kill('SIGKILL') : setImmediate(wait));
      wait();
    });
    child.on('error', reject);
    child.on('exit', () => resolve(Number(said.trim().split('\n').at(-1) ?? 0)));
  });
}

it(`loses nothing but the current epoch: ${KILLS} kills`, async () => {
  const random = new Random(11, 'order');
  let halfWritten = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const runs = join(folder, `runs-${kill}`);
    await mkdir(runs);
    const written = await writeUntilKilled(
      runs,
      1 + Math.floor(random.uniform() * 6),
      kill % 5 === 0 ? undefined : Math.floor(random.uniform() * 3000),
    );
    const [name] = (await readdir(runs)).filter((one) => one.startsWith('2'));
    const files = await readdir(join(runs, name!));
    if (files.some((file) => file.endsWith('.tmp'))) halfWritten++;

    const store = await RunStore.open(runs);
    const { runs: listed, setAside } = await store.list();
    expect(setAside).toEqual([]);
    const run = listed[0]!;
    expect(run).toMatchObject({ status: 'cut-off', resumable: true });
    expect([written, written + 1]).toContain(run.epochsTrained);
    const { record, resume } = await store.readForTraining(run.id);
    expect(resume).toEqual(positionAt(run.epochsTrained, { moments: 2 }));
    expect(record.history).toEqual(Array.from({ length: run.epochsTrained }, (_, k) => resultAt(k + 1)));
    expect((await readdir(join(runs, run.id))).filter((file) => file.endsWith('.tmp'))).toEqual([]);
    await rm(runs, { recursive: true });
  }
  expect(halfWritten).toBeGreaterThan(0); // or the moments were not where it hurts
}, 120_000);

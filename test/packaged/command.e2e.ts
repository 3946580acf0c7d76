// The installed app as a command, without a display: what `npm run train` and `npm run evaluate` do here, it does
// there.
import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { jsonLines, makeMachine, run, type Ended, type Machine } from './command';
import { startInstalled, unpackDeb, type Installed } from './installed';

const CLI = path.resolve(import.meta.dirname, '../../out/main/cli.cjs');
/** Electron's V8 has relaxed SIMD, and Node 20 behind this flag: the same build of the kernels, so the same bits. */
const RELAXED_SIMD = Number.parseInt(process.versions.node) < 22 ? ['--experimental-wasm-relaxed-simd'] : [];
const ENDLESS = ['--data', 'builtin', '--hidden', '8', '--epochs', '1000', '--json'];
const SWITCHES = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

let installed: Installed;
/**
 * The Debian package's entry on the PATH, and the program itself with the switches that Chromium needs if it is
 * started directly.
 */
let starts: Record<string, { program: string; switches: string[] }>;
let machine: Machine;

test.beforeAll(async () => {
  installed = await unpackDeb();
  const root = installed.folder.slice(0, installed.folder.indexOf('/opt/'));
  starts = {
    'the entry in /usr/bin': { program: path.join(root, 'usr/bin/mnist-studio'), switches: [] },
    'the program': { program: installed.executable, switches: SWITCHES },
  };
});
test.afterAll(() => installed.remove());
test.beforeEach(async () => void (machine = await makeMachine()));
test.afterEach(() => machine.remove());

const studio = (...args: string[]): Promise<Ended> => run(machine, starts['the entry in /usr/bin']!.program, args);

test('wrong options and unknown commands end with 2 and a sentence, wrong folders with 1', async () => {
  expect(await studio('train', '--data', 'builtin', '--lr', 'fast')).toEqual({
    code: 2,
    stdout: '',
    stderr: '--lr is fast: Learning rate must be a number from 0.000001 to 10. See --help.\n',
  });
  expect(await studio('evaluate', '--data', 'builtin')).toEqual({
    code: 2,
    stdout: '',
    stderr: '--model is missing: expected the file of a network. See --help.\n',
  });
  expect(await studio('trian')).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'There is no command “trian”, nor a file or folder of that name: expected train or evaluate. See ' +
      'mnist-studio --help.\n',
  });
  expect(await studio('train', '--data', 'gone')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^The folder “gone” .*\n$/),
  });
  expect(await machine.leftBehind()).toEqual([]);
});

test('explains how it is used, by the name that it has there', async () => {
  const help = await studio('--help');
  expect(help).toMatchObject({ code: 0, stderr: '' });
  for (const usage of ['mnist-studio [file]', 'mnist-studio train --data', 'mnist-studio evaluate --model'])
    expect(help.stdout).toContain(usage);
  expect(await studio('-h')).toEqual(help);
  expect((await studio('--version')).stdout).toMatch(/^MNIST Studio \d+\.\d+\.\d+\n$/);
  const train = await studio('train', '--help');
  expect(train).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringContaining('Usage: mnist-studio train --data <folder|builtin> [options]'),
  });
  expect(train.stdout.endsWith('130 when it was stopped.\n')).toBe(true);
  expect(train.stdout).not.toContain('npm');
});

for (const start of ['the entry in /usr/bin', 'the program']) {
  test(`trains by ${start} to the same bytes as npm run train, and evaluates them`, async () => {
    const { program, switches } = starts[start]!;
    const options = ['--data', 'builtin', '--epochs', '1', '--hidden', '70,33', '--seed', '5', '--json'];
    // The packaged app ignores Node's environment variables.
    const env = { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--inspect=0' };
    const here = await run(machine, process.execPath, [...RELAXED_SIMD, CLI, ...options, '--export', 'here.npz']);
    const there = await run(machine, program, [...switches, 'train', ...options, '--export', 'the weights.npz'], {
      env,
    });
    expect(there.code).toBe(0);
    expect(there.stderr).not.toContain('Debugger listening');
    if (switches.length === 0) expect(there.stderr).toBe('');
    const lines = jsonLines(there.stdout);
    expect(lines.map(({ kind }) => kind)).toEqual(['dataset', 'epoch', 'finished']);
    expect(lines[0]).toEqual(jsonLines(here.stdout)[0]);
    expect(await readFile(path.join(machine.cwd, 'the weights.npz'))).toEqual(
      await readFile(path.join(machine.cwd, 'here.npz')),
    );

    const evaluated = await run(
      machine,
      program,
      [...switches, 'evaluate', '--model', 'the weights.npz', '--data', 'builtin', '--json'],
      { env },
    );
    const { testLoss, testAccuracy } = lines[2]!;
    expect(evaluated.code).toBe(0);
    expect(jsonLines(evaluated.stdout)).toEqual([
      expect.objectContaining({ kind: 'evaluation', testLoss, testAccuracy, test: 10_000 }),
    ]);
    expect(await machine.leftBehind()).toEqual([]);
  });

  test(`Ctrl+C stops ${start} after the weights are written, with 130; an order to end ends it with 143`, async () => {
    const { program, switches } = starts[start]!;
    const at = (stdout: string) => stdout.includes('"kind":"epoch"');
    const stopped = await run(machine, program, [...switches, 'train', ...ENDLESS, '--export', 'w.npz'], {
      interrupt: { at, signal: 'SIGINT' },
    });
    expect(stopped.code).toBe(130);
    expect(jsonLines(stopped.stdout).at(-1)).toMatchObject({ kind: 'finished', reason: 'stopped', export: 'w.npz' });
    expect((await readFile(path.join(machine.cwd, 'w.npz'))).length).toBeGreaterThan(1000);

    const ended = await run(machine, program, [...switches, 'train', ...ENDLESS], {
      interrupt: { at, signal: 'SIGTERM' },
    });
    expect(ended.code).toBe(143);
    expect(ended.stdout).not.toContain('"kind":"finished"');
    expect(await machine.leftBehind()).toEqual([]);
  });

  test(`${start} ends without a word once nobody reads its output`, async () => {
    const { program, switches } = starts[start]!;
    const quoted = [program, ...switches, 'train', ...ENDLESS].map((word) => `'${word}'`).join(' ');
    const { code, stdout, stderr } = await run(machine, 'bash', ['-c', `set -o pipefail; ${quoted} | head -n 1`]);
    expect(jsonLines(stdout)).toMatchObject([{ kind: 'dataset' }]);
    expect(code).toBe(141);
    expect(stderr).not.toContain('EPIPE');
    expect(await machine.leftBehind()).toEqual([]);
  });
}

test('a command leaves an app that is open alone', async () => {
  const { page, close } = await startInstalled(installed, { env: { HOME: machine.env.HOME! } });
  await page.click('open-builtin');
  await expect.poll(() => page.textOf('dataset-summary'), { timeout: 20_000 }).toContain('60,000 train');
  expect((await studio('train', '--data', 'builtin', '--hidden', '8', '--epochs', '1', '--export', 'w.npz')).code).toBe(
    0,
  );
  expect((await studio('evaluate', '--model', 'w.npz', '--data', 'builtin')).code).toBe(0);
  expect(await page.textOf('dataset-summary')).toContain('60,000 train');
  expect(page.errors).toEqual([]);
  await close();
});

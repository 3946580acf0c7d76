// The command line: training.
import { expect, test } from '@playwright/test';
import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { copyMnist, makeFolder, writeDataset } from '../fixtures/folders';
import { smallDatasetFiles } from '../fixtures/idx';
import { mnistFiles } from '../fixtures/mnist';
import { predict, readNpz } from '../fixtures/npz-network';
import { jsonLines, train, type Ended } from './command';

let folder: string;
let remove: () => Promise<void>;
test.beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
});
test.afterEach(() => remove());

test('wrong options end with 2 and a sentence on stderr', async () => {
  const { code, stdout, stderr } = await train('--data', 'builtin', '--lr', 'fast');
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toBe('--lr is fast: Learning rate must be a number from 0.000001 to 10. See --help.\n');
});

test('a wrong folder and a batch that is too large end with 1 and a sentence on stderr', async () => {
  const empty = await train('--data', folder, '--json');
  expect(empty).toMatchObject({ code: 1, stdout: '' });
  expect(empty.stderr).toContain(`The folder “${folder}” holds no MNIST files, nor does a folder in it.`);

  await writeDataset(folder, smallDatasetFiles({ train: 30, test: 10, rows: 4, columns: 4 }));
  const batch = await train('--data', folder, '--json');
  expect(batch.code).toBe(1);
  expect(batch.stderr).toContain('A batch of 128 images is more than the 30 training images');
});

test('a folder with more than one dataset, or without a test set, is trained on as the options say', async () => {
  const files = Object.values(smallDatasetFiles({ train: 210, test: 30, rows: 4, columns: 4 }));
  const write = (part: string, { name, bytes }: (typeof files)[number]) =>
    writeFile(join(folder, `emnist-${part}-${name.replace('t10k', 'test')}`), bytes);
  await Promise.all([
    ...files.map((file) => write('digits', file)),
    ...files.slice(0, 2).map((file) => write('mnist', file)),
  ]);

  const both = await train('--data', folder, '--json');
  expect(both).toMatchObject({ code: 1, stdout: '' });
  expect(both.stderr).toContain(
    'Please choose one with --collection: emnist-digits (EMNIST digits), emnist-mnist (EMNIST mnist).',
  );

  const noTest = await train('--data', folder, '--collection', 'emnist-mnist', '--json');
  expect(noTest.stderr).toContain('has no test images. Add --hold-out 0.14');

  const { code, stdout } = await train(
    '--data',
    folder,
    '--collection',
    'emnist-mnist',
    '--hold-out',
    '0.2',
    '--epochs',
    '1',
    '--hidden',
    '5',
    '--batch-size',
    '10',
    '--json',
  );
  expect(code).toBe(0);
  expect(jsonLines(stdout)[0]).toMatchObject({
    kind: 'dataset',
    name: 'EMNIST MNIST',
    train: 170,
    test: 40,
    testPerClass: Array(10).fill(4),
  });
});

test('an export into a folder that is not there is refused before training, and what was there stays', async () => {
  await writeDataset(folder, smallDatasetFiles({ train: 80, test: 10, rows: 4, columns: 4 }));
  const ended = await train(
    '--data',
    folder,
    '--batch-size',
    '16',
    '--epochs',
    '1',
    '--json',
    '--export',
    join(folder, 'w.npz'),
    '--export',
    join(folder, 'gone', 'w.npz'),
  );
  expect(ended).toEqual({
    code: 2,
    stdout: '',
    stderr:
      `--export: There is no folder “${join(folder, 'gone')}”. Please create it first, or choose another place. ` +
      `See --help.\n`,
  });
  expect((await readdir(folder)).length).toBe(4);
});

test('--help describes the options and ends with 0', async () => {
  const { code, stdout } = await train('--help');
  expect(code).toBe(0);
  expect(stdout).toContain('--data <folder|builtin>');
});

test('a closed pipe ends the command silently; output that cannot be written, with a sentence', async () => {
  await writeDataset(folder, smallDatasetFiles({ train: 80, test: 10, rows: 4, columns: 4 }));
  const command =
    `'${process.execPath}' '${resolve(import.meta.dirname, '../../out/main/cli.cjs')}' --data '${folder}' ` +
    '--epochs 1000 --batch-size 8 --hidden 9 --json';
  const inShell = (line: string) =>
    promisify(execFile)('bash', ['-c', `set -o pipefail; ${line}`]).catch((error: Ended) => error);
  expect(await inShell(`${command} | head -n 1 >/dev/null`)).toMatchObject({ code: 141, stderr: '' });
  test.skip(process.platform !== 'linux', 'There is no /dev/full here.');
  expect(await inShell(`${command} >/dev/full`)).toMatchObject({
    code: 1,
    stderr: 'The output could not be written: the disk is full.\n',
  });
});

test('the log has a line every tenth of the epochs', async () => {
  await writeDataset(folder, smallDatasetFiles({ train: 80, test: 10, rows: 4, columns: 4 }));
  const { code, stdout } = await train('--data', folder, '--epochs', '20', '--batch-size', '8', '--hidden', '9,7');
  expect(code).toBe(0);
  expect(stdout.match(/^\[[ \d]+\/20\] loss: \d+\.\d{4}/gm)).toHaveLength(10);
  expect(stdout).toMatch(/^\[ 2\/20\] loss: /m);
});

test('settings come from a file and flags; each epoch and the result include the validation split', async () => {
  await writeDataset(folder, smallDatasetFiles({ train: 80, test: 10, rows: 4, columns: 4 }));
  const settings = join(folder, 'settings.json');
  await writeFile(
    settings,
    '{"hidden": [], "batchSize": 8, "learningRate": 0.1, "schedule": "step", "stepEpochs": 1, "stepFactor": ' +
      '0.5, "validationShare": 0.25, "keep": "best", "epochs": 9}',
  );
  const { code, stdout } = await train('--data', folder, '--settings', settings, '--epochs', '3', '--json');
  expect(code).toBe(0);
  const epochs = jsonLines(stdout).filter(({ kind }) => kind === 'epoch');
  expect(epochs).toHaveLength(3);
  expect(epochs.map(({ learningRate }) => learningRate)).toEqual([0.1, 0.05, 0.025]);
  for (const epoch of epochs)
    expect(epoch).toMatchObject({ validation: { loss: expect.any(Number), accuracy: expect.any(Number) } });
  expect(jsonLines(stdout).at(-1)).toMatchObject({
    kind: 'finished',
    reason: 'completed',
    epochs: 3,
    validation: { accuracy: expect.any(Number) },
  });

  await writeFile(settings, '{"hiden": []}');
  const wrong = await train('--data', folder, '--settings', settings);
  expect(wrong).toMatchObject({ code: 2, stdout: '' });
  expect(wrong.stderr).toContain('--settings: settings.json was refused. There is no setting “hiden”.');
});

test('an epoch of the real MNIST, as JSON, and its export reproduces the accuracy', async () => {
  await copyMnist(folder);
  const file = join(folder, 'weights.npz');
  const { code, stdout, stderr } = await train(
    '--data',
    folder,
    '--epochs',
    '1',
    '--hidden',
    '32',
    '--seed',
    '5',
    '--json',
    '--export',
    file,
  );
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const [dataset, epoch, finished, ...rest] = jsonLines(stdout);
  expect(rest).toEqual([]);
  expect(dataset).toMatchObject({
    kind: 'dataset',
    train: 60_000,
    test: 10_000,
    rows: 28,
    columns: 28,
    name: 'MNIST',
    folder,
  });
  expect(dataset!['zeroShare']).toBeCloseTo(0.809, 3);
  expect(epoch).toMatchObject({ kind: 'epoch', epoch: 1, engine: 'fast', engineDetails: { firstLayer: 'sparse' } });
  expect(epoch!['threads']).toBeGreaterThanOrEqual(1);
  for (const key of ['trainLoss', 'trainAccuracy', 'testLoss', 'testAccuracy', 'seconds', 'imagesPerSecond']) {
    expect(typeof epoch![key], key).toBe('number');
  }
  expect(finished).toMatchObject({
    kind: 'finished',
    reason: 'completed',
    epochs: 1,
    testAccuracy: epoch!['testAccuracy'],
    export: file,
  });

  const network = readNpz(await readFile(file));
  expect(network.metadata).toMatchObject({ sizes: [784, 32, 10], activation: 'relu', seed: 5, epoch: 1 });
  const { testImages, testLabels } = mnistFiles();
  const labels = testLabels.bytes.subarray(8);
  const predicted = predict(network, testImages.bytes.subarray(16), 10_000);
  const correct = predicted.filter((digit, n) => digit === labels[n]).length;
  expect(correct / 10_000).toBe(epoch!['testAccuracy']);
  expect(correct).toBeGreaterThan(8_500);
});

test('the same seed exports the same bytes at 1, 2 and 4 threads', async () => {
  const files: Buffer[] = [];
  for (const threads of ['1', '2', '4']) {
    const file = join(folder, `${threads}.npz`);
    expect(
      (await train('--data', 'builtin', '--epochs', '1', '--hidden', '70,33', '--threads', threads, '--export', file))
        .code,
    ).toBe(0);
    files.push(await readFile(file));
  }
  expect(files[1]!.equals(files[0]!)).toBe(true);
  expect(files[2]!.equals(files[0]!)).toBe(true);
});

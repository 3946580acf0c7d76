// The command line: networks in files, written, read and evaluated.
import { expect, test } from '@playwright/test';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { CHOICE_FIELDS } from '../../src-shared/settings/settings-fields';
import { makeFolder, writeDataset } from '../fixtures/folders';
import { smallDatasetFiles } from '../fixtures/idx';
import { mnistFiles } from '../fixtures/mnist';
import { evaluate, jsonLines, train } from './command';

let folder: string;
let remove: () => Promise<void>;
test.beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
});
test.afterEach(() => remove());

test(
  'a wrong suffix is refused before training, and every format that can be read back has the accuracy of its ' +
    'training',
  async () => {
    const wrong = await train('--data', 'builtin', '--json', '--export', join(folder, 'w.pt'));
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('--export: The name “w.pt” names no format');

    const files = ['.npz', '.safetensors', '.onnx', '.weights.h5', '.json', '.h'].map((suffix) =>
      join(folder, `w${suffix}`),
    );
    const trained = await train(
      '--data',
      'builtin',
      '--epochs',
      '1',
      '--hidden',
      '24,16',
      '--activation',
      'gelu',
      '--raw-pixels',
      '--json',
      ...files.flatMap((file) => ['--export', file]),
    );
    const finished = jsonLines(trained.stdout).at(-1)!;
    expect(finished['export']).toEqual(files);
    for (const file of files.slice(0, -1)) {
      const { stdout } = await evaluate('--model', file, '--data', 'builtin', '--json');
      expect(jsonLines(stdout), file).toEqual([
        expect.objectContaining({
          kind: 'evaluation',
          testLoss: finished['testLoss'],
          testAccuracy: finished['testAccuracy'],
          test: 10_000,
          activationFrom: 'file',
          pixelsFrom: 'file',
        }),
      ]);
    }
    expect((await evaluate('--model', files[0]!, '--data', 'builtin')).stdout).toContain(
      `test accuracy: ${(100 * (finished['testAccuracy'] as number)).toFixed(2)}%`,
    );
  },
);

test('a network that cannot be evaluated ends with a sentence on stderr', async () => {
  await writeDataset(folder, smallDatasetFiles({ train: 80, test: 10, rows: 4, columns: 4 }));
  const file = join(folder, 'small.npz');
  expect(
    (await train('--data', folder, '--batch-size', '16', '--epochs', '1', '--hidden', '5', '--export', file)).code,
  ).toBe(0);
  expect(await evaluate('--model', file, '--data', 'builtin')).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('small.npz takes images of 4×4 pixels, but the images of MNIST have 28×28.'),
  });
  expect(await evaluate('--model', file, '--data', folder, '--activation', 'tanh')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--activation is tanh: but small.npz says that it is relu.'),
  });
  expect(await evaluate('--model', join(folder, 'gone.onnx'), '--data', folder)).toMatchObject({
    code: 1,
    stderr: 'gone.onnx could not be read: it does not exist. Please choose another file.\n',
  });
  expect((await evaluate('--model', file, '--data', folder)).code).toBe(0);
});

test('the README’s NumPy snippet reproduces the test accuracy exactly', async () => {
  const numpy = await promisify(execFile)('python3', ['-c', 'import numpy']).then(
    () => true,
    () => false,
  );
  test.skip(!numpy, 'python3 cannot import numpy here: the snippet was not run.');
  const readme = await readFile(resolve(import.meta.dirname, '../../README.md'), 'utf8');
  const snippet = /```python\n(.*?)```/s.exec(readme)![1]!;

  for (const activation of Object.keys(CHOICE_FIELDS.activation.options)) {
    const file = join(folder, 'mnist-784-256-10-epoch-20.npz');
    const { stdout } = await train(
      '--data',
      'builtin',
      '--epochs',
      '1',
      '--hidden',
      '24,16',
      '--activation',
      activation,
      '--json',
      '--export',
      file,
    );
    for (const { name, bytes } of [mnistFiles().testImages, mnistFiles().testLabels])
      await writeFile(join(folder, `${name}.gz`), gzipSync(bytes));
    const python = await promisify(execFile)('python3', ['-c', snippet], { cwd: folder });
    const [accuracy] = /\d\.\d+/.exec(python.stdout)!;
    expect(Number(accuracy)).toBe(jsonLines(stdout)[1]!['testAccuracy']);
  }
});

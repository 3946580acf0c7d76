import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FLAG_FIELDS, flagOf } from '../../../../src-main/cli/flags';
import { parseOptions, trainHelp } from '../../../../src-main/cli/train-options';
import { UsageError } from '../../../../src-main/cli/usage';
import { BY_NPM } from '../../../../src-main/cli/process/invocation';
import { PRESETS } from '../../../../src-shared/settings/presets';
import { NUMBER_FIELDS } from '../../../../src-shared/settings/number-fields';
import { CHOICE_FIELDS } from '../../../../src-shared/settings/settings-fields';
import { settingsToJson } from '../../../../src-shared/settings/settings-json';
import type { Settings } from '../../../../src-shared/settings/settings';

const recommended: Settings = PRESETS.recommended.settings;
const settingsOf = async (...args: string[]) => (await parseOptions(['--data', 'builtin', ...args]))!.settings;

/** A value that is neither the preset's nor refused beside the other fields. */
function otherValue(field: keyof Settings): Settings[keyof Settings] {
  if (field === 'hidden') return [128, 64];
  if (field in NUMBER_FIELDS) {
    const { min, max } = NUMBER_FIELDS[field as keyof typeof NUMBER_FIELDS];
    return recommended[field] === max ? min : max;
  }
  const { options } = CHOICE_FIELDS[field as keyof typeof CHOICE_FIELDS];
  const value = Object.keys(options).find((option) => option !== String(recommended[field]))!;
  return field === 'gradientDivisions' ? 2 : (value as Settings[keyof Settings]);
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mnist-studio-options-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function settingsFile(text: string): Promise<string> {
  const file = join(folder, 'settings.json');
  await writeFile(file, text);
  return file;
}

describe('options are refused', () => {
  it.each([
    [[], '--data is missing'],
    [
      ['--data', 'builtin', '--preset', 'best'],
      '--preset is best: expected one of seed, seed-mended, recommended, fast, simard-2003, dropout, record',
    ],
    [['--data', 'builtin', '--lr', 'fast'], '--lr is fast: Learning rate must be a number from 0.000001 to 10.'],
    [['--data', 'builtin', '--epochs', '0'], '--epochs is 0: Epochs must be a whole number from 1 to 1000.'],
    [['--data', 'builtin', '--hidden', '12,x'], '--hidden is 12,x: Hidden units must be whole numbers from 1 to 2048'],
    [['--data', 'builtin', '--engine', 'warp'], '--engine is warp: Engine must be one of fast, reference.'],
    [
      ['--data', 'builtin', '--gradient-divisions', '3'],
      '--gradient-divisions is 3: Gradient divided must be one of 1, 2.',
    ],
    [['--data', 'builtin', '--patience', '3'], '--patience: Patience needs a validation split'],
    [['--data', 'builtin', '--speed', '9'], "Unknown option '--speed'"],
    [['--data', 'builtin', 'extra'], 'extra'],
    [
      ['--data', 'builtin', '--export', 'w.npz', '--export', '/d/w.pt'],
      '--export: The name “w.pt” names no format: expected one that ends with .npz, .safetensors, .onnx, ' +
        '.weights.h5, .json or .h.',
    ],
    [['--data'], '--data'],
    [
      ['--data', 'builtin', '--settings', '/gone.json'],
      '--settings: The settings could not be read from gone.json: it does not exist.',
    ],
  ])('%j', async (args, sentence) => {
    await expect(parseOptions(args)).rejects.toThrow(UsageError);
    await expect(parseOptions(args)).rejects.toThrow(sentence);
  });

  it('where the value of any number or choice is wrong, by the name of its flag', async () => {
    for (const field of FLAG_FIELDS) {
      await expect(settingsOf(`--${flagOf(field)}`, 'wrong')).rejects.toThrow(`--${flagOf(field)} is wrong: `);
    }
  });

  it.each([
    ['{"learningRat": 1}', 'There is no setting “learningRat”.'],
    ['{"momentum": 2}', '“momentum”: Momentum must be a number from 0 to 0.999.'],
    ['not JSON', 'This is not JSON'],
  ])('where the settings file holds %s', async (text, sentence) => {
    const refused = settingsOf('--settings', await settingsFile(text));
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(`--settings: settings.json was refused. `);
    await expect(refused).rejects.toThrow(sentence);
  });
});

describe('options are read', () => {
  it('as the recommended preset where nothing else is said', async () => {
    expect(await parseOptions(['--data', 'builtin'])).toEqual({
      source: { kind: 'builtin' },
      settings: recommended,
      exportFiles: [],
      rawPixels: false,
      json: false,
    });
  });

  it('as changes of a preset', async () => {
    const args =
      '--data /d --preset seed --hidden 128,64 --lr 0.5 --precision float32 --export w.npz --json --export ' +
      'W.weights.H5 --raw-pixels';
    expect(await parseOptions(args.split(' '))).toEqual({
      source: { kind: 'folder', folder: '/d', rules: 2 },
      settings: { ...PRESETS.seed.settings, hidden: [128, 64], learningRate: 0.5, precision: 'float32' },
      exportFiles: ['w.npz', 'W.weights.H5'],
      rawPixels: true,
      json: true,
    });
  });

  it('by a flag of its own for every field of the settings', async () => {
    expect([...FLAG_FIELDS].sort()).toEqual(Object.keys(recommended).sort());
    // Of two fields that need a validation split, it is there.
    const split = ['--validation-share', '0.2'];
    for (const field of FLAG_FIELDS) {
      const value = otherValue(field);
      const settings = await settingsOf(
        ...(field === 'validationShare' ? [] : split),
        `--${flagOf(field)}`,
        String(value),
      );
      expect(settings, field).toEqual({ ...recommended, validationShare: 0.2, [field]: value });
    }
  });

  it('with no hidden layer as none, or as nothing', async () => {
    expect((await settingsOf('--hidden', 'none')).hidden).toEqual([]);
    expect((await settingsOf('--hidden', '')).hidden).toEqual([]);
  });

  it('in the digits of other scripts, with their commas between layers', async () => {
    const { hidden, learningRate, epochs } = await settingsOf(
      '--hidden',
      '١٢٨، ٦٤',
      '--lr',
      '۰٫۰۵',
      '--epochs',
      '２０',
    );
    expect({ hidden, learningRate, epochs }).toEqual({ hidden: [128, 64], learningRate: 0.05, epochs: 20 });
  });

  it('from a settings file on top of the preset, and from flags on top of both', async () => {
    const file = await settingsFile('{"learningRate": 0.7, "epochs": 3}');
    expect(await settingsOf('--preset', 'seed', '--settings', file, '--epochs', '4')).toEqual({
      ...PRESETS.seed.settings,
      learningRate: 0.7,
      epochs: 4,
    });
  });

  it('from a file that the app has saved, as they were', async () => {
    const saved: Settings = { ...recommended, hidden: [], optimizer: 'adam', validationShare: 0.1, keep: 'best' };
    expect(await settingsOf('--preset', 'seed', '--settings', await settingsFile(settingsToJson(saved)))).toEqual(
      saved,
    );
  });
});

describe('--help', () => {
  it('is asked for', async () => {
    expect(await parseOptions(['--help'])).toBeUndefined();
  });

  it('lists every option, and the range or the choices of every setting, in lines of at most 120 characters', () => {
    const help = trainHelp(BY_NPM);
    for (const option of [
      'data',
      'collection',
      'hold-out',
      'transposed',
      'preset',
      'settings',
      'export',
      'raw-pixels',
      'json',
      'help',
    ])
      expect(help).toContain(`  --${option} `);
    const words = help.replace(/\s+/g, ' ');
    for (const field of FLAG_FIELDS) expect(help, field).toMatch(new RegExp(`^  --${flagOf(field)} <`, 'm'));
    for (const { min, max } of Object.values(NUMBER_FIELDS)) expect(words).toContain(`; ${min} to ${max}`);
    for (const { options } of Object.values(CHOICE_FIELDS))
      expect(words).toContain(`; ${Object.keys(options).join(', ')}`);
    for (const line of help.split('\n')) expect(line.length, line).toBeLessThanOrEqual(120);
  });
});

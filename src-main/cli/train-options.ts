// The command line's options: what they are called, what they may be, and the page that --help prints.
import { basename } from 'node:path';
import type { DatasetSource } from '../../src-shared/data/dataset';
import { StudioError } from '../../src-shared/errors';
import { PRESET_NAMES, PRESETS, type PresetName } from '../../src-shared/settings/presets';
import type { FieldName, Settings } from '../../src-shared/settings/settings';
import { settingsSchema } from '../../src-shared/settings/settings-schema';
import { DATASET_ARGUMENTS, DATASET_FLAGS, readSource } from './dataset-options';
import { FLAG_FIELDS, flagHelp, flagOf, helpLine, readFlag } from './flags';
import { readArguments, UsageError } from './usage';
import type { Invocation } from './process/invocation';
import { EXPORT_SUFFIXES } from '../../src-shared/networks/network-formats';
import { exportFormatOf } from '../formats/save/formats';
import { readSettings } from '../files/settings-file';

export interface TrainOptions {
  source: DatasetSource;
  settings: Settings;
  /** Their suffixes are those of export formats. */
  exportFiles: string[];
  /** Whether an ONNX file takes pixels from 0 to 255. */
  rawPixels: boolean;
  json: boolean;
}

const otherFlags = ({ jsonNote }: Invocation): [flag: string, text: string][] => [
  ...DATASET_FLAGS,
  ['preset <name>', `${PRESET_NAMES.join(', ')} (default recommended): what the settings begin with`],
  [
    'settings <file.json>',
    'settings as the app saves them, instead of the preset’s; fields that it leaves out are those of the preset',
  ],
  [
    'export <file>',
    `writes the weights that are kept here, in the format of the suffix: ${EXPORT_SUFFIXES.join(', ')}; may be ` +
      'given more than once',
  ],
  ['raw-pixels', 'an exported .onnx takes pixels from 0 to 255 and divides them itself'],
  ['json', `one JSON object a line on stdout, and nothing else${jsonNote}`],
  ['help', 'this page'],
];

export const trainHelp = (invocation: Invocation) => `Trains a network on MNIST files, without a window.

Usage: ${invocation.before.train} --data <folder|builtin> [options]

${otherFlags(invocation)
  .map(([flag, text]) => helpLine(flag, text))
  .join('\n')}

Each of the options below changes one setting of the preset or the settings file.

${flagHelp()}

The command ends with 0 when all is done, 1 when something failed, 2 when an option is wrong, 130 when it was stopped.
`;

/** @returns undefined where help is asked for; throws UsageError */
export async function parseOptions(args: string[]): Promise<TrainOptions | undefined> {
  const values = readArguments(args, {
    texts: [...DATASET_ARGUMENTS, 'preset', 'settings', ...FLAG_FIELDS.map(flagOf)],
    lists: ['export'],
    switches: ['raw-pixels', 'json'],
  });
  if (values['help'] === true) return undefined;
  const text = (name: string) => values[name] as string | undefined;
  return {
    source: readSource(text),
    settings: changeSettings(await firstSettings(text('preset') ?? 'recommended', text('settings')), text),
    exportFiles: checkExports((values['export'] as string[] | undefined) ?? []),
    rawPixels: values['raw-pixels'] === true,
    json: values['json'] === true,
  };
}

/** Before training, which a wrong name at its end would waste. */
function checkExports(files: string[]): string[] {
  for (const file of files) {
    try {
      exportFormatOf(basename(file));
    } catch (error) {
      throw new UsageError(`--export: ${(error as StudioError).message}`);
    }
  }
  return files;
}

async function firstSettings(preset: string, file: string | undefined): Promise<Settings> {
  if (!Object.hasOwn(PRESETS, preset))
    throw new UsageError(`--preset is ${preset}: expected one of ${PRESET_NAMES.join(', ')}.`);
  const { settings } = PRESETS[preset as PresetName];
  if (file === undefined) return settings;
  try {
    return await readSettings(file, settings);
  } catch (error) {
    if (error instanceof StudioError) throw new UsageError(`--settings: ${error.message}`);
    throw error;
  }
}

function changeSettings(settings: Settings, textOf: (flag: string) => string | undefined): Settings {
  const changes: Partial<Record<FieldName, unknown>> = {};
  for (const field of FLAG_FIELDS) {
    const text = textOf(flagOf(field));
    if (text === undefined) continue;
    const value = readFlag(field, text);
    if (typeof value === 'object' && 'sentence' in value)
      throw new UsageError(`--${flagOf(field)} is ${text}: ${value.sentence}`);
    changes[field] = value;
  }
  const result = settingsSchema.safeParse({ ...settings, ...changes });
  if (result.success) return result.data;
  // Each flag is right by itself: two of them do not go together.
  const { path, message } = result.error.issues[0]!;
  throw new UsageError(`--${flagOf(path[0] as FieldName)}: ${message}`);
}

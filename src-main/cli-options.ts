// The command line's options: what they are called, what they may be, and the page that --help prints.
import { parseArgs } from 'node:util';
import type { DatasetSource, FolderSource } from '../src-shared/contract';
import { StudioError } from '../src-shared/errors';
import { PRESET_NAMES, PRESETS, type PresetName } from '../src-shared/presets';
import { settingsSchema, type FieldName, type Settings } from '../src-shared/settings';
import { FLAG_FIELDS, flagHelp, flagOf, helpLine, readFlag } from './cli-flags';
import { readSettings } from './settings-file';

export interface TrainOptions {
  source: DatasetSource;
  settings: Settings;
  exportFile: string | undefined;
  json: boolean;
}

/** Wrong options: the sentence goes to stderr, and the program ends with 2. */
export class UsageError extends Error {}

const OTHER_FLAGS: [flag: string, text: string][] = [
  ['data <folder|builtin>', 'the folder with the MNIST files, or the MNIST packed with the app (required)'],
  ['collection <name>', 'which of several in the folder, such as emnist-letters'],
  ['hold-out <share>', 'where the folder has no test images: share of the training images that are tested on, 0.01 to 0.5'],
  ['preset <name>', `${PRESET_NAMES.join(', ')} (default recommended): what the settings begin with`],
  ['settings <file.json>', 'settings as the app saves them, instead of the preset’s; fields that it leaves out are those of the preset'],
  ['export <file.npz>', 'writes the weights that are kept here, for NumPy'],
  ['json', 'one JSON object a line on stdout, and nothing else (npm’s own two lines go with npm run --silent)'],
  ['help', 'this page'],
];

export const HELP = `Trains a network on MNIST files, without a window.

Usage: npm run train -- --data <folder|builtin> [options]

${OTHER_FLAGS.map(([flag, text]) => helpLine(flag, text)).join('\n')}

Each of the options below changes one setting of the preset or the settings file.

${flagHelp()}

The command ends with 0 when all is done, 1 when something failed, 2 when an option is wrong, 130 when it was stopped.
`;

/** @returns undefined where help is asked for; throws UsageError */
export async function parseOptions(args: string[]): Promise<TrainOptions | undefined> {
  const values = readArguments(args);
  if (values['help'] === true) return undefined;
  const text = (name: string) => values[name] as string | undefined;
  const data = text('data');
  if (data === undefined) throw new UsageError('--data is missing: expected a folder with MNIST files, or “builtin”.');
  return {
    source: data === 'builtin' ? { kind: 'builtin' } : folderSource(data, text('collection'), text('hold-out')),
    settings: changeSettings(await firstSettings(text('preset') ?? 'recommended', text('settings')), text),
    exportFile: text('export'),
    json: values['json'] === true,
  };
}

function readArguments(args: string[]): Record<string, string | boolean | undefined> {
  const withText = ['data', 'collection', 'hold-out', 'preset', 'settings', 'export', ...FLAG_FIELDS.map(flagOf)];
  try {
    return parseArgs({
      args,
      options: {
        ...Object.fromEntries(withText.map((name) => [name, { type: 'string' as const }])),
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values as Record<string, string | boolean | undefined>;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function folderSource(folder: string, collection: string | undefined, share: string | undefined): FolderSource {
  const holdOut = share === undefined ? undefined : share.trim() === '' ? NaN : Number(share);
  if (holdOut !== undefined && !(holdOut >= 0.01 && holdOut <= 0.5)) throw new UsageError(`--hold-out is ${share}: expected a share from 0.01 to 0.5.`);
  return { kind: 'folder', folder, collection, holdOut };
}

async function firstSettings(preset: string, file: string | undefined): Promise<Settings> {
  if (!Object.hasOwn(PRESETS, preset)) throw new UsageError(`--preset is ${preset}: expected one of ${PRESET_NAMES.join(', ')}.`);
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
    if (typeof value === 'object' && 'sentence' in value) throw new UsageError(`--${flagOf(field)} is ${text}: ${value.sentence}`);
    changes[field] = value;
  }
  const result = settingsSchema.safeParse({ ...settings, ...changes });
  if (result.success) return result.data;
  // Each flag is right by itself: two of them do not go together.
  const { path, message } = result.error.issues[0]!;
  throw new UsageError(`--${flagOf(path[0] as FieldName)}: ${message}`);
}

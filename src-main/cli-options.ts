// The command line's options: what they are called, what they may be, and the page that --help prints.
import { parseArgs } from 'node:util';
import { ACTIVATIONS, ENGINES, FANS, firstMessage, PRECISIONS, PRESETS, settingsSchema, type PresetName, type Settings } from '../src-shared/settings';
import type { DatasetSource, FolderSource } from '../src-shared/contract';

export interface TrainOptions {
  source: DatasetSource;
  settings: Settings;
  exportFile: string | undefined;
  json: boolean;
}

/** Wrong options: the sentence goes to stderr, and the program ends with 2. */
export class UsageError extends Error {}

export const HELP = `Trains a network on MNIST files, without a window.

Usage: npm run train -- --data <folder|builtin> [options]

  --data <folder|builtin>   the folder with the MNIST files, or the MNIST packed with the app (required)
  --collection <name>       which of several in the folder, such as emnist-letters
  --hold-out <share>        where the folder has no test images: share of the training images that are tested on, 0.01 to 0.5
  --preset <name>           ${Object.keys(PRESETS).join(' or ')} (default recommended); the options below change it
  --hidden <units>          hidden units, such as 256; a comma adds a layer: 128,64
  --activation <name>       ${ACTIVATIONS.join(', ')}
  --output-fan <name>       first weights of the last layer: ${FANS.join(' or ')}, after He by its inputs or its outputs
  --lr <rate>               learning rate, above 0 and up to 10
  --batch-size <images>     images a batch, 1 to 4096
  --epochs <passes>         passes through the training images, 1 to 1000
  --seed <number>           start of the random numbers, 0 to 4294967295: the same seed gives the same weights
  --precision <name>        ${PRECISIONS.join(' or ')}
  --engine <name>           ${ENGINES.join(' or ')}: float64 is always computed by the reference engine
  --threads <number>        threads of the fast engine, 1 to 16, or 0 to choose; the weights are the same with any number
  --export <file.npz>       writes the weights of the last epoch here, for NumPy
  --json                    one JSON object a line on stdout, and nothing else (npm's own two lines go with npm run --silent)
  --help                    this page

The command ends with 0 when all is done, 1 when something failed, 2 when an option is wrong.
`;

/** @returns undefined where help is asked for; throws UsageError */
export function parseOptions(args: string[]): TrainOptions | undefined {
  const values = readArguments(args);
  if (values.help) return undefined;
  if (values.data === undefined) throw new UsageError('--data is missing: expected a folder with MNIST files, or “builtin”.');
  const preset = values.preset ?? 'recommended';
  if (!Object.hasOwn(PRESETS, preset)) throw new UsageError(`--preset is ${preset}: expected one of ${Object.keys(PRESETS).join(', ')}.`);
  return {
    source: values.data === 'builtin' ? { kind: 'builtin' } : folderSource(values.data, values),
    settings: changeSettings(PRESETS[preset as PresetName].settings, values),
    exportFile: values.export,
    json: values.json ?? false,
  };
}

function folderSource(folder: string, { collection, 'hold-out': share }: ReturnType<typeof readArguments>): FolderSource {
  const holdOut = optionalNumber(share);
  if (holdOut !== undefined && !(holdOut >= 0.01 && holdOut <= 0.5)) throw new UsageError(`--hold-out is ${share}: expected a share from 0.01 to 0.5.`);
  return { kind: 'folder', folder, collection, holdOut };
}

function readArguments(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        data: { type: 'string' },
        collection: { type: 'string' },
        'hold-out': { type: 'string' },
        preset: { type: 'string' },
        hidden: { type: 'string' },
        activation: { type: 'string' },
        'output-fan': { type: 'string' },
        lr: { type: 'string' },
        'batch-size': { type: 'string' },
        epochs: { type: 'string' },
        seed: { type: 'string' },
        precision: { type: 'string' },
        engine: { type: 'string' },
        threads: { type: 'string' },
        export: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function changeSettings(preset: (typeof PRESETS)[PresetName]['settings'], values: ReturnType<typeof readArguments>): Settings {
  const changes = {
    hidden: values.hidden?.split(',').map(toNumber),
    activation: values.activation,
    outputFan: values['output-fan'],
    learningRate: optionalNumber(values.lr),
    batchSize: optionalNumber(values['batch-size']),
    epochs: optionalNumber(values.epochs),
    seed: optionalNumber(values.seed),
    precision: values.precision,
    engine: values.engine,
    threads: optionalNumber(values.threads),
  };
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const result = settingsSchema.safeParse({ ...preset, ...given });
  if (!result.success) throw new UsageError(firstMessage(result.error));
  return result.data;
}

function optionalNumber(text: string | undefined): number | undefined {
  return text === undefined ? undefined : toNumber(text);
}

/** NaN, which every schema refuses, where the text is no number. */
function toNumber(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}

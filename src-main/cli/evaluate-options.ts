// The options of evaluating a network on the command line, and the page that --help prints.
import type { DatasetSource } from '../../src-shared/data/dataset';
import type { Activation } from '../../src-shared/settings/settings';
import { RAW_PIXELS, SIGNED_PIXELS, UNIT_PIXELS, type PixelScaling } from '../../src-shared/networks/pixel-scaling';
import { NUMBER_FIELDS } from '../../src-shared/settings/number-fields';
import { CHOICE_FIELDS } from '../../src-shared/settings/settings-fields';
import { DATASET_ARGUMENTS, DATASET_FLAGS, readSource } from './dataset-options';
import { helpLine } from './flags';
import { readArguments, UsageError } from './usage';
import type { Invocation } from './process/invocation';
import { IMPORT_SUFFIXES } from '../../src-shared/networks/network-formats';

export interface EvaluateOptions {
  /** Path of the network's file. */
  model: string;
  source: DatasetSource;
  /** For files that do not say. */
  activation: Activation | undefined;
  leakySlope: number | undefined;
  /** Standardised: with the mean and the deviation of the dataset's training images. */
  pixels: PixelScaling | 'standardised' | undefined;
  json: boolean;
}

const SLOPE = NUMBER_FIELDS.leakySlope;
const SCALINGS: Readonly<Record<string, PixelScaling | 'standardised'>> = {
  unit: UNIT_PIXELS,
  raw: RAW_PIXELS,
  'minus-one-to-one': SIGNED_PIXELS,
  standardised: 'standardised',
};

const ACTIVATIONS = Object.keys(CHOICE_FIELDS.activation.options);

const flags = ({ jsonNote }: Invocation): [flag: string, text: string][] => [
  ['model <file>', `the network: ${IMPORT_SUFFIXES.join(', ')} (required)`],
  ...DATASET_FLAGS,
  ['activation <name>', `of the hidden layers, where the file does not say: ${ACTIVATIONS.join(', ')}`],
  ['leaky-slope <number>', `of leaky ReLU, where the file does not say: ${SLOPE.min} to ${SLOPE.max}`],
  [
    'pixels <scaling>',
    `how the network takes its pixels, where the file does not say: ${Object.keys(SCALINGS).join(', ')}, or ` +
      'MEAN,DEVIATION of pixels from 0 to 1, such as 0.1307,0.3081',
  ],
  ['json', `one JSON object on stdout, and nothing else${jsonNote}`],
  ['help', 'this page'],
];

export const evaluateHelp = (
  invocation: Invocation,
) => `Reads the test images with a network from a file, of this app or another program.

Usage: ${invocation.before.evaluate} --model <file> --data <folder|builtin> [options]

${flags(invocation)
  .map(([flag, text]) => helpLine(flag, text))
  .join('\n')}

The command ends with 0 when all is done, 1 when something failed, 2 when an option is wrong.
`;

/** @returns undefined where help is asked for; throws UsageError */
export function parseEvaluateOptions(args: string[]): EvaluateOptions | undefined {
  const values = readArguments(args, {
    texts: [...DATASET_ARGUMENTS, 'model', 'activation', 'leaky-slope', 'pixels'],
    switches: ['json'],
  });
  if (values['help'] === true) return undefined;
  const text = (name: string) => values[name] as string | undefined;
  const [model, activation] = [text('model'), text('activation')];
  if (model === undefined) throw new UsageError('--model is missing: expected the file of a network.');
  if (activation !== undefined && !ACTIVATIONS.includes(activation))
    throw new UsageError(`--activation is ${activation}: expected one of ${ACTIVATIONS.join(', ')}.`);
  return {
    model,
    source: readSource(text),
    activation: activation as Activation | undefined,
    leakySlope: readSlope(text('leaky-slope')),
    pixels: readScaling(text('pixels')),
    json: values['json'] === true,
  };
}

function readSlope(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const slope = text.trim() === '' ? NaN : Number(text);
  if (!(slope >= SLOPE.min && slope <= SLOPE.max))
    throw new UsageError(`--leaky-slope is ${text}: expected a number from ${SLOPE.min} to ${SLOPE.max}.`);
  return slope;
}

/** MEAN,DEVIATION is what torchvision's Normalize is given. */
function readScaling(text: string | undefined): EvaluateOptions['pixels'] {
  if (text === undefined) return undefined;
  if (Object.hasOwn(SCALINGS, text)) return SCALINGS[text];
  const numbers = text.split(',').map((number) => (number.trim() === '' ? NaN : Number(number)));
  const [mean, deviation] = numbers;
  const isScaling = numbers.length === 2 && Number.isFinite(mean) && Number.isFinite(deviation) && deviation! > 0;
  if (!isScaling) {
    throw new UsageError(
      `--pixels is ${text}: expected ${Object.keys(SCALINGS).join(', ')}, or a mean and a deviation above 0, ` +
        'such as 0.1307,0.3081.',
    );
  }
  return { mean: mean!, deviation: deviation! };
}

// The options of evaluating a network on the command line, and the page that --help prints.
import type { DatasetSource } from '../src-shared/contract';
import type { Activation } from '../src-shared/settings';
import { CHOICE_FIELDS } from '../src-shared/settings-fields';
import { DATASET_ARGUMENTS, DATASET_FLAGS, readSource } from './cli-dataset';
import { helpLine } from './cli-flags';
import { readArguments, UsageError } from './cli-usage';
import type { Invocation } from './command-line/invocation';
import { IMPORT_SUFFIXES } from '../src-shared/network-formats';

export interface EvaluateOptions {
  /** Path of the network's file. */
  model: string;
  source: DatasetSource;
  /** For files that do not say. */
  activation: Activation | undefined;
  json: boolean;
}

const ACTIVATIONS = Object.keys(CHOICE_FIELDS.activation.options);

const flags = ({ jsonNote }: Invocation): [flag: string, text: string][] => [
  ['model <file>', `the network: ${IMPORT_SUFFIXES.join(', ')} (required)`],
  ...DATASET_FLAGS,
  ['activation <name>', `of the hidden layers, where the file does not say: ${ACTIVATIONS.join(', ')}`],
  ['json', `one JSON object on stdout, and nothing else${jsonNote}`],
  ['help', 'this page'],
];

export const evaluateHelp = (invocation: Invocation) => `Reads the test images with a network from a file, of this app or another program.

Usage: ${invocation.before.evaluate} --model <file> --data <folder|builtin> [options]

${flags(invocation).map(([flag, text]) => helpLine(flag, text)).join('\n')}

The command ends with 0 when all is done, 1 when something failed, 2 when an option is wrong.
`;

/** @returns undefined where help is asked for; throws UsageError */
export function parseEvaluateOptions(args: string[]): EvaluateOptions | undefined {
  const values = readArguments(args, { texts: [...DATASET_ARGUMENTS, 'model', 'activation'], switches: ['json'] });
  if (values['help'] === true) return undefined;
  const text = (name: string) => values[name] as string | undefined;
  const [model, activation] = [text('model'), text('activation')];
  if (model === undefined) throw new UsageError('--model is missing: expected the file of a network.');
  if (activation !== undefined && !ACTIVATIONS.includes(activation)) throw new UsageError(`--activation is ${activation}: expected one of ${ACTIVATIONS.join(', ')}.`);
  return { model, source: readSource(text), activation: activation as Activation | undefined, json: values['json'] === true };
}

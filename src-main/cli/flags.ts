// One flag of the command line for each field of the settings, made from the fields themselves; and their part of
// --help.
import { NUMBER_FIELDS } from '../../src-shared/settings/number-fields';
import { CHOICE_FIELDS, HIDDEN_FIELD } from '../../src-shared/settings/settings-fields';
import { parseHidden, parseNumberField, type FieldName, type Settings } from '../../src-shared/settings/settings';

type NumberName = keyof typeof NUMBER_FIELDS;
type ChoiceName = keyof typeof CHOICE_FIELDS;

/** The order of the help page. */
const GROUPS: Record<string, FieldName[]> = {
  'The network': [
    'hidden',
    'activation',
    'leakySlope',
    'initialisation',
    'outputFan',
    'inputDropout',
    'dropout',
    'maxNorm',
  ],
  'How it learns': [
    'optimizer',
    'learningRate',
    'momentum',
    'squareDecay',
    'weightDecay',
    'clipNorm',
    'labelSmoothing',
    'gradientDivisions',
  ],
  'The learning rate during training': ['schedule', 'warmupEpochs', 'stepEpochs', 'stepFactor'],
  'How long, and what is kept': ['batchSize', 'epochs', 'validationShare', 'patience', 'keep'],
  'Distorted training images': ['shift', 'rotation', 'scaling', 'shear', 'elasticStrength', 'elasticSmoothness'],
  'The computation': ['seed', 'precision', 'engine', 'threads'],
};

export const FLAG_FIELDS: readonly FieldName[] = Object.values(GROUPS).flat();

/** Such as lr, batch-size. */
export function flagOf(field: FieldName): string {
  if (field === 'learningRate') return 'lr';
  return field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Reads what follows a flag. @returns the value, or the sentence that refuses the text */
export function readFlag<F extends FieldName>(field: F, text: string): Settings[F] | { sentence: string } {
  if (field === 'hidden') return sentenceOr(parseHidden(text)) as Settings[F];
  if (field in NUMBER_FIELDS) return sentenceOr(parseNumberField(field as NumberName, text)) as Settings[F];
  const { label, options } = CHOICE_FIELDS[field as ChoiceName];
  if (!Object.hasOwn(options, text)) return { sentence: `${label} must be one of ${Object.keys(options).join(', ')}.` };
  return (field === 'gradientDivisions' ? Number(text) : text) as Settings[F];
}

function sentenceOr<T>(value: T | string): T | { sentence: string } {
  return typeof value === 'string' ? { sentence: value } : value;
}

/** The flags with what they are and may be, in groups. */
export function flagHelp(): string {
  return Object.entries(GROUPS)
    .map(([title, fields]) => [`${title}:`, ...fields.map((field) => helpLine(...describeFlag(field)))].join('\n'))
    .join('\n\n');
}

const FLAG_WIDTH = 32;
const PAGE_WIDTH = 120;

/** A flag and its explanation, in as many lines as it takes. */
export function helpLine(flag: string, text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (FLAG_WIDTH + line.length + 1 + word.length > PAGE_WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return `  --${flag}`.padEnd(FLAG_WIDTH - 1) + ' ' + lines.join(`\n${' '.repeat(FLAG_WIDTH)}`);
}

function describeFlag(field: FieldName): [flag: string, text: string] {
  if (field === 'hidden') {
    const { label, help, min, max, maxLayers } = HIDDEN_FIELD;
    return [
      'hidden <units>',
      `${label}: ${inShort(help)}; ${min} to ${max}, a comma adds a layer (128,64; at most ${maxLayers}), none ` +
        'for no layer',
    ];
  }
  if (field in NUMBER_FIELDS) {
    const { label, help, min, max, unit } = NUMBER_FIELDS[field as NumberName];
    return [
      `${flagOf(field)} <number>`,
      `${label}: ${inShort(help)}; ${min} to ${max}${NOT_SAID.includes(unit) ? '' : ` ${unit}`}`,
    ];
  }
  const { label, help, options } = CHOICE_FIELDS[field as ChoiceName];
  return [`${flagOf(field)} <name>`, `${label}: ${inShort(help)}; ${Object.keys(options).join(', ')}`];
}

/** Units that say no more than the number does. */
const NOT_SAID = ['number', 'length', 'factor', 'share'];

/** The first clause of a help text. */
function inShort(help: string): string {
  const clause = help.split(/[:;.,](?: |$)| \(/)[0]!;
  return clause[0]!.toLowerCase() + clause.slice(1);
}

// What a network's file says beside its weights, checked: all of it may be missing, but what is there must be right.
import * as z from 'zod';
import { sizesOf } from '../../../src-shared/networks/layers';
import type { Activation, Settings } from '../../../src-shared/settings/settings';
import { readStoredSettings } from '../../../src-shared/settings/stored-settings';
import { NUMBER_FIELDS } from '../../../src-shared/settings/number-fields';
import { CHOICE_FIELDS, HIDDEN_FIELD } from '../../../src-shared/settings/settings-fields';
import { PIXEL_SCALING } from '../save/metadata';
import { parseStrictJson } from '../../files/strict-json';
import { pixelsIn, understood } from './foreign-metadata';
import { refusal, UNIT_PIXELS, type Candidate, type NetworkFile, type PixelScaling } from './imported-network';

export type Metadata = Record<string, unknown>;

const ACTIVATIONS = Object.keys(CHOICE_FIELDS.activation.options) as Activation[];
const SLOPE = NUMBER_FIELDS.leakySlope;
const SLOPE_REFUSED = `its leaky ReLU has a slope outside of ${SLOPE.min} to ${SLOPE.max}, which are those that can be used`;
const MOST_INPUTS = 256 * 256;
const MOST_CLASSES = 1000;
const LONGEST_NAME = 200;
/**
 * Only what this app has written must be right in every part; other programs use the same words for other things. Runs
 * leave out the name.
 */
const OUR_NAME = 'MNIST Studio';

const schema = z.looseObject({
  sizes: z.array(z.int()).optional(),
  activation: z.enum(ACTIVATIONS, `its activation is none of ${ACTIVATIONS.join(', ')}`).optional(),
  leakySlope: z.number(SLOPE_REFUSED).min(SLOPE.min, SLOPE_REFUSED).max(SLOPE.max, SLOPE_REFUSED).optional(),
  output: z.literal('softmax', 'its output is not softmax').optional(),
  pixelScaling: z
    .literal(
      PIXEL_SCALING,
      `its pixels are scaled in another way than “${PIXEL_SCALING}”, which is the only one that can be used`,
    )
    .optional(),
  imageShape: z.tuple([z.int().min(1), z.int().min(1)]).optional(),
  classNames: z.array(z.string().max(LONGEST_NAME)).optional(),
});

/** Of a text that is JSON; other programs may write something else under our name. */
export function parseMetadata(text: string): Metadata | undefined {
  try {
    const value = parseStrictJson(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Metadata) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The way back from metadataTexts of export/metadata.ts: what is JSON becomes what it says.
 * @returns undefined where there is none
 */
export function metadataFromTexts(texts: Readonly<Record<string, string>>): Metadata | undefined {
  const entries = Object.entries(texts).map(([key, text]): [string, unknown] => [key, valueOf(text)]);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function valueOf(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch {
    return text;
  }
}

/** What the format itself says beside its weights, where it does: it must agree with the metadata. */
export interface StatedByFormat {
  activation?: Activation | undefined;
  leakySlope?: number | undefined;
  pixels?: PixelScaling | undefined;
  /** The names in the metadata count before these. */
  classNames?: string[] | undefined;
}

function isOfThisApp(metadata: Metadata | undefined): boolean {
  return metadata !== undefined && (String(metadata['madeBy']).startsWith(OUR_NAME) || 'pixelScaling' in metadata);
}

/**
 * What a file of weights alone cannot show: a residual connection, which is possible around a layer with as many
 * outputs as inputs.
 * @param sizes units of every layer, from the pixels to the classes
 * @returns one note or none
 */
export function plainChainNote(sizes: readonly number[], metadata: Metadata | undefined): string[] {
  const hidden = sizes.slice(1, -1);
  const canBeSkipped = hidden.some((units, k) => units === hidden[k - 1]);
  return canBeSkipped && !isOfThisApp(metadata)
    ? ['The file holds weights only: that no connection skips a layer was assumed.']
    : [];
}

/**
 * Puts together what was read, and checks that all of it agrees and can be used here.
 * @param candidates at least one, of the same arrays in several ways
 * Throws file-unreadable.
 */
export function assembleNetwork(
  file: string,
  candidates: Candidate[],
  metadata: Metadata | undefined,
  notes: string[],
  stated: StatedByFormat = {},
): NetworkFile {
  const isOurs = isOfThisApp(metadata);
  const result = schema.safeParse(isOurs ? metadata : understood(metadata, file));
  if (!result.success) throw refusal(file, `in its metadata, ${sentence(result.error)}`);
  const { activation, leakySlope, pixelScaling, imageShape, classNames = stated.classNames } = result.data;
  const usable = usableCandidates(candidates, result.data, isOurs, file);
  const { sizes } = usable[0]!;
  if (classNames && classNames.length !== sizes.at(-1))
    throw refusal(file, `it names ${classNames.length} classes, but its last layer has ${sizes.at(-1)}`);
  if (stated.activation && activation && stated.activation !== activation)
    throw refusal(file, `its metadata tell of the activation ${activation}, but its graph has ${stated.activation}`);
  const settings = readSettings(metadata?.['settings'], notes);
  const statedSlope = activation === 'leaky-relu' ? (leakySlope ?? settings?.leakySlope) : undefined;
  if (
    stated.leakySlope !== undefined &&
    statedSlope !== undefined &&
    Math.fround(stated.leakySlope) !== Math.fround(statedSlope)
  )
    throw refusal(
      file,
      `its metadata tell of a leaky ReLU of slope ${statedSlope}, but its graph has ${stated.leakySlope}`,
    );
  return {
    candidates: usable.map(({ candidate, sizes }) => ({ ...candidate, sizes })),
    activation: stated.activation ?? activation ?? (sizes.length === 2 ? 'relu' : undefined),
    leakySlope: statedSlope ?? stated.leakySlope,
    pixels: stated.pixels ?? (pixelScaling ? UNIT_PIXELS : isOurs ? undefined : pixelsIn(metadata)),
    imageShape,
    classNames,
    settings,
    metadata,
    notes,
  };
}

interface Usable {
  candidate: Candidate;
  /** Units of every layer, from the pixels to the classes. */
  sizes: number[];
}

/**
 * Those that this app can use and that agree with the metadata. Throws file-unreadable with what is wrong with the
 * first if none does.
 */
function usableCandidates(
  candidates: readonly Candidate[],
  stated: z.infer<typeof schema>,
  isOurs: boolean,
  file: string,
): Usable[] {
  const all = candidates.map((candidate) => {
    const sizes = sizesOf(candidate.layers());
    return { candidate, sizes, fault: sizesFault(sizes) ?? (isOurs ? contradiction(sizes, stated) : undefined) };
  });
  const usable = all.filter(({ fault }) => fault === undefined);
  if (usable.length === 0) throw refusal(file, all[0]!.fault!);
  return usable;
}

/** @returns half a sentence if the weights are not what the metadata say */
function contradiction(
  real: readonly number[],
  { sizes, imageShape, classNames }: z.infer<typeof schema>,
): string | undefined {
  if (sizes && sizes.join() !== real.join())
    return `its metadata tell of a network ${sizes.join('-')}, but its weights are ${real.join('-')}`;
  if (imageShape && imageShape[0] * imageShape[1] !== real[0])
    return `its metadata tell of images of ${imageShape.join('×')} pixels, but its first layer takes ${real[0]}`;
  if (classNames && classNames.length !== real.at(-1))
    return `its metadata name ${classNames.length} classes, but its last layer has ${real.at(-1)}`;
  return undefined;
}

function sizesFault(sizes: readonly number[]): string | undefined {
  const [inputs, classes] = [sizes[0]!, sizes.at(-1)!];
  const hidden = sizes.slice(1, -1);
  const widest = Math.max(...hidden);
  if (inputs < 1 || inputs > MOST_INPUTS)
    return `its first layer takes ${inputs} pixels, where 1 to ${MOST_INPUTS} can be used`;
  if (classes < 2 || classes > MOST_CLASSES)
    return `its last layer has ${classes} outputs, where 2 to ${MOST_CLASSES} classes can be used`;
  if (hidden.some((units) => units < 1) || widest > HIDDEN_FIELD.max)
    return `a hidden layer has ${widest} units, where 1 to ${HIDDEN_FIELD.max} can be used`;
  return undefined;
}

/**
 * Settings that this version does not know are of no use, but the network is. Files leave out the threads, which change
 * nothing.
 */
function readSettings(settings: unknown, notes: string[]): Settings | undefined {
  if (settings === undefined) return undefined;
  const stored = readStoredSettings(settings);
  if (stored && stored.strange === undefined) return stored.settings;
  notes.push('The settings in it are not those of this version and were left out.');
  return undefined;
}

function sentence(error: z.ZodError): string {
  const { message, path } = error.issues[0]!;
  return message.startsWith('its ') ? message : `“${path.join('.')}” is not what it must be`;
}

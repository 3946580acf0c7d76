// Validates the metadata of a network's file: all of it is optional, but what is present must agree with the weights.
import * as z from 'zod';
import { sizesOf } from '../../../src-shared/networks/layers';
import type { Activation, Settings } from '../../../src-shared/settings/settings';
import { readStoredSettings } from '../../../src-shared/settings/stored-settings';
import { NUMBER_FIELDS } from '../../../src-shared/settings/number-fields';
import { CHOICE_FIELDS, HIDDEN_FIELD } from '../../../src-shared/settings/settings-fields';
import { PIXEL_SCALING } from '../save/metadata';
import { knownMetadata, pixelsIn } from './foreign-metadata';
import { refusal, UNIT_PIXELS, type Candidate, type NetworkFile, type PixelScaling } from './imported-network';
import type { Metadata } from './metadata';

const ACTIVATIONS = Object.keys(CHOICE_FIELDS.activation.options) as Activation[];
const SLOPE = NUMBER_FIELDS.leakySlope;
const SLOPE_REFUSED = `its leaky ReLU has a slope that cannot be used: expected ${SLOPE.min} to ${SLOPE.max}`;
const MAX_INPUTS = 256 * 256;
const MAX_CLASSES = 1000;
const LONGEST_NAME = 200;
/** Metadata of this app is validated fully; other programs may use the same keys for other things. */
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

/** What the format itself states, such as the graph of an ONNX file. It must agree with the metadata. */
export interface StatedByFormat {
  activation?: Activation | undefined;
  leakySlope?: number | undefined;
  pixels?: PixelScaling | undefined;
  /** Names in the metadata take precedence. */
  classNames?: string[] | undefined;
}

/** Checkpoints of runs do not contain the app's name. */
function isOfThisApp(metadata: Metadata | undefined): boolean {
  return metadata !== undefined && (String(metadata['madeBy']).startsWith(OUR_NAME) || 'pixelScaling' in metadata);
}

/**
 * Notes an assumption that weights alone cannot confirm: there may be a residual connection around a layer with as many
 * outputs as inputs.
 * @param sizes units of each layer, from the pixels to the classes
 * @returns one note or none
 */
export function plainChainNote(sizes: readonly number[], metadata: Metadata | undefined): string[] {
  const hidden = sizes.slice(1, -1);
  const canBeSkipped = hidden.some((units, k) => units === hidden[k - 1]);
  return canBeSkipped && !isOfThisApp(metadata)
    ? ['The file contains only weights: it was assumed that no connection skips a layer.']
    : [];
}

/**
 * Combines everything that was read, and checks that it is consistent and can be used. Throws file-unreadable.
 * @param candidates at least one; all consist of the same arrays
 */
export function assembleNetwork(
  file: string,
  candidates: Candidate[],
  metadata: Metadata | undefined,
  notes: string[],
  stated: StatedByFormat = {},
): NetworkFile {
  const isOurs = isOfThisApp(metadata);
  const result = schema.safeParse(isOurs ? metadata : knownMetadata(metadata, file));
  if (!result.success) throw refusal(file, `in its metadata, ${sentence(result.error)}`);
  const { activation, leakySlope, pixelScaling, imageShape, classNames = stated.classNames } = result.data;
  const usable = usableCandidates(candidates, result.data, isOurs, file);
  const { sizes } = usable[0]!;
  if (classNames && classNames.length !== sizes.at(-1))
    throw refusal(file, `it names ${classNames.length} classes, but its last layer has ${sizes.at(-1)}`);
  if (stated.activation && activation && stated.activation !== activation)
    throw refusal(file, `its metadata names the activation ${activation}, but its graph has ${stated.activation}`);
  const settings = readSettings(metadata?.['settings'], notes);
  const statedSlope = activation === 'leaky-relu' ? (leakySlope ?? settings?.leakySlope) : undefined;
  if (
    stated.leakySlope !== undefined &&
    statedSlope !== undefined &&
    Math.fround(stated.leakySlope) !== Math.fround(statedSlope)
  )
    throw refusal(
      file,
      `its metadata names a leaky ReLU of slope ${statedSlope}, but its graph has ${stated.leakySlope}`,
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
  /** Units of each layer, from the pixels to the classes. */
  sizes: number[];
}

/**
 * The candidates that can be used and agree with the metadata. If there are none, throws what is wrong with the first.
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

/** @returns a clause that says how the weights contradict the metadata; undefined if they agree */
function contradiction(
  real: readonly number[],
  { sizes, imageShape, classNames }: z.infer<typeof schema>,
): string | undefined {
  if (sizes && sizes.join() !== real.join())
    return `its metadata describes a network ${sizes.join('-')}, but its weights are ${real.join('-')}`;
  if (imageShape && imageShape[0] * imageShape[1] !== real[0])
    return `its metadata describes images of ${imageShape.join('×')} pixels, but its first layer takes ${real[0]}`;
  if (classNames && classNames.length !== real.at(-1))
    return `its metadata names ${classNames.length} classes, but its last layer has ${real.at(-1)}`;
  return undefined;
}

function sizesFault(sizes: readonly number[]): string | undefined {
  const [inputs, classes] = [sizes[0]!, sizes.at(-1)!];
  const hidden = sizes.slice(1, -1);
  const widest = Math.max(...hidden);
  if (inputs < 1 || inputs > MAX_INPUTS)
    return `its first layer takes ${inputs} pixels: 1 to ${MAX_INPUTS} can be used`;
  if (classes < 2 || classes > MAX_CLASSES)
    return `its last layer has ${classes} outputs: 2 to ${MAX_CLASSES} classes can be used`;
  if (hidden.some((units) => units < 1) || widest > HIDDEN_FIELD.max)
    return `a hidden layer has ${widest} units: 1 to ${HIDDEN_FIELD.max} can be used`;
  return undefined;
}

/** Settings of another version are ignored with a note. Files do not contain the number of threads. */
function readSettings(settings: unknown, notes: string[]): Settings | undefined {
  if (settings === undefined) return undefined;
  const stored = readStoredSettings(settings);
  if (stored && stored.strange === undefined) return stored.settings;
  notes.push('Its settings are not those of this version and were ignored.');
  return undefined;
}

function sentence(error: z.ZodError): string {
  const { message, path } = error.issues[0]!;
  return message.startsWith('its ') ? message : `“${path.join('.')}” is not valid`;
}

// Reads and writes a run's safetensors files: the position of training, the best weights, and the predictions.
import * as z from 'zod';
import { StudioError } from '../../src-shared/errors';
import type { LayerState } from '../../src-shared/networks/layers';
import type { ResumePoint } from '../../src-shared/runs/runs';
import type { Settings } from '../../src-shared/settings/settings';
import type { TestPredictions } from '../../src-shared/runs/predictions';
import type { EpochResult } from '../../src-shared/runs/score';
import { withoutOff } from '../../src-shared/settings/stored-settings';
import { PIXEL_SCALING } from '../formats/save/metadata';
import {
  addLayers,
  decodeSafetensors,
  encodeSafetensors,
  isKnownType,
  readSafetensors,
  safetensorsParts,
  type Tensor,
  type TensorFile,
} from '../formats/safetensors/tensors';
import { FORMAT, NewerVersion, notOfThisVersion, OtherVersion, refuseNewer } from './newer-version';
import {
  epochResultSchema,
  parseObject,
  placeOf,
  progressSchema,
  real,
  settingsOfRun,
  unwritable,
  type RunProgress,
  type Shape,
} from './run-json';
import { withoutTensors } from './without-tensors';

const word = z
  .int()
  .min(0)
  .max(2 ** 32 - 1);
const score = z.object({ loss: real, accuracy: real });
const positionSchema = z.object({
  epoch: z.int().min(0),
  updates: z.int().min(0),
  order: z.array(word).length(4),
  settings: settingsOfRun,
  epochs: z.int().min(1),
  scheduleStart: z.number().min(0),
  momentumProduct: z.number().optional(),
  best: z.object({ score, epochsSince: z.int().min(0) }).optional(),
  restored: z.int().min(0).optional(),
} satisfies Shape<Omit<ResumePoint, 'layers' | 'moments'>>);

/**
 * All that belongs to the end of an epoch and cannot be computed again. It is in a single file, so that all of it is of
 * the same epoch, whenever the app ends.
 */
export interface Last {
  position: ResumePoint;
  /** Undefined if version 0.1 of the app wrote the file. */
  progress: RunProgress | undefined;
}

/**
 * Stores weights as fc1.weight [out, in], fc1.bias …, the optimizer state as optimizer1.fc1.weight …, and the rest as
 * JSON in the metadata. Throws run-not-saved.
 */
export function encodeLast({ position: { layers, moments, ...position }, progress }: Last): Uint8Array[] {
  const tensors = new Map<string, Tensor>();
  addLayers(tensors, layers, '');
  moments.forEach((moment, k) => addLayers(tensors, moment, `optimizer${k + 1}.`));
  const stored = { ...position, settings: withoutOff(position.settings) };
  const texts = {
    position: encodeJson(positionSchema, stored, LAST),
    ...(progress && { progress: encodeJson(progressSchema, progress, LAST) }),
  };
  return readable(safetensorsParts({ tensors, metadata: { ...head(position.settings), ...texts } }), LAST);
}

/** Throws file-unreadable, OtherVersion. */
export function decodeLast(bytes: Uint8Array, what: string): Last {
  const file = decode(bytes, what);
  const {
    settings: { settings, strange },
    ...position
  } = parse(positionSchema, file, 'position', what);
  const unknown = [...file.tensors.keys()].find((name) => !KNOWN_TENSOR.test(name));
  if (unknown !== undefined || strange !== undefined)
    throw new NewerVersion(
      unknown === undefined
        ? 'it has settings that this one does not know'
        : `it keeps “${unknown}”, which this one does not know`,
    );
  const layers = takeLayers(file, '', what);
  const moments: LayerState[][] = [];
  while (file.tensors.has(`optimizer${moments.length + 1}.fc1.weight`))
    moments.push(takeLayers(file, `optimizer${moments.length + 1}.`, what));
  // Each layer has a weight and a bias, and the optimizer has the same tensors for each of its moments.
  if (file.tensors.size !== 2 * layers.length * (1 + moments.length))
    throw notOfThisVersion(what, `fc${layers.length + 1}`);
  const progress =
    file.metadata['progress'] === undefined
      ? undefined
      : (parse(progressSchema, file, 'progress', what) as RunProgress);
  return {
    position: { ...position, settings, best: position.best, restored: position.restored, layers, moments },
    progress,
  };
}

const LAST = 'last.safetensors';
const BEST = 'best.safetensors';
/** Bytes of the largest file that Node can read at once. */
const LARGEST_FILE = 2 ** 31 - 1;
const KNOWN_TENSOR = /^(optimizer\d+\.)?fc\d+\.(weight|bias)$/;

/**
 * The same file without optimizer state; undefined if it has none, or if another version wrote the file. Throws
 * file-unreadable.
 */
export function withoutOptimizer(bytes: Uint8Array, what: string): Uint8Array | undefined {
  try {
    if (decodeLast(bytes, what).position.moments.length === 0) return undefined;
  } catch (error) {
    if (error instanceof OtherVersion) return undefined;
    throw error;
  }
  return withoutTensors(bytes, what, (name) => name.startsWith('optimizer'));
}

/** Throws run-not-saved. */
export function encodeBest(layers: readonly LayerState[], result: EpochResult, settings: Settings): Uint8Array[] {
  const tensors = new Map<string, Tensor>();
  addLayers(tensors, layers, '');
  return readable(
    safetensorsParts({ tensors, metadata: { ...head(settings), result: encodeJson(epochResultSchema, result, BEST) } }),
    BEST,
  );
}

/**
 * Metadata of all files with weights: all that is needed to open such a file as a network, by the names of
 * formats/save/metadata.ts.
 */
function head(settings: Settings): Record<string, string> {
  const { activation, leakySlope } = settings;
  const slope = activation === 'leaky-relu' ? { leakySlope: String(leakySlope) } : {};
  return {
    format: String(FORMAT),
    activation,
    ...slope,
    pixelScaling: PIXEL_SCALING,
    settings: JSON.stringify(withoutOff(settings)),
  };
}

/** Throws file-unreadable, OtherVersion. */
export function decodeBest(bytes: Uint8Array, what: string): { layers: LayerState[]; result: EpochResult } {
  const file = decode(bytes, what);
  return { layers: takeLayers(file, '', what), result: parse(epochResultSchema, file, 'result', what) };
}

export function encodePredictions({ predicted, confidence }: TestPredictions, epoch: number): Uint8Array {
  const shape = [predicted.length];
  const tensors = new Map<string, Tensor>([
    ['predicted', { shape, data: predicted }],
    ['confidence', { shape, data: confidence }],
  ]);
  return encodeSafetensors({ tensors, metadata: { format: String(FORMAT), epoch: String(epoch) } });
}

/** Throws file-unreadable, OtherVersion. */
export function decodePredictions(bytes: Uint8Array, what: string): TestPredictions & { epoch: number } {
  const { tensors, metadata } = decode(bytes, what);
  const [predicted, confidence] = [tensors.get('predicted')?.data, tensors.get('confidence')?.data];
  const epoch = Number(metadata['epoch']);
  if (
    !(predicted instanceof Uint16Array) ||
    !(confidence instanceof Float32Array) ||
    predicted.length !== confidence.length ||
    !Number.isInteger(epoch)
  )
    throw notOfThisVersion(what, 'predicted');
  return { epoch, predicted, confidence, probabilities: new Float32Array() };
}

function decode(bytes: Uint8Array, what: string): TensorFile {
  const { metadata, tensors } = readSafetensors(bytes, what);
  refuseNewer(metadata['format']); // before the tensors, whose types may be new too
  const unknown = tensors.find(({ type }) => !isKnownType(type));
  if (unknown)
    throw new OtherVersion(
      `its tensor “${unknown.name}” is of the type ${unknown.type}, which this version of the app does not know`,
    );
  return decodeSafetensors(bytes, what);
}

function takeLayers({ tensors }: TensorFile, prefix: string, what: string): LayerState[] {
  const layers: LayerState[] = [];
  for (;;) {
    const [weight, bias] = [
      tensors.get(`${prefix}fc${layers.length + 1}.weight`),
      tensors.get(`${prefix}fc${layers.length + 1}.bias`),
    ];
    if (!weight || !bias) break;
    const [outputs, inputs] = weight.shape;
    const chained = layers.length === 0 || layers.at(-1)!.outputs === inputs;
    const place = `${prefix}fc${layers.length + 1}`;
    if (
      outputs === undefined ||
      inputs === undefined ||
      weight.shape.length !== 2 ||
      bias.shape.length !== 1 ||
      bias.shape[0] !== outputs ||
      !chained
    )
      throw notOfThisVersion(what, place);
    if (weight.data instanceof Uint16Array || bias.data instanceof Uint16Array) throw notOfThisVersion(what, place);
    layers.push({ weight: weight.data, bias: bias.data, inputs, outputs });
  }
  if (layers.length === 0) throw notOfThisVersion(what, `${prefix}fc1`);
  return layers;
}

/** Throws run-not-saved for a file that would be too large to be read again. */
function readable(parts: Uint8Array[], file: string): Uint8Array[] {
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  if (bytes <= LARGEST_FILE) return parts;
  const size = (bytes / 2 ** 30).toFixed(1);
  throw new StudioError(
    'run-not-saved',
    `The run could not be written: its ${file} would have ${size} GiB, but must have less than 2. Please choose ` +
      'fewer hidden units, an optimizer with less state, or float32.',
  );
}

/** Encodes JSON that the same schema can read. Throws run-not-saved. */
function encodeJson(schema: z.ZodType, value: object, file: string): string {
  const text = JSON.stringify(value);
  const parsed = schema.safeParse(JSON.parse(text));
  if (!parsed.success) throw unwritable(file, parsed.error);
  return text;
}

/** @param name in the metadata. Throws OtherVersion for JSON of another shape, and file-unreadable for other text. */
function parse<T>(schema: z.ZodType<T>, { metadata }: TensorFile, name: string, what: string): T {
  const text = metadata[name];
  if (text === undefined) throw notOfThisVersion(what, name);
  const raw = parseObject(text);
  if (!raw) throw damaged(what);
  const parsed = schema.safeParse(raw);
  if (!parsed.success)
    throw notOfThisVersion(what, [name, placeOf(parsed.error)].filter((part) => part !== '').join('.'));
  return parsed.data;
}

function damaged(what: string): StudioError {
  return new StudioError('file-unreadable', `${what} is damaged. This run cannot be resumed.`);
}

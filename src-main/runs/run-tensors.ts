// What a run's safetensors files hold: where training stands, the best weights, and what was read of the test images.
import * as z from 'zod';
import { StudioError } from '../../src-shared/errors';
import type { LayerState, ResumePoint } from '../../src-shared/runs';
import type { Settings } from '../../src-shared/settings';
import { settingsSchema } from '../../src-shared/settings-schema';
import type { EpochResult, TestPredictions } from '../../src-shared/shown';
import { PIXEL_SCALING } from '../export/metadata';
import { addLayers, decodeSafetensors, encodeSafetensors, type Tensor, type TensorFile } from '../export/safetensors';
import { epochResultSchema } from './run-json';

const word = z.int().min(0).max(2 ** 32 - 1);
const score = z.object({ loss: z.number(), accuracy: z.number() });
const positionSchema = z.object({
  epoch: z.int().min(0),
  updates: z.int().min(0),
  order: z.array(word).length(4),
  settings: settingsSchema,
  epochs: z.int().min(1),
  scheduleStart: z.number().min(0),
  best: z.object({ score, epochsSince: z.int().min(0) }).optional(),
  restored: z.int().min(0).optional(),
});

/** Weights as fc1.weight [out, in], fc1.bias …, what the optimizer remembers as optimizer1.fc1.weight …; the rest as JSON in the metadata. */
export function encodeResumePoint({ layers, moments, ...position }: ResumePoint): Uint8Array {
  const tensors = new Map<string, Tensor>();
  addLayers(tensors, layers, '');
  moments.forEach((moment, k) => addLayers(tensors, moment, `optimizer${k + 1}.`));
  return encodeSafetensors({ tensors, metadata: { format: '1', ...recipe(position.settings), position: JSON.stringify(position) } });
}

/** Throws file-unreadable. */
export function decodeResumePoint(bytes: Uint8Array, what: string): ResumePoint {
  const file = decodeSafetensors(bytes, what);
  const position = parse(positionSchema, file.metadata['position'], what);
  const layers = takeLayers(file, '', what);
  const moments: LayerState[][] = [];
  while (file.tensors.has(`optimizer${moments.length + 1}.fc1.weight`)) moments.push(takeLayers(file, `optimizer${moments.length + 1}.`, what));
  if (moments.some((moment) => moment.length !== layers.length)) throw damaged(what);
  return { ...position, best: position.best, restored: position.restored, layers, moments };
}

export function encodeBest(layers: readonly LayerState[], result: EpochResult, settings: Settings): Uint8Array {
  const tensors = new Map<string, Tensor>();
  addLayers(tensors, layers, '');
  return encodeSafetensors({ tensors, metadata: { format: '1', ...recipe(settings), result: JSON.stringify(result) } });
}

/** What whoever opens the file as a network must know, under the names of export/metadata.ts. */
function recipe(settings: Settings): Record<string, string> {
  return { activation: settings.activation, pixelScaling: PIXEL_SCALING, settings: JSON.stringify(settings) };
}

/** Throws file-unreadable. */
export function decodeBest(bytes: Uint8Array, what: string): { layers: LayerState[]; result: EpochResult } {
  const file = decodeSafetensors(bytes, what);
  return { layers: takeLayers(file, '', what), result: parse(epochResultSchema, file.metadata['result'], what) };
}

export function encodePredictions({ predicted, confidence }: TestPredictions, epoch: number): Uint8Array {
  const shape = [predicted.length];
  const tensors = new Map<string, Tensor>([['predicted', { shape, data: predicted }], ['confidence', { shape, data: confidence }]]); // prettier-ignore
  return encodeSafetensors({ tensors, metadata: { format: '1', epoch: String(epoch) } });
}

/** Throws file-unreadable. */
export function decodePredictions(bytes: Uint8Array, what: string): TestPredictions & { epoch: number } {
  const { tensors, metadata } = decodeSafetensors(bytes, what);
  const [predicted, confidence] = [tensors.get('predicted')?.data, tensors.get('confidence')?.data];
  const epoch = Number(metadata['epoch']);
  if (!(predicted instanceof Uint16Array) || !(confidence instanceof Float32Array) || predicted.length !== confidence.length || !Number.isInteger(epoch)) throw damaged(what);
  return { epoch, predicted, confidence, probabilities: new Float32Array() };
}

function takeLayers({ tensors }: TensorFile, prefix: string, what: string): LayerState[] {
  const layers: LayerState[] = [];
  for (;;) {
    const [weight, bias] = [tensors.get(`${prefix}fc${layers.length + 1}.weight`), tensors.get(`${prefix}fc${layers.length + 1}.bias`)];
    if (!weight || !bias) break;
    const [outputs, inputs] = weight.shape;
    const chained = layers.length === 0 || layers.at(-1)!.outputs === inputs;
    if (outputs === undefined || inputs === undefined || weight.shape.length !== 2 || bias.shape.length !== 1 || bias.shape[0] !== outputs || !chained) throw damaged(what);
    if (weight.data instanceof Uint16Array || bias.data instanceof Uint16Array) throw damaged(what);
    layers.push({ weight: weight.data, bias: bias.data, inputs, outputs });
  }
  if (layers.length === 0) throw damaged(what);
  return layers;
}

function parse<T>(schema: z.ZodType<T>, text: string | undefined, what: string): T {
  try {
    return schema.parse(JSON.parse(text ?? ''));
  } catch {
    throw damaged(what);
  }
}

function damaged(what: string): StudioError {
  return new StudioError('file-unreadable', `${what} does not hold what it should. The run cannot be gone on with from it.`);
}

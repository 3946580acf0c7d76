// run.json and history.jsonl of a run: what may stand in them, and how they are read and written.
import * as z from 'zod';
import { runIdSchema, type RunSummary } from '../../src-shared/runs';
import { liveChangesSchema, settingsSchema } from '../../src-shared/settings-schema';
import type { EpochResult, TrainPoint } from '../../src-shared/shown';

/** JSON knows no infinity and no NaN; a run that has diverged may have them. */
const real = z.number().nullable().transform((value) => value ?? NaN);
const score = z.object({ loss: real, accuracy: real });

export const epochResultSchema: z.ZodType<EpochResult> = z.object({
  epoch: z.int().min(0),
  trainLoss: real,
  trainAccuracy: real,
  testLoss: real,
  testAccuracy: real,
  validation: score.optional().transform((value) => value),
  learningRate: real,
  seconds: real,
  imagesPerSecond: real,
}) as z.ZodType<EpochResult>;

const pointSchema: z.ZodType<TrainPoint> = z.object({ epochs: real, loss: real, accuracy: real, learningRate: real }) as z.ZodType<TrainPoint>;

const sourceSchema = z.union([
  z.object({ kind: z.literal('builtin') }),
  z.object({ kind: z.literal('folder'), folder: z.string(), collection: z.string().optional(), holdOut: z.number().optional() }),
]);

const engineSchema = z.object({
  name: z.enum(['fast', 'reference']),
  label: z.string(),
  threads: z.int(),
  precision: z.enum(['float32', 'float64']),
  firstLayer: z.enum(['sparse', 'dense']),
  simd: z.enum(['none', 'plain', 'relaxed', 'wide']),
  trapHandlers: z.boolean().optional(),
});

const runSchema = z.object({
  format: z.literal(1),
  id: runIdSchema,
  name: z.string().max(200),
  star: z.boolean(),
  notes: z.string().max(100_000),
  created: z.number(),
  status: z.enum(['running', 'completed', 'stopped', 'early', 'failed', 'cut-off']),
  message: z.string().optional(),
  parent: z.object({ id: runIdSchema, epoch: z.int() }).optional(),
  group: z.object({ id: z.string(), name: z.string() }).optional(),
  dataset: z.object({
    name: z.string(), hash: z.string(), rows: z.int(), columns: z.int(), classNames: z.array(z.string()), trainCount: z.int(), testCount: z.int(), source: sourceSchema,
  }), // prettier-ignore
  settings: settingsSchema,
  changes: z.array(z.object({ epochs: z.number(), update: z.number(), changes: liveChangesSchema })),
  epochs: z.int().min(1),
  epochsTrained: z.int().min(0),
  result: epochResultSchema.optional(),
  seconds: z.number(),
  resumable: z.boolean(),
  environment: z.object({
    version: z.string(),
    engine: engineSchema,
    laterEngines: z.array(engineSchema).optional(),
    cpu: z.string(),
    cores: z.int(),
    platform: z.string(),
  }),
});

/** What run.json holds: all of a summary that its folder does not tell. */
export type RunJson = Omit<RunSummary, 'bytes'>;

export function encodeRunJson(run: RunJson): string {
  return `${JSON.stringify({ format: 1, ...run }, undefined, 2)}\n`;
}

/** Throws where it is anything else. */
export function decodeRunJson(text: string): RunJson {
  return runSchema.transform(({ format: _, ...run }) => run as RunJson).parse(JSON.parse(text));
}

/** One line of history.jsonl. */
export interface HistoryLine {
  result: EpochResult;
  /** Of the training curve, since the epoch before. */
  points: TrainPoint[];
}

const lineSchema = z.object({ result: epochResultSchema, points: z.array(pointSchema) });

export function encodeHistoryLine(line: HistoryLine): string {
  return `${JSON.stringify(line)}\n`;
}

/** Lines up to an epoch; a torn or damaged one ends them, and of one epoch the last line counts. */
export function decodeHistory(text: string, lastEpoch: number): HistoryLine[] {
  const lines: HistoryLine[] = [];
  for (const one of text.split('\n')) {
    const parsed = parseLine(one);
    if (!parsed) break;
    const { epoch } = parsed.result;
    if (epoch > lastEpoch) break;
    while (lines.length > 0 && lines.at(-1)!.result.epoch >= epoch) lines.pop();
    lines.push(parsed);
  }
  return lines;
}

function parseLine(text: string): HistoryLine | undefined {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

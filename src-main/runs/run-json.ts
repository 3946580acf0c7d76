// The schema of run.json, and how the file is read and written.
import * as z from 'zod';
import type { EngineDetails } from '../../src-shared/runs/engine-details';
import type { SettingsChange } from '../../src-shared/settings/settings';
import { CURRENT_RULES, type DatasetSource, type FolderSource } from '../../src-shared/data/dataset';
import { StudioError } from '../../src-shared/errors';
import {
  runIdSchema,
  type DatasetIdentity,
  type RunEnvironment,
  type RunId,
  type RunStatus,
  type RunSummary,
} from '../../src-shared/runs/runs';
import { liveChangesSchema } from '../../src-shared/settings/settings-schema';
import type { EpochResult } from '../../src-shared/runs/score';
import { readStoredSettings, withoutOff } from '../../src-shared/settings/stored-settings';
import { testSourceSchema } from '../../src-shared/data/test-source';
import { carrying, withCarried, type Carrier } from './carried';
import { FORMAT, notOfThisVersion, refuseNewer } from './newer-version';

/** A schema for every field of a type. */
export type Shape<T> = Record<keyof T, z.ZodType>;

/** JSON has no infinity and no NaN, which a diverged run may have: they are stored as null. */
export const real = z
  .number()
  .nullable()
  .transform((value) => value ?? NaN);
const score = z.object({ loss: real, accuracy: real });

/** Each “satisfies Shape” makes sure that every field that is written is also read. */
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
} satisfies Shape<EpochResult>) as z.ZodType<EpochResult>;

/** Texts from outside are shortened when they are written and read, so that none makes a run unreadable. */
const textUpTo = (most: number) =>
  z
    .string()
    .transform((text) => (text.length > most ? `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…` : text));
const texts = { name: textUpTo(200), notes: textUpTo(100_000) };
const groupSchema = z.object({ id: z.string(), name: textUpTo(200) }).optional();
/** A word that may be one of another version, such as a kernel build that this one does not have. */
const word = z.string();

const sourceSchema = z.looseObject({ kind: word }).transform((source, { issues }): DatasetSource => {
  const result = knownSourceSchema.safeParse(source);
  if (result.success) return result.data as DatasetSource;
  if (source.kind === 'builtin' || source.kind === 'folder')
    issues.push({ code: 'custom', input: source, message: 'A folder is missing.' });
  return { kind: source.kind } as DatasetSource;
});
const knownSourceSchema = z.union([
  z.object({ kind: z.literal('builtin') }),
  z.object({
    kind: z.literal('folder'),
    folder: z.string(),
    collection: z.string().optional(),
    holdOut: z.number().optional(),
    transposed: z.boolean().optional(),
    rules: z.literal(CURRENT_RULES).optional(),
  } satisfies Shape<FolderSource>),
]);

const engineSchema = z.object({
  name: word,
  label: z.string(),
  threads: z.int(),
  precision: word,
  firstLayer: word,
  simd: word,
  trapHandlers: z.boolean().optional(),
} satisfies Shape<EngineDetails>);

/** The changes that this version knows. The others stay in the file. */
const changesSchema = z
  .looseObject({})
  .transform((changes) =>
    Object.fromEntries(
      Object.entries(changes).filter(([name, value]) => liveChangesSchema.safeParse({ [name]: value }).success),
    ),
  );

export const settingsOfRun = z.unknown().transform((value, { issues }) => {
  const stored = readStoredSettings(value);
  if (!stored) issues.push({ code: 'custom', input: value, message: 'These are no settings.' });
  return stored ?? z.NEVER;
});

const STATUSES = ['running', 'completed', 'stopped', 'early', 'failed', 'cut-off'] satisfies RunStatus[] as RunStatus[];

/** Progress is in run.json, and also beside the weights in last.safetensors, where it may be newer. */
export const progressSchema = z.object({
  changes: z.array(
    z.object({ epochs: z.number(), update: z.number(), changes: changesSchema } satisfies Shape<SettingsChange>),
  ),
  epochs: z.int().min(1),
  epochsTrained: z.int().min(0),
  result: epochResultSchema.optional(),
  seconds: z.number(),
  environment: z.object({
    version: z.string(),
    engine: engineSchema,
    laterEngines: z.array(engineSchema).optional(),
    cpu: z.string(),
    cores: z.int(),
    platform: z.string(),
  } satisfies Shape<RunEnvironment>),
} satisfies Shape<RunProgress>);

export const runNumberSchema = z.int().min(1);

const runSchema = progressSchema.extend({
  format: z.literal(FORMAT),
  id: runIdSchema,
  number: runNumberSchema.optional().catch(undefined),
  ...texts,
  star: z.boolean(),
  created: z.number(),
  status: word,
  message: z.string().optional(),
  parent: z.object({ id: runIdSchema, epoch: z.int() }).optional(),
  group: groupSchema,
  dataset: z.object({
    name: z.string(),
    hash: z.string(),
    rows: z.int(),
    columns: z.int(),
    classNames: z.array(z.string()),
    trainCount: z.int(),
    testCount: z.int(),
    testSource: testSourceSchema,
    source: sourceSchema,
  } satisfies Shape<DatasetIdentity>),
  settings: settingsOfRun,
  resumable: z.boolean(),
} satisfies Shape<Omit<RunSummary, 'bytes' | 'untrainable' | keyof RunProgress> & { format: number }>);

/**
 * The content of run.json: a summary without the size, which the folder has. Earlier versions wrote no number: that of
 * their runs is in numbers.json.
 */
export type RunJson = Omit<RunSummary, 'bytes' | 'number'> & { number?: number | undefined } & Carrier;

const textsSchema = z.looseObject({ ...texts, group: groupSchema });

/** How far a run has come, and how. */
export type RunProgress = Pick<RunJson, 'changes' | 'epochs' | 'epochsTrained' | 'result' | 'seconds' | 'environment'>;

/**
 * Keeps what another version of the app has written, and shortens texts that are too long. Throws run-not-saved for
 * values that could not be read again.
 */
export function encodeRunJson(run: RunJson): string {
  const now = { format: FORMAT, ...textsSchema.parse(run), settings: withoutOff(run.settings), untrainable: undefined };
  const text = JSON.stringify(withCarried(now, run, ['result']), undefined, 2);
  const parsed = runSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw unwritable('run.json', parsed.error);
  return `${text}\n`;
}

/** @param id of the expected run. Throws OtherVersion, and run-unreadable if it is not the run.json of this run. */
export function decodeRunJson(text: string, id: RunId): RunJson {
  const raw = parseObject(text);
  refuseNewer(raw?.['format']);
  if (!raw || typeof raw['id'] !== 'string') throw new StudioError('run-unreadable', 'its run.json is damaged');
  if (raw['id'] !== id) throw new StudioError('run-unreadable', 'its run.json belongs to another run');
  const parsed = runSchema.safeParse(raw);
  if (!parsed.success) throw notOfThisVersion('run.json', placeOf(parsed.error));
  const {
    settings: { settings, strange },
    ...run
  } = parsed.data;
  const untrainable = strange ?? unknownWord(run);
  return carrying(
    { ...run, status: statusOf(run.status, untrainable), settings, untrainable } as unknown as RunJson,
    raw,
  );
}

/** @returns undefined if the text is not a JSON object */
export function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const raw: unknown = JSON.parse(text);
    return typeof raw === 'object' && raw !== null && !Array.isArray(raw)
      ? (raw as Record<string, unknown>)
      : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The first field that is not valid, such as “result.testLoss”. */
export function placeOf(error: z.ZodError): string {
  return error.issues[0]!.path.join('.');
}

/** A run that this version cannot train is not running here. The version that can train it will repair it. */
function statusOf(status: string, untrainable: string | undefined): RunStatus {
  if (!STATUSES.includes(status as RunStatus)) return 'stopped';
  return status === 'running' && untrainable !== undefined ? 'cut-off' : (status as RunStatus);
}

/** @returns a sentence about a word that this version does not know; undefined if it knows all that it needs */
function unknownWord({ status, dataset }: { status: string; dataset: { source: DatasetSource } }): string | undefined {
  const unknown = !STATUSES.includes(status as RunStatus)
    ? status
    : !SOURCES.includes(dataset.source.kind)
      ? dataset.source.kind
      : undefined;
  return unknown === undefined
    ? undefined
    : `It says “${unknown}”, which this version of the app does not know. Please open it with the version that ` +
        'trained it.';
}
const SOURCES: readonly string[] = ['builtin', 'folder'] satisfies DatasetSource['kind'][];

/** The error for values that could not be read again. They are refused when they are written, not at the next start. */
export function unwritable(file: string, error: z.ZodError): StudioError {
  return new StudioError(
    'run-not-saved',
    `The run could not be written: in its ${file}, “${placeOf(error)}” is not valid ` +
      `(${error.issues[0]!.message}). What was written before is still there.`,
  );
}

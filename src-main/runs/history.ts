// Reads and writes history.jsonl, which has a line for each epoch. Lines are only appended, so only the last can be
// torn.
import * as z from 'zod';
import type { EpochResult, TrainPoint } from '../../src-shared/runs/score';
import { carrying, withCarried, type Carrier } from './carried';
import { epochResultSchema, parseObject, real, unwritable, type Shape } from './run-json';

/** One line, with what another version of the app wrote to it. */
export interface HistoryLine extends Carrier {
  result: EpochResult;
  /** Points of the training curve since the previous epoch. */
  points: TrainPoint[];
}

const pointSchema: z.ZodType<TrainPoint> = z.object({
  epochs: real,
  loss: real,
  accuracy: real,
  learningRate: real,
} satisfies Shape<TrainPoint>) as z.ZodType<TrainPoint>;
const lineSchema = z.object({ result: epochResultSchema, points: z.array(pointSchema) });
/** All that is read from a line of another version. */
const epochSchema = z.object({ result: z.object({ epoch: z.int() }) });

export function encodeHistoryLine(line: HistoryLine): string {
  const text = JSON.stringify(withCarried(line, line, ['result', 'points']));
  const parsed = lineSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw unwritable('history.jsonl', parsed.error);
  return `${text}\n`;
}

export interface History {
  /** The lines that this version can read. */
  lines: HistoryLine[];
  /** The file without the lines that do not count, byte for byte; lines that this version cannot read stay. */
  bytes: Buffer;
}

interface Entry {
  bytes: Buffer;
  /** Undefined if this version cannot read it. */
  line: HistoryLine | undefined;
  /** Undefined if the line has no epoch. */
  epoch: number | undefined;
}

/**
 * Reads epochs up to the last one. If an epoch has several lines, the last counts. Only a torn last line is left out.
 */
export function decodeHistory(file: Buffer, lastEpoch: number): History {
  let kept: Entry[] = [];
  let newest = -1;
  const all = linesOf(file);
  for (const [k, bytes] of all.entries()) {
    const entry = entryOf(bytes);
    if (!entry && k === all.length - 1) break;
    const { line, epoch } = entry ?? { line: undefined, epoch: undefined };
    if (epoch !== undefined && epoch > lastEpoch) continue;
    if (epoch !== undefined && epoch <= newest)
      kept = kept.filter((one) => one.epoch === undefined || one.epoch < epoch);
    newest = epoch ?? newest;
    kept.push({ bytes, line, epoch });
  }
  const newline = Buffer.from('\n');
  return {
    lines: kept.flatMap(({ line }) => line ?? []),
    bytes: Buffer.concat(kept.flatMap(({ bytes }) => [bytes, newline])),
  };
}

/** Lines that are not empty. */
function linesOf(file: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < file.length;) {
    const found = file.indexOf('\n', start);
    const end = found === -1 ? file.length : found;
    if (end > start) lines.push(file.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

/** @returns undefined if the line is not a JSON object */
function entryOf(bytes: Buffer): Pick<Entry, 'line' | 'epoch'> | undefined {
  const raw = parseObject(bytes.toString());
  if (!raw) return undefined;
  const parsed = lineSchema.safeParse(raw);
  return {
    line: parsed.success ? carrying(parsed.data, raw) : undefined,
    epoch: epochSchema.safeParse(raw).data?.result.epoch,
  };
}

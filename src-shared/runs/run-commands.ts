// Commands of the page that concern runs on disk: a part of the commands in contract.ts.
import * as z from 'zod';
import { runIdSchema, SET_ASIDE_NAME, type RunId, type RunList, type RunRecord, type RunSummary } from './runs';
import { settingsSchema } from '../settings/settings-schema';

const ids = z.array(runIdSchema).min(1).max(10_000);

export const RUN_COMMAND_ARGUMENTS = {
  listRuns: z.undefined(),
  readRun: z.strictObject({ id: runIdSchema }),
  /** Renames, notes, stars; what is left out stays. */
  changeRun: z.strictObject({
    id: runIdSchema,
    name: z.string().trim().min(1).max(200).optional(),
    star: z.boolean().optional(),
    notes: z.string().max(100_000).optional(),
  }),
  /** They can be brought back with restoreRuns until they are cleaned up. */
  deleteRuns: z.strictObject({ ids }),
  restoreRuns: z.strictObject({ ids }),
  /**
   * Reads a damaged run again, which was set aside, and takes it back into the list if that succeeds. Folder: its name
   * alone.
   */
  bringBackRun: z.strictObject({ folder: z.string().regex(SET_ASIDE_NAME) }),
  /**
   * Deleted: empties what was deleted, for good. OptimizerStates: of completed runs without a star, which then cannot
   * be gone on with.
   */
  cleanUpRuns: z.strictObject({ deleted: z.boolean(), optimizerStates: z.boolean() }),
  /**
   * Shows a run in all views, as it was when it ended, after its dataset has been opened; goOn: and trains it to its
   * end.
   */
  openRun: z.strictObject({ id: runIdSchema, goOn: z.boolean() }),
  /** A new run that begins with the weights of another one. */
  continueRun: z.strictObject({ id: runIdSchema, settings: settingsSchema }),
  /**
   * One run after the other, with the dataset that is open. Those that have not begun are forgotten when one is
   * stopped.
   */
  trainSeveral: z.strictObject({
    name: z.string().trim().min(1).max(200),
    settings: z.array(settingsSchema).min(1).max(200),
  }),
} as const satisfies Record<string, z.ZodType>;

export interface RunCommandResults {
  listRuns: RunList;
  readRun: RunRecord;
  changeRun: RunSummary;
  deleteRuns: void;
  restoreRuns: void;
  bringBackRun: void;
  cleanUpRuns: { bytes: number };
  openRun: { run: number };
  continueRun: { run: number };
  trainSeveral: { run: number };
}

/** Notices of main to the page about runs. */
export type RunNotice =
  /** A run was added or is another one than before. */
  | { kind: 'run-changed'; run: RunSummary }
  /** Runs went or came back: the list is to be read again. */
  | { kind: 'runs-changed' }
  /** How many runs wait to be trained after the one in flight. */
  | { kind: 'queue'; waiting: number }
  /** A run could not be written; the message says whether training was stopped. */
  | { kind: 'run-not-saved'; id: RunId | undefined; message: string }
  /** What could not be written before is on the disk now. Undefined: of a run that had no id then. */
  | { kind: 'run-saved'; id: RunId | undefined };

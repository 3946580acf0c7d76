// The arguments of commands about stored runs: a part of the table in contract.ts.
import * as z from 'zod';
import { settingsSchema } from '../settings/settings-schema';
import { runIdSchema, SET_ASIDE_NAME } from './runs';

const name = z.string().trim().min(1).max(200);

export const oneRun = z.strictObject({ id: runIdSchema });
export const severalRuns = z.strictObject({ ids: z.array(runIdSchema).min(1).max(10_000) });

/** Renames a run, stars it or changes its notes. What is left out stays as it is. */
export const changeRun = z.strictObject({
  id: runIdSchema,
  name: name.optional(),
  star: z.boolean().optional(),
  notes: z.string().max(100_000).optional(),
});

/** Reads a damaged run that was set aside again, and puts it back into the list if that succeeds. */
export const bringBackRun = z.strictObject({
  /** The folder's name, not its path. */
  folder: z.string().regex(SET_ASIDE_NAME),
});

export const cleanUpRuns = z.strictObject({
  /** Whether to erase deleted runs for good. */
  deleted: z.boolean(),
  /** Whether to erase the optimizer states of completed runs without a star, which then cannot be continued. */
  optimizerStates: z.boolean(),
});

/** Opens the run's dataset, then shows the run in all views as it was when it ended. */
export const openRun = z.strictObject({
  id: runIdSchema,
  /** Whether to train it to its end. */
  resume: z.boolean(),
});

/** Starts a new run with the weights of another one. */
export const continueRun = z.strictObject({ id: runIdSchema, settings: settingsSchema });

/** Trains one run after another on the open dataset. When one is stopped, those that have not begun are dropped. */
export const trainSeveral = z.strictObject({ name, settings: z.array(settingsSchema).min(1).max(200) });

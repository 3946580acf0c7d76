// The arguments of commands about the current run: a part of the table in contract.ts.
import * as z from 'zod';
import { liveChangesSchema, settingsSchema } from '../settings/settings-schema';
import { STEPS } from './progress';

const until = z.enum(STEPS);

/** Starts a new run, which pauses after its first batch or epoch, or not before the end. */
export const train = z.strictObject({ settings: settingsSchema, until });

/** Resumes a paused run until the end of the next batch, of the epoch, or of the run. */
export const resume = z.strictObject({ until });

/** Adds epochs to a run that is training, was completed or was stopped. */
export const extend = z.strictObject({ epochs: z.int().min(1).max(1000), until });

/** Changes the settings of the current run, from its next update on. */
export const change = z.strictObject({ changes: liveChangesSchema });

/**
 * Whether a view that shows training is in front. If not, the trainer sends fewer events, and does not yield to the
 * page for drawing.
 */
export const watch = z.strictObject({ watching: z.boolean() });

/** Requests a layer's activations for every test image, which arrive as the event `activations`. */
export const activations = z.strictObject({ layer: z.int().min(0).max(6) });

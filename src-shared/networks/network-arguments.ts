// The arguments of commands about network files: a part of the table in contract.ts.
import * as z from 'zod';
import { runIdSchema } from '../runs/runs';
import { NUMBER_FIELDS } from '../settings/number-fields';
import { activationSchema } from '../settings/settings-schema';
import { EXPORT_SUFFIXES } from './network-formats';

/** Opens the save dialog, then writes the latest checkpoint, or the final weights of a stored run. */
export const exportWeights = z.strictObject({
  run: runIdSchema.optional(),
  suffix: z.enum(EXPORT_SUFFIXES),
  rawPixels: z.boolean(),
});

const { min, max } = NUMBER_FIELDS.leakySlope;

/**
 * Opens a network of this or another program as a new run of no epochs, on the open dataset. Without a file, a dialog
 * asks for one. If the answer is a question, the page sends the command again, with the person's answers.
 */
export const openNetwork = z.strictObject({
  file: z.string().min(1).max(32_768).optional(),
  activation: activationSchema.optional(),
  leakySlope: z.number().min(min).max(max).optional(),
  pixels: z.strictObject({ mean: z.number(), deviation: z.number().positive() }).optional(),
});

/** Reads the final weights of a stored run. */
export const readNetwork = z.strictObject({ run: runIdSchema });

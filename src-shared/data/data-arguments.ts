// The arguments of commands about the dataset: a part of the table in contract.ts.
import * as z from 'zod';
import { settingsSchema } from '../settings/settings-schema';

/** Opens a folder. If the answer is a question, the page sends the command again, with the person's answer. */
export const openFolder = z.strictObject({
  folder: z.string().min(1).max(32_768),
  collection: z.string().max(1024).optional(),
  transposed: z.boolean().optional(),
  holdOut: z.number().min(0.01).max(0.5).optional(),
});

/** Requests a page of images, which arrives as the event `browsed`. */
export const browse = z.strictObject({
  set: z.enum(['train', 'test']),
  /** null for all classes */
  label: z.int().min(0).max(999).nullable(),
  from: z.int().min(0),
  count: z.int().min(1).max(1000),
});
export type BrowseRequest = z.infer<typeof browse>;

/** Requests training images as augmentation would show them, which arrive as the event `augmented`. */
export const augment = z.strictObject({ settings: settingsSchema, count: z.int().min(1).max(100) });

/** Requests the training images most similar to a test image, which arrive as the event `nearest`. */
export const nearest = z.strictObject({ image: z.int().min(0), count: z.int().min(1).max(100) });

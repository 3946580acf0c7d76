// Where the test images are in the user's files, and how they are read: enough to write a program that reads the same ones.
import * as z from 'zod';

/** The test images in IDX files, or the training files from which part is held out. */
const idxTestSource = z.object({
  kind: z.literal('idx'),
  /** Path of the file of images within the folder, with “/” between its parts, such as "gzip/emnist-letters-test-images-idx3-ubyte.gz". */
  images: z.string(),
  /** Path of the file of labels, likewise. */
  labels: z.string(),
  /** Whether both files are as MNIST's: unsigned bytes behind headers of 16 and 8 bytes. If not, their headers tell. */
  plainBytes: z.boolean(),
  /** Share of each class that is held out of these files as the test set (trainer/data/hold-out.ts). Undefined if they are a test set. */
  heldOut: z.number().optional(),
  /** Whether the files hold every image with rows and columns swapped, as EMNIST does. */
  transposed: z.boolean(),
  /** A pixel from 0 (background) to 1 (ink) is scale × the number in the file + offset: 1/255 and 0 for unsigned bytes. */
  scale: z.number(),
  offset: z.number(),
  /** How an image's label is written: as one number, as the first of eight (QMNIST), or as a row with a 1 in the column of the label. */
  labelForm: z.enum(['number', 'first-of-eight', 'one-hot']),
  /** The label of each class in the files, [classes], ascending: [1, 2, … 26] for EMNIST's letters, [3, 7] for threes against sevens. */
  classLabels: z.array(z.number()),
});

/** What is kept with a run, so that its export can show a program. A source of a newer version is passed over. */
export const testSourceSchema = idxTestSource.optional().catch(undefined);
export type TestSource = z.infer<typeof idxTestSource>;

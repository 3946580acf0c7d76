// Where the test images are in the user's files, and how to read them: enough to write a program that reads the same
// images.
import * as z from 'zod';

/** How numbers become pixels and labels, in files of any kind. */
const reading = {
  /**
   * Share of each class that is held out of these files as the test set (trainer/data/split/hold-out.ts). Undefined if
   * the files are a test set.
   */
  heldOut: z.number().optional(),
  /** Whether rows and columns of every image are swapped in the files, as in EMNIST. */
  transposed: z.boolean(),
  /** scale × the number in the file + offset is the pixel, 0 background to 1 ink: 1/255 and 0 for unsigned bytes. */
  scale: z.number(),
  offset: z.number(),
  /**
   * How an image's label is written: as a number, as the first of eight numbers (QMNIST), or as a row with a 1 in the
   * label's column.
   */
  labelForm: z.enum(['number', 'first-of-eight', 'one-hot']),
  /**
   * The label of each class in the files, [classes], ascending: [1, 2, … 26] for EMNIST's letters, [3, 7] for threes
   * and sevens.
   */
  classLabels: z.array(z.number()),
};

/** IDX files of the test images, or of the training images from which they are held out. */
const idxTestSource = z.object({
  kind: z.literal('idx'),
  /**
   * Path of the images within the folder, with “/” between its parts:
   * "gzip/emnist-letters-test-images-idx3-ubyte.gz".
   */
  images: z.string(),
  /** Path of the labels within the folder. */
  labels: z.string(),
  /** Whether both files are like MNIST's: unsigned bytes after headers of 16 and 8 bytes. */
  plainBytes: z.boolean(),
  ...reading,
});

const part = z.object({
  /** IDX in an archive, a NumPy array, a table with a line for each image, or a folder of pictures for each class. */
  format: z.enum(['idx', 'npy', 'csv', 'png']),
  /** Path within the folder. For pictures, of the folder that has a folder for each class. */
  file: z.string(),
  /** Path in this file if it is an archive. */
  entry: z.string().optional(),
  /** The path as the archive spells it, if that differs: “./train.csv”. */
  member: z.string().optional(),
  /** For a table: which column is the label, from 0, and which are neither label nor pixel. */
  table: z
    .object({
      separator: z.string(),
      hasHeader: z.boolean(),
      label: z.number().optional(),
      others: z.array(z.number()),
    })
    .optional(),
});

/** Files of other kinds. A table and pictures hold images and labels together. */
const partsTestSource = z.object({
  kind: z.literal('parts'),
  images: part,
  labels: part,
  /** The label of each class if labels are words, [classes]. */
  words: z.array(z.string()).optional(),
  /** Whether the pictures show dark ink on light paper. */
  inverted: z.boolean(),
  ...reading,
});

const anyTestSource = z.discriminatedUnion('kind', [idxTestSource, partsTestSource]);

/** Stored with a run, so that its export can show a program. A source that a newer version wrote is ignored. */
export const testSourceSchema = anyTestSource.optional().catch(undefined);
export type TestSource = z.infer<typeof anyTestSource>;
export type IdxTestSource = z.infer<typeof idxTestSource>;
export type PartsTestSource = z.infer<typeof partsTestSource>;
export type TestPart = z.infer<typeof part>;

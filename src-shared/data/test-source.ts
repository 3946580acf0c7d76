// Where the test images are in the user's files, and how they are read: enough to write a program that reads the same
// ones.
import * as z from 'zod';

/** How numbers become pixels and labels, in whatever files. */
const reading = {
  /**
   * Share of each class that is held out of these files as the test set (trainer/data/hold-out.ts). Undefined if they
   * are a test set.
   */
  heldOut: z.number().optional(),
  /** Whether the files hold every image with rows and columns swapped, as EMNIST does. */
  transposed: z.boolean(),
  /**
   * A pixel from 0 (background) to 1 (ink) is scale × the number in the file + offset: 1/255 and 0 for unsigned bytes.
   */
  scale: z.number(),
  offset: z.number(),
  /**
   * How an image's label is written: as one number, as the first of eight (QMNIST), or as a row with a 1 in the column
   * of the label.
   */
  labelForm: z.enum(['number', 'first-of-eight', 'one-hot']),
  /**
   * The label of each class in the files, [classes], ascending: [1, 2, … 26] for EMNIST's letters, [3, 7] for threes
   * against sevens.
   */
  classLabels: z.array(z.number()),
};

/** The test images in IDX files, or the training files from which part is held out. */
const idxTestSource = z.object({
  kind: z.literal('idx'),
  /**
   * Path of the file of images within the folder, with “/” between its parts, such as
   * "gzip/emnist-letters-test-images-idx3-ubyte.gz".
   */
  images: z.string(),
  /** Path of the file of labels, likewise. */
  labels: z.string(),
  /** Whether both files are as MNIST's: unsigned bytes behind headers of 16 and 8 bytes. If not, their headers tell. */
  plainBytes: z.boolean(),
  ...reading,
});

const part = z.object({
  /**
   * An array of NumPy, a table with a line for each image, a folder of pictures for each class, or IDX in an archive.
   */
  format: z.enum(['idx', 'npy', 'csv', 'png']),
  /** Path within the folder; of pictures, that of the folder of their folders. */
  file: z.string(),
  /** Path in this file, if it is an archive. */
  entry: z.string().optional(),
  /** The same as the archive has it, if that differs, such as “./train.csv”. */
  member: z.string().optional(),
  /** Of a table: which of its columns is the label, from 0, and which are neither label nor pixel. */
  table: z
    .object({
      separator: z.string(),
      hasHeader: z.boolean(),
      label: z.number().optional(),
      others: z.array(z.number()),
    })
    .optional(),
});

/** The test images in files of other kinds. A table and pictures hold images and labels together. */
const partsTestSource = z.object({
  kind: z.literal('parts'),
  images: part,
  labels: part,
  /** What the classes are called in the files if their labels are words, [classes]. */
  words: z.array(z.string()).optional(),
  /** Whether the pictures show dark ink on light paper. */
  inverted: z.boolean(),
  ...reading,
});

const anyTestSource = z.discriminatedUnion('kind', [idxTestSource, partsTestSource]);

/** What is kept with a run, so that its export can show a program. A source of a newer version is passed over. */
export const testSourceSchema = anyTestSource.optional().catch(undefined);
export type TestSource = z.infer<typeof anyTestSource>;
export type IdxTestSource = z.infer<typeof idxTestSource>;
export type PartsTestSource = z.infer<typeof partsTestSource>;
export type TestPart = z.infer<typeof part>;

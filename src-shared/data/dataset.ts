// A dataset: where it comes from, which files it has, and what it contains.
import type { TestSource } from './test-source';

export type { TestSource } from './test-source';

/** Where a dataset comes from: the MNIST that comes with the app, or a folder of the user. */
export type DatasetSource = { kind: 'builtin' } | FolderSource;

/** A folder, and the person's answers to questions about it. */
export interface FolderSource {
  kind: 'folder';
  folder: string;
  /** The id of the chosen collection, if the folder has several. */
  collection?: string | undefined;
  /** Share of the training images that become the test set if the folder has none, 0 to 1. */
  holdOut?: number | undefined;
  /** Whether rows and columns of every image are swapped in the files. If undefined, the file names decide. */
  transposed?: boolean | undefined;
  /**
   * The rules by which the files are found and read. Undefined for a source that version 0.1 stored, whose run must get
   * the same classes and images again.
   */
  rules?: typeof CURRENT_RULES | undefined;
}

/** The newest rules for finding and reading files. */
export const CURRENT_RULES = 2;

/** A folder to open by the newest rules. */
export function folderSource(folder: string, answers: FolderAnswers = {}): FolderSource {
  return { kind: 'folder', folder, ...answers, rules: CURRENT_RULES };
}

/** A person's answers to the questions about a folder. */
export type FolderAnswers = Pick<FolderSource, 'collection' | 'holdOut' | 'transposed'>;

export const SPLIT_FILES = ['trainImages', 'trainLabels', 'testImages', 'testLabels'] as const;
export type SplitFile = (typeof SPLIT_FILES)[number];

/** Where the images or labels of one split are, if not in an IDX file on disk. */
export interface DataPart {
  /** A table holds images, labels or both; pictures hold both. */
  format: 'idx' | 'npy' | 'csv' | 'png';
  /** Path of the file, or of its archive. For pictures, the folder that has a folder for each class. */
  file: string;
  /** Path in the archive. Undefined if the file is in none. */
  entry?: string | undefined;
  /** The path as the archive spells it, if that differs: “./train.csv”. */
  member?: string | undefined;
}

/** The paths of files that belong together, by their names. */
export interface Collection {
  /**
   * Identifies the collection in its folder: the subfolder and what precedes "train" in the names, as
   * "gzip/emnist-letters".
   */
  id: string;
  /**
   * What precedes "train" in the names, in lower case and without the dash: "", "emnist-letters", "qmnist".
   */
  prefix: string;
  trainImages: string;
  trainLabels: string;
  /** Undefined if there is only a training pair. */
  testImages?: string | undefined;
  testLabels?: string | undefined;
  /** labels.txt or EMNIST's *-mapping.txt beside them. */
  classNames?: string | undefined;
  /** How to read files that are not IDX files on disk. The paths above are then only for names and messages. */
  parts?: Partial<Record<SplitFile, DataPart>> | undefined;
  /**
   * The folder that contains all of them, above folders of single files or sets. Its name is the dataset's. If
   * undefined, the folder of the training images.
   */
  directory?: string | undefined;
  /** Whether rows and columns of every image are swapped in the files. If undefined, the prefix decides. */
  transposed?: boolean | undefined;
  /** Sentences about what was decided when the files were found. */
  notes?: string[] | undefined;
}

/** Facts about a dataset. Images are rows × columns bytes, 0 background to 255 ink, row by row. */
export interface DatasetInfo {
  name: string;
  /** The folder, or undefined for the built-in dataset. */
  folder: string | undefined;
  files: { name: string; bytes: number }[];
  trainCount: number;
  testCount: number;
  rows: number;
  columns: number;
  classNames: string[];
  trainPerClass: number[];
  testPerClass: number[];
  /** Share of training pixels that are zero, 0 to 1. */
  zeroShare: number;
  /** SHA-256 of the uncompressed files, one after another, in hexadecimal. */
  hash: string;
  /** The name of the well-known dataset with exactly these bytes, if there is one. */
  recognisedAs: string | undefined;
  /** Sentences about what was done while reading: images turned upright, a test set held out. */
  notes: string[];
  /** Positions of test images whose published label is known to be wrong, from 0. */
  labelErrors: number[];
  /** Where the test images are, for programs that read the same ones. Undefined for runs of version 0.1. */
  testSource?: TestSource | undefined;
}

/** A question that must be answered before a folder can be opened. */
export type OpenQuestion =
  /** The folder holds several collections. */
  | { kind: 'which'; folder: string; choices: { collection: string; title: string; detail: string }[] }
  /** There is only a training pair: which share of it becomes the test set? */
  | { kind: 'hold-out'; folder: string; collection: string; file: string; suggested: number }
  /** The file names say one orientation, but the images look like the other one. */
  | {
      kind: 'transposed';
      folder: string;
      collection: string;
      /** The answer to an earlier question. */
      holdOut: number | undefined;
      file: string;
      rows: number;
      columns: number;
      /** A few images as the file has them, [count, rows × columns], 0 background to 255 ink. */
      samples: Uint8Array;
      /** Whether rows and columns are probably swapped. */
      suggested: boolean;
    };

export function isQuestion(found: Collection | OpenQuestion): found is OpenQuestion {
  return 'folder' in found;
}

export type OpenResult = { kind: 'opened'; dataset: DatasetInfo } | { kind: 'question'; question: OpenQuestion };

/** Identifies the images of a dataset, and how they are split. */
type Split = Pick<DatasetInfo, 'hash' | 'trainCount' | 'testCount'>;

/** Whether both have the same images, split in the same way. */
export function isSameDataset(a: Split, b: Split): boolean {
  return a.hash === b.hash && a.trainCount === b.trainCount && a.testCount === b.testCount;
}

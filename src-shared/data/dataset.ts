// What the processes say to each other of a dataset: where it comes from, which files it has, what is in it.
import type { TestSource } from './test-source';

export type { TestSource } from './test-source';

/** Where a dataset comes from: the MNIST that is packed with the app, or a folder of the user's. */
export type DatasetSource = { kind: 'builtin' } | FolderSource;

/** A folder, and the answers to what opening it may have asked. */
export interface FolderSource {
  kind: 'folder';
  folder: string;
  /** Which of several collections in the folder: its id. */
  collection?: string | undefined;
  /** Share of the training images that become the test set where the folder has none, 0 to 1. */
  holdOut?: number | undefined;
  /** Whether the files hold every image with rows and columns swapped. If undefined, the names of the files tell. */
  transposed?: boolean | undefined;
  /**
   * Which rules find and read the files. Undefined for a source that version 0.1 stored: its run must see the same
   * classes and images again.
   */
  rules?: typeof CURRENT_RULES | undefined;
}

/** The newest rules for finding and reading files. */
export const CURRENT_RULES = 2;

/** A folder to be opened by the newest rules. */
export function folderSource(folder: string, answers: FolderAnswers = {}): FolderSource {
  return { kind: 'folder', folder, ...answers, rules: CURRENT_RULES };
}

/** What a person answers to the questions that a folder may ask. */
export type FolderAnswers = Pick<FolderSource, 'collection' | 'holdOut' | 'transposed'>;

export const SPLIT_FILES = ['trainImages', 'trainLabels', 'testImages', 'testLabels'] as const;
export type SplitFile = (typeof SPLIT_FILES)[number];

/** Where the numbers of one split are, if they are not an IDX file on the disk. */
export interface DataPart {
  /** A table holds images or labels or both, pictures both. */
  format: 'idx' | 'npy' | 'csv' | 'png';
  /**
   * Path of the file on the disk, or of the archive that it is in; of pictures, the folder with a folder for each
   * class.
   */
  file: string;
  /** Its path in the archive. Undefined if it is in none. */
  entry?: string | undefined;
  /** The same as the archive has it, if that differs, such as “./train.csv”. */
  member?: string | undefined;
}

/** The files that belong together, found by their names; paths. */
export interface Collection {
  /**
   * Sub-folder and what the names have before "train", as "gzip/emnist-letters": tells collections of one folder apart.
   */
  id: string;
  /**
   * What the names have before "train", in lower case and without the dash behind it: "", "emnist-letters", "qmnist".
   */
  prefix: string;
  trainImages: string;
  trainLabels: string;
  /** Missing where there is only a training pair. */
  testImages?: string | undefined;
  testLabels?: string | undefined;
  /** labels.txt or EMNIST's *-mapping.txt beside them. */
  classNames?: string | undefined;
  /** How the files are read if they are no IDX files on the disk; the paths are then for names and sentences. */
  parts?: Partial<Record<SplitFile, DataPart>> | undefined;
  /**
   * The folder that all of them are in, not counting folders for each file or set; its name is the dataset's. If
   * undefined, the training images'.
   */
  directory?: string | undefined;
  /** Whether the files hold every image with rows and columns swapped. If undefined, the prefix tells. */
  transposed?: boolean | undefined;
  /** What was decided when the files were found, in sentences. */
  notes?: string[] | undefined;
}

/** What a person is told of a dataset. Images are rows × columns bytes, 0 background to 255 ink, row by row. */
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
  /** Share of training pixels that are exactly zero, 0 to 1. */
  zeroShare: number;
  /** SHA-256 of the uncompressed files, one after the other, as hexadecimal digits. */
  hash: string;
  /** The well-known dataset that these bytes are, or undefined. */
  recognisedAs: string | undefined;
  /** What was done while reading, in sentences: images turned upright, a test set held out. */
  notes: string[];
  /** Test images whose published label is known to be wrong: positions from 0. */
  labelErrors: number[];
  /** Where the test images are, for programs that read the same ones. Undefined for runs of version 0.1. */
  testSource?: TestSource | undefined;
}

/** What must be known before a folder can be opened: see isQuestion. */
export type OpenQuestion =
  /** The folder holds several collections. */
  | { kind: 'which'; folder: string; choices: { collection: string; title: string; detail: string }[] }
  /** There is only a training pair: which share of it shall be the test set? */
  | { kind: 'hold-out'; folder: string; collection: string; file: string; suggested: number }
  /** The name of the files says one orientation, and the images look like the other one. */
  | {
      kind: 'transposed';
      folder: string;
      collection: string;
      /** As it was answered before. */
      holdOut: number | undefined;
      file: string;
      rows: number;
      columns: number;
      /** A few images as they are in the file, [count, rows × columns], 0 background to 255 ink. */
      samples: Uint8Array;
      /** Whether rows and columns are probably swapped. */
      suggested: boolean;
    };

/** Whether something must be answered before the files of a folder can be read. */
export function isQuestion(found: Collection | OpenQuestion): found is OpenQuestion {
  return 'folder' in found;
}

export type OpenResult = { kind: 'opened'; dataset: DatasetInfo } | { kind: 'question'; question: OpenQuestion };

/** What tells the images of one dataset, and how they are parted, from those of another. */
type Parted = Pick<DatasetInfo, 'hash' | 'trainCount' | 'testCount'>;

/** The same images, parted in the same way. */
export function isSameDataset(a: Parted, b: Parted): boolean {
  return a.hash === b.hash && a.trainCount === b.trainCount && a.testCount === b.testCount;
}

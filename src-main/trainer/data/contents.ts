// What was read from the files of a dataset, before they are checked against each other.
import type { SplitFile } from '../../../src-shared/data/dataset';
import type { IdxFile } from './idx/read-idx';
import type { CsvLayout } from './sources/csv-layout';

/** Images and labels as in IDX files. The dataset takes over their memory. */
export interface Contents {
  /** In the order of SPLIT_FILES; if the last two are missing, some of the training images are held out. */
  files: { name: string; bytes: number }[];
  train: { images: IdxFile; labels: IdxFile };
  test: { images: IdxFile; labels: IdxFile } | undefined;
  /** SHA-256 of all uncompressed bytes. */
  hash: string;
  /** How the files were read, unless they are IDX files on the disk. */
  parts?: PartsFormat | undefined;
}

/** How files were read that are not IDX files on the disk. */
export interface PartsFormat {
  /** Whether the pixels are bytes divided by 255. */
  isUnit: boolean;
  /** Whether the pictures were inverted. */
  inverted: boolean;
  /** Names of the labels 0, 1, …, if the labels in the files are words. */
  labelNames: string[] | undefined;
  tables: Partial<Record<SplitFile, CsvLayout>>;
}

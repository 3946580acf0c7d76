// Where the test images of a dataset are, for programs outside the app.
import { basename, relative, sep } from 'node:path';
import type { Collection, DatasetSource, SplitFile } from '../../../src-shared/data/dataset';
import type { IdxTestSource, PartsTestSource, TestPart, TestSource } from '../../../src-shared/data/test-source';
import type { CsvLayout } from './sources/csv-layout';

type Reading = Pick<IdxTestSource, 'plainBytes' | 'transposed' | 'scale' | 'offset' | 'labelForm' | 'classLabels'>;

/** How files that are no IDX files on the disk were read. */
export interface PartsReading {
  /** Whether the pixels are bytes divided by 255. */
  isUnit: boolean;
  /** Whether the pictures were inverted. */
  inverted: boolean;
  /** The names of the labels 0, 1, …, if they are words in the files. */
  labelNames: string[] | undefined;
  tables: Partial<Record<SplitFile, CsvLayout>>;
}

/**
 * Paths within the folder; of the built-in dataset, the names under which everybody can get the files, without “.gz”.
 */
export function testSourceOf(
  collection: Collection,
  source: DatasetSource,
  { plainBytes, ...reading }: Reading,
  ofParts: PartsReading | undefined,
): TestSource | undefined {
  const within = (path: string) =>
    source.kind === 'folder' ? relative(source.folder, path).split(sep).join('/') : basename(path, '.gz');
  const hasTest = collection.testImages !== undefined && collection.testLabels !== undefined;
  const [images, labels] = hasTest
    ? (['testImages', 'testLabels'] as const)
    : (['trainImages', 'trainLabels'] as const);
  const heldOut = hasTest || source.kind === 'builtin' ? undefined : source.holdOut;
  if (!collection.parts)
    return {
      kind: 'idx',
      images: within(collection[images]!),
      labels: within(collection[labels]!),
      plainBytes,
      heldOut,
      ...reading,
    };
  return partsSource(collection.parts, [images, labels], within, { ...reading, heldOut }, ofParts);
}

function partsSource(
  parts: NonNullable<Collection['parts']>,
  splits: readonly [SplitFile, SplitFile],
  within: (path: string) => string,
  reading: Omit<Reading, 'plainBytes'> & Pick<PartsTestSource, 'heldOut'>,
  ofParts: PartsReading | undefined,
): PartsTestSource | undefined {
  const [images, labels] = splits.map((split): TestPart | undefined => {
    const part = parts[split];
    return part && { ...part, file: within(part.file), table: tableOf(ofParts?.tables[split]) };
  });
  if (!images || !labels || !ofParts) return undefined;
  const { isUnit, inverted, labelNames } = ofParts;
  const words = labelNames && reading.classLabels.map((label) => labelNames[label]!);
  return { kind: 'parts', images, labels, words, inverted, ...reading, scale: isUnit ? 1 : reading.scale };
}

function tableOf(layout: CsvLayout | undefined): TestPart['table'] {
  return (
    layout && { separator: layout.separator, hasHeader: layout.hasHeader, label: layout.label, others: layout.others }
  );
}

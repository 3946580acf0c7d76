// Describes where the test images of a dataset are, so that exported programs can read them without the app.
import { basename, relative, sep } from 'node:path';
import type { Collection, DatasetSource, SplitFile } from '../../../src-shared/data/dataset';
import type { IdxTestSource, PartsTestSource, TestPart, TestSource } from '../../../src-shared/data/test-source';
import type { PartsFormat } from './contents';
import type { CsvLayout } from './sources/csv-layout';

type SetFormat = Pick<IdxTestSource, 'plainBytes' | 'transposed' | 'scale' | 'offset' | 'labelForm' | 'classLabels'>;

/**
 * Paths are relative to the folder. For the built-in dataset they are the published names of the files, without “.gz”.
 */
export function testSourceOf(
  collection: Collection,
  source: DatasetSource,
  { plainBytes, ...format }: SetFormat,
  partsFormat: PartsFormat | undefined,
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
      ...format,
    };
  return partsSource(collection.parts, [images, labels], within, { ...format, heldOut }, partsFormat);
}

function partsSource(
  parts: NonNullable<Collection['parts']>,
  splits: readonly [SplitFile, SplitFile],
  within: (path: string) => string,
  format: Omit<SetFormat, 'plainBytes'> & Pick<PartsTestSource, 'heldOut'>,
  partsFormat: PartsFormat | undefined,
): PartsTestSource | undefined {
  const [images, labels] = splits.map((split): TestPart | undefined => {
    const part = parts[split];
    return part && { ...part, file: within(part.file), table: tableOf(partsFormat?.tables[split]) };
  });
  if (!images || !labels || !partsFormat) return undefined;
  const { isUnit, inverted, labelNames } = partsFormat;
  const words = labelNames && format.classLabels.map((label) => labelNames[label]!);
  return { kind: 'parts', images, labels, words, inverted, ...format, scale: isUnit ? 1 : format.scale };
}

function tableOf(layout: CsvLayout | undefined): TestPart['table'] {
  return (
    layout && { separator: layout.separator, hasHeader: layout.hasHeader, label: layout.label, others: layout.others }
  );
}

// Converts the parts that were read to images and labels as IDX files would hold them, so that the same images always
// have the same hash.
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Collection, SplitFile } from '../../../../src-shared/data/dataset';
import { StudioError } from '../../../../src-shared/errors';
import type { Contents, PartsFormat } from '../contents';
import type { IdxFile } from '../idx/read-idx';
import { settleLabelColumns } from './label-column';
import { strictNaturalOrder } from '../../../files/natural-order';
import { idxFile, isUnit, type NumberArray } from './number-array';
import { invert, isInkOnPaper } from './picture-set';
import type { PartContent, ReadParts } from './read-parts';

export interface PartContents {
  contents: Contents;
  /** Names of the labels 0, 1, …; undefined if the labels in the files are numbers. */
  labelNames: string[] | undefined;
  /** Notes for the person about the conversion, in sentences. */
  notes: string[];
}

/** Labels as a list of numbers or words, or as an IDX file if they come from one or from an array. */
type Labels = { kind: 'idx'; file: IdxFile } | { kind: 'list'; name: string; list: number[] | string[] };

/** Throws not-idx, too-large, file-unreadable. */
export function contentsOfParts({ files, parts: read }: ReadParts, collection: Collection): PartContents {
  const names = (split: SplitFile) => basename(collection[split] ?? '');
  const notes: string[] = [];
  const parts = withLabelColumns(read, notes);
  const inverted = invertInkOnPaper(parts, notes);
  const unit = hasUnitPixels(parts);
  const images = imagesOf([parts.trainImages, parts.testImages], names, unit);
  if (unit) notes.push('The pixels of the files are bytes divided by 255: they were converted back to bytes.');
  const found = (['trainLabels', 'testLabels'] as const).map((split) => labelsOf(parts[split], names(split)));
  const labelNames = namesOf(found);
  const labels = found.map((file) => file && labelFile(file, labelNames));
  const [train, test] = [0, 1].map((k) =>
    images[k] && labels[k] ? { images: images[k], labels: labels[k] } : undefined,
  );
  if (!train)
    throw new StudioError(
      'file-unreadable',
      `${files[0]?.name ?? 'The file'} holds no images with labels. Please check the file.`,
    );
  const format: PartsFormat = { isUnit: unit, inverted, labelNames, tables: tablesOf(parts) };
  return { contents: { files, train, test, hash: hashOf([train, test]), parts: format }, labelNames, notes };
}

function withLabelColumns(parts: ReadParts['parts'], notes: string[]): ReadParts['parts'] {
  const tables = [...new Set(Object.values(parts).flatMap((part) => (part.kind === 'table' ? [part.table] : [])))];
  const settled = settleLabelColumns(tables, notes);
  const entries = Object.entries(parts).map(([split, part]) => [
    split,
    part.kind === 'table' ? { ...part, table: settled[tables.indexOf(part.table)]! } : part,
  ]);
  return Object.fromEntries(entries) as ReadParts['parts'];
}

/**
 * Inverts dark ink on light paper. Checks each set separately, because one may be scanned and the other not.
 * @returns whether the images used for testing were inverted
 */
function invertInkOnPaper(parts: ReadParts['parts'], notes: string[]): boolean {
  const sets = [parts.trainImages, parts.testImages].map((part) => (part?.kind === 'pictures' ? part.set : undefined));
  const [train, test] = sets.map((set) => set !== undefined && isInkOnPaper(set));
  if (!train && !test) return false;
  sets.forEach((set, k) => set && [train, test][k] && invert(set));
  const which = !sets[1] || train === test ? 'The pictures' : `Only the ${train ? 'training' : 'test'} pictures`;
  notes.push(
    `${which} show dark ink on light paper: they were inverted, since the app expects light ink on a dark ` +
      'background, as in MNIST.',
  );
  return (sets[1] ? test : train) ?? false;
}

/** Whether all arrays and tables of pixels hold bytes divided by 255. */
function hasUnitPixels({ trainImages, testImages }: ReadParts['parts']): boolean {
  const present = [trainImages, testImages].map(arrayOf).filter((array) => array !== undefined);
  return present.length > 0 && present.every(isUnit);
}

function arrayOf(part: PartContent | undefined): NumberArray | undefined {
  return part?.kind === 'array' ? part.array : part?.kind === 'table' ? part.table.pixels : undefined;
}

function tablesOf(parts: ReadParts['parts']): PartsFormat['tables'] {
  const tables = Object.entries(parts).flatMap(([split, part]) =>
    part.kind === 'table' ? [[split, part.table.layout] as const] : [],
  );
  return Object.fromEntries(tables);
}

function imagesOf(
  parts: readonly (PartContent | undefined)[],
  names: (split: SplitFile) => string,
  unit: boolean,
): (IdxFile | undefined)[] {
  return parts.map((part, k) => {
    const split = k === 0 ? 'trainImages' : 'testImages';
    if (part === undefined) return undefined;
    if (part.kind === 'idx') return part.file;
    if (part.kind === 'pictures')
      return idxFile({ name: names(split), shape: part.set.shape, values: part.set.pixels }, 'images');
    const array = arrayOf(part);
    if (!array) throw new StudioError('file-unreadable', `${names(split)} holds no pixels. Please check the file.`);
    return idxFile(array, 'images', unit);
  });
}

function labelsOf(part: PartContent | undefined, name: string): Labels | undefined {
  if (part === undefined) return undefined;
  if (part.kind === 'idx') return { kind: 'idx', file: part.file };
  if (part.kind === 'array') return { kind: 'idx', file: idxFile(part.array, 'labels') };
  const list = part.kind === 'pictures' ? classLabels(part.set.classes) : part.table.labels;
  if (!list)
    throw new StudioError('file-unreadable', `${name} holds no labels: expected a column of them. Please add it.`);
  return { kind: 'list', name, list };
}

/** Folders named 0, 1, 2, … are numbers; other names are words. */
function classLabels(classes: string[]): number[] | string[] {
  return classes.every((name) => /^\d{1,6}$/.test(name)) ? classes.map(Number) : classes;
}

/** The label words of all sets, in natural order; undefined if all labels are numbers. */
function namesOf(labels: readonly (Labels | undefined)[]): string[] | undefined {
  const lists = labels.flatMap((file) => (file?.kind === 'list' ? [file.list] : []));
  if (!lists.some((list) => typeof list[0] === 'string')) return undefined;
  return [...new Set(lists.flatMap((list) => [...new Set(list.map(String))]))].sort(strictNaturalOrder);
}

function labelFile(labels: Labels, names: string[] | undefined): IdxFile {
  if (labels.kind === 'idx') return labels.file;
  const labelOf = names && new Map(names.map((name, label) => [name, label]));
  const values = Float64Array.from(labels.list as (number | string)[], (label) =>
    labelOf ? labelOf.get(String(label))! : (label as number),
  );
  return idxFile({ name: labels.name, shape: [values.length], values } satisfies NumberArray, 'labels');
}

/** SHA-256 of the four IDX files that would hold these numbers. */
function hashOf(sets: readonly ({ images: IdxFile; labels: IdxFile } | undefined)[]): string {
  const hash = createHash('sha256');
  for (const { type, dimensions, values } of sets.flatMap((set) => (set ? [set.images, set.labels] : []))) {
    const header = Buffer.alloc(4 + 4 * dimensions.length);
    header.writeUInt8(type, 2);
    header.writeUInt8(dimensions.length, 3);
    dimensions.forEach((size, d) => header.writeUInt32BE(size, 4 + 4 * d));
    hash.update(header).update(values);
  }
  return hash.digest('hex');
}

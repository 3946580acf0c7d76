// Reads the first images and labels of arrays, tables and archives, before all of them are read.
import { basename } from 'node:path';
import { archiveItems } from '../../../files/archive/archive';
import { gunzipped } from '../../../files/archive/gunzipped';
import type { Collection, DataPart } from '../../../../src-shared/data/dataset';
import { checkHeader, headerLength, readHeader, widthOf, type Content } from '../idx/idx-header';
import { findFile, type IdxFile } from '../idx/read-idx';
import { readStart } from '../idx/read-start';
import { idxFile, isUnit, type NumberArray } from './number-array';
import { readCsv } from './read-csv';
import { readNpy } from './read-npy';

export interface FirstPair {
  images: IdxFile;
  labels: IdxFile;
}

/** Most images to inspect. */
const INSPECTED = 500;
/** Bytes to read: 500 images of MNIST's size, with a byte or a number in a table for each pixel. */
const START_BYTES = 1 << 20;

/** @returns undefined for pictures, or if the labels are words. Throws the errors of the readers. */
export async function firstOfParts({
  trainImages,
  trainLabels,
}: NonNullable<Collection['parts']>): Promise<FirstPair | undefined> {
  if (!trainImages || !trainLabels) return undefined;
  const images = await firstOfPart(trainImages, 'images');
  const labels = images && (await firstOfPart(trainLabels, 'labels'));
  return labels && { images, labels };
}

async function firstOfPart(part: DataPart, content: Content): Promise<IdxFile | undefined> {
  if (part.format === 'png') return undefined;
  const start = await startOf(part);
  const name = basename(part.file);
  if (!start) return undefined;
  if (part.format === 'idx') return firstOfIdx(name, start, content);
  if (part.format === 'npy') return asFile(await readNpy(name, start.length, once(start), INSPECTED), content);
  const { pixels, labels } = await readCsv(name, start.length, once(start.subarray(0, lastLineEnd(start))));
  if (content === 'images') return pixels && asFile(pixels, content);
  const numbers = labels?.filter((label) => typeof label === 'number');
  if (!numbers || numbers.length < labels!.length) return undefined;
  return asFile({ name, shape: [numbers.length], values: Float64Array.from(numbers) }, content);
}

/** An IDX file that ends after the first images or labels. @param start of the file, unpacked */
export function firstOfIdx(name: string, start: Uint8Array, content: Content): IdxFile {
  const header = readHeader(start)!;
  checkHeader(name, content, header);
  const [count, ...sides] = header.dimensions as [number, ...number[]];
  const each = sides.reduce((product, side) => product * side, widthOf(header));
  const from = headerLength(header.dimensions.length);
  const whole = Math.min(count, INSPECTED, Math.floor((start.length - from) / each));
  return {
    name,
    packedHash: '',
    type: header.type,
    dimensions: [whole, ...sides],
    values: start.slice(from, from + whole * each),
  };
}

function asFile(array: NumberArray, content: Content): IdxFile {
  return idxFile(array, content, content === 'images' && isUnit(array));
}

/** Position after the last complete line. */
function lastLineEnd(start: Uint8Array): number {
  return Math.max(start.lastIndexOf(10), start.lastIndexOf(13)) + 1;
}

async function startOf({ file, entry }: DataPart): Promise<Uint8Array | undefined> {
  await findFile(file); // refuses pipes, which would block
  if (entry === undefined) return (await readStart(file, START_BYTES)).content;
  for await (const { name, content } of archiveItems(file)) {
    if (name !== entry) continue;
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of gunzipped(content(), name)) {
      chunks.push(chunk);
      if ((bytes += chunk.length) >= START_BYTES) break;
    }
    return new Uint8Array(Buffer.concat(chunks)).subarray(0, START_BYTES);
  }
  return undefined;
}

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

// Reads the first images of a collection and their labels, before all of it is read.
import type { Collection } from '../../../src-shared/dataset';
import { GRID } from './digit-means';
import { checkHeader, headerLength, imageSize, readHeader, widthOf, type Content } from './idx-header';
import { labelsOf } from './label-values';
import { pixelsOf } from './pixels';
import { findFile, type IdxFile } from './read-idx';
import { readStart } from './read-start';
import type { FirstImages } from './upright';

const LOOKED_AT = 500;
/** Before they are unpacked: 300 images of MNIST's size, or 1,500 packed ones. */
const READ = 1 << 18;

/** Never throws: whoever reads the files says what is wrong with them. @returns undefined if they cannot be read, or are too small to be looked at */
export async function lookAtImages({ trainImages, trainLabels }: Collection): Promise<FirstImages | undefined> {
  try {
    const images = await readFirst(trainImages, 'images');
    const { rows, columns } = imageSize(images.dimensions)!;
    if (Math.min(rows, columns) < GRID) return undefined;
    const { labels } = labelsOf(await readFirst(trainLabels, 'labels'));
    const count = Math.min(images.dimensions[0]!, labels.length);
    return { rows, columns, pixels: pixelsOf([images]).bytes[0]!.subarray(0, count * rows * columns), labels: labels.subarray(0, count) };
  } catch {
    return undefined;
  }
}

/** As a file that ends after them. */
async function readFirst(path: string, content: Content): Promise<IdxFile> {
  const { name } = await findFile(path); // not a pipe, which would wait for whoever writes to it
  const start = (await readStart(path, READ)).content!;
  const header = readHeader(start)!;
  checkHeader(name, content, header);
  const [count, ...sides] = header.dimensions as [number, ...number[]];
  const each = sides.reduce((product, side) => product * side, widthOf(header));
  const from = headerLength(header.dimensions.length);
  const whole = Math.min(count, LOOKED_AT, Math.floor((start.length - from) / each));
  return { name, packedHash: '', type: header.type, dimensions: [whole, ...sides], values: start.slice(from, from + whole * each) };
}

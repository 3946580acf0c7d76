// Reads the first images of a collection and their labels, before the whole collection is read.
import type { Collection } from '../../../../src-shared/data/dataset';
import { GRID } from './digit-means';
import { imageSize, type Content } from '../idx/idx-header';
import { labelsOf } from '../labels/label-values';
import { pixelsOf } from '../idx/pixels';
import { findFile, type IdxFile } from '../idx/read-idx';
import { readStart } from '../idx/read-start';
import { firstOfIdx, firstOfParts, type FirstPair } from '../sources/first-of-parts';
import type { FirstImages } from './upright';

/** Bytes to read, before unpacking: about 300 images of MNIST's size, or 1,500 if compressed. */
const START_BYTES = 1 << 18;

/**
 * Never throws: errors are reported when the whole files are read.
 * @returns undefined if the files cannot be read, or the images are too small
 */
export async function inspectImages(collection: Collection): Promise<FirstImages | undefined> {
  try {
    const first = collection.parts ? await firstOfParts(collection.parts) : await firstOfFiles(collection);
    if (!first) return undefined;
    const { images } = first;
    const { rows, columns } = imageSize(images.dimensions)!;
    if (Math.min(rows, columns) < GRID) return undefined;
    const { labels } = labelsOf(first.labels);
    const count = Math.min(images.dimensions[0]!, labels.length);
    return {
      rows,
      columns,
      pixels: pixelsOf([images]).bytes[0]!.subarray(0, count * rows * columns),
      labels: labels.subarray(0, count),
    };
  } catch {
    return undefined;
  }
}

async function firstOfFiles({ trainImages, trainLabels }: Collection): Promise<FirstPair> {
  return { images: await readFirst(trainImages, 'images'), labels: await readFirst(trainLabels, 'labels') };
}

async function readFirst(path: string, content: Content): Promise<IdxFile> {
  const { name } = await findFile(path); // refuses pipes, which would block
  return firstOfIdx(name, (await readStart(path, START_BYTES)).content!, content);
}

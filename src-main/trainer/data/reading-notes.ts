// Notes for the person about the images that were read, in sentences.
import type { ImageSet } from './dataset';
import { imageSize, type IdxHeader } from './idx/idx-header';
import { inWords } from './number-words';

/** A note if each image is a single row of numbers. */
export function shapeNotes({ dimensions }: IdxHeader): string[] {
  if (dimensions.length !== 2) return [];
  const { rows, columns } = imageSize(dimensions)!;
  return [
    `The files hold ${inWords(dimensions[1]!)} numbers for each image, without rows and columns: they were ` +
      `read as ${rows}×${columns} pixels.`,
  ];
}

/** Notes if the training and test sets look mixed up or useless. */
export function contentNotes(train: ImageSet, test: ImageSet): string[] {
  const notes: string[] = [];
  const isSame = (a: Uint8Array | Uint16Array, b: Uint8Array | Uint16Array) =>
    a.length === b.length &&
    Buffer.compare(
      new Uint8Array(a.buffer, a.byteOffset, a.byteLength),
      new Uint8Array(b.buffer, b.byteOffset, b.byteLength),
    ) === 0;
  if (isSame(train.pixels, test.pixels)) {
    notes.push(
      'The test images are the training images: the test accuracy says nothing about images that the network ' +
        'has not seen.',
    );
  }
  if (test.count > train.count)
    notes.push(`There are more test images (${inWords(test.count)}) than training images (${inWords(train.count)}).`);
  if (train.pixels.every((pixel) => pixel === train.pixels[0]))
    notes.push('All pixels of the training images are the same: there is nothing to learn from.');
  return notes;
}
